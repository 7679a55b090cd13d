"""16.8.8 NMAC, paragraph by paragraph: sections 1 to 9. The register is whole with the two rooms beside this one."""

from reports.docs.register.paragraph import Paragraph

LAW = "licensing.rules"
TESTS = "tests/licensing"
HEADING = "a heading; its paragraphs carry it"

GENERAL = (
    Paragraph(
        "16.8.8.1", "The Cannabis Control Division issues the rule",
        why="it names who issued the rule and asks nothing of a licensee",
    ),
    Paragraph(
        "16.8.8.2", "For those licensed to produce, manufacture and sell, or who seek to be",
        functions=(f"{LAW}.types.reasons_against_plants", f"{LAW}.levels.has_levels"),
        tests=(f"{TESTS}/test_rules.py::TestPlants", f"{TESTS}/test_rules_levels.py::TestLevels"),
    ),
    Paragraph("16.8.8.3", "Statutory authority", why="it names the Acts on which the rule stands"),
    Paragraph("16.8.8.4", "Permanent", why="the rule does not end by itself; nothing is counted from it"),
    Paragraph(
        "16.8.8.5", "In force since August 24, 2021, or the date at the end of a section",
        functions=(f"{LAW}.levels.level_of", f"{LAW}.types.reasons_against_plants"),
        tests=(
            f"{TESTS}/test_rules_levels.py::TestLevels::test_were_not_there_before_the_rule",
            f"{TESTS}/test_rules.py::TestPlants::test_were_fewer_before_the_amendment",
        ),
    ),
    Paragraph(
        "16.8.8.6", "Objective: a limit of mature plants for each licensee",
        why="it says what the rule is for; 16.8.8.9 sets the limit",
    ),
    Paragraph(
        "16.8.8.7", "Words mean what they mean in the Acts and in Part 1",
        why="Part 1 and the Acts define them; docs/house.md says which word stands for which in the code",
    ),
    Paragraph("16.8.8.8", "General provisions for plant count", why=HEADING),
    Paragraph(
        "16.8.8.8(A)", "Four stages of growth",
        functions=(f"{LAW}.growth.reasons_against_counts", f"{LAW}.reports.reasons_against_report"),
        pages=("inspections:inspection_plants", "licensing:my_report"),
        tests=(f"{TESTS}/test_rules_growth.py", f"{TESTS}/test_rules_vocabulary.py"),
    ),
    *(
        Paragraph(
            f"16.8.8.8(A)({n})", says, functions=(f"{LAW}.growth.GrowthStage", f"{LAW}.growth.{judged}"),
            tests=(f"{TESTS}/test_rules_growth.py::{test}",),
        )
        for n, says, judged, test in (
            (1, "Germination", "immature_count", "test_germination_seedlings_and_vegetative_plants_are_immature"),
            (2, "Seedling", "immature_count", "test_germination_seedlings_and_vegetative_plants_are_immature"),
            (3, "Vegetative, clones too", "immature_count",
             "test_germination_seedlings_and_vegetative_plants_are_immature"),
            (4, "Flowering", "mature_count", "test_only_flowering_females_are_mature"),
        )
    ),
    Paragraph(
        "16.8.8.8(B)", "Mature is a female plant in flower",
        functions=(f"{LAW}.growth.mature_count",),
        tests=(f"{TESTS}/test_rules_growth.py::test_only_flowering_females_are_mature",),
    ),
)  # fmt: skip

LEVELS = (
    Paragraph("16.8.8.9", "Plant limit levels", why=HEADING),
    Paragraph(
        "16.8.8.9(A)", "Producers and vertically integrated establishments get a level, by five factors",
        functions=(
            f"{LAW}.levels.reasons_not_to_designate", f"{LAW}.designation.designation_factors",
            "licensing.actions.requests.approve_request",
        ),
        pages=("licensing:ask", "licensing:request_decide"),
        tests=(
            f"{TESTS}/test_rules_levels.py::TestDesignation", f"{TESTS}/test_rules_designation.py::TestFactors",
            f"{TESTS}/test_requests.py::TestApproving::test_a_level_and_a_count_inside_it",
        ),
    ),
    *(
        Paragraph(
            f"16.8.8.9(A)({n})", says, functions=(f"{LAW}.designation.{function}",), pages=("licensing:request",),
            tests=(f"{TESTS}/test_rules_designation.py::{test}",),
        )
        for n, says, function, test in (
            (1, "The level asked for", "requested_level_factor", "TestRequestedLevel"),
            (2, "A right to the water for the cultivation plan", "designation_water_factor",
             "TestPapers::test_on_water_are_for_a_person"),
            (3, "80 percent of the count harvested in six months", "harvested_factor", "TestHarvested"),
            (4, "Sales of 75 percent of production in six months", "sales_factor", "TestSales"),
            (5, "Social equity plan", "social_equity_factor",
             "TestPapers::test_on_social_equity_are_for_a_person"),
        )
    ),
    Paragraph(
        "16.8.8.9(B)", "Four levels",
        functions=(f"{LAW}.levels.level_of", f"{LAW}.levels.why_no_level", f"{LAW}.levels.oddities"),
        pages=("licensing:limits", "licensing:license", "licensing:plant_table"),
        tests=(
            f"{TESTS}/test_rules_levels.py::TestLevels", f"{TESTS}/test_rules_levels.py::TestWhyNoLevel",
            f"{TESTS}/test_rules_levels.py::TestOddities", f"{TESTS}/test_rules_commands.py::TestLevel",
        ),
    ),
    *(
        Paragraph(
            f"16.8.8.9(B)({n})", f"Level {n}: {first:,} to {last:,}", functions=(f"{LAW}.levels.level_of",),
            tests=(f"{TESTS}/test_rules_levels.py::TestLevels::test_hold_their_range_to_the_plant",),
        )
        for n, first, last in ((1, 201, 2_000), (2, 2_001, 6_000), (3, 6_001, 12_000), (4, 12_001, 16_000))
    ),
    Paragraph(
        "16.8.8.9(C)", "An increase at renewal and one other time a year, in steps of 500",
        functions=(
            f"{LAW}.increase.reasons_not_to_ask_increase", f"{LAW}.chances.next_chance",
            f"{LAW}.increase.reasons_not_to_grant",
        ),
        pages=("licensing:my_licenses", "licensing:ask"),
        tests=(
            f"{TESTS}/test_rules_increase.py::TestSteps", f"{TESTS}/test_rules_increase.py::TestTime",
            f"{TESTS}/test_rules_chances.py",
            f"{TESTS}/test_rules_properties.py::test_no_sequence_of_approvals_breaks_the_rule",
        ),
    ),
    Paragraph(
        "16.8.8.9(D)", "Up to eight steps at a time, on application and approval",
        functions=(f"{LAW}.increase.reasons_not_to_ask_increase", f"{LAW}.increase.largest_increase"),
        pages=("licensing:ask", "licensing:request_decide"),
        tests=(
            f"{TESTS}/test_rules_increase.py::TestSteps", f"{TESTS}/test_rules_increase.py::TestLargest",
            f"{TESTS}/test_rules_commands.py::TestIncrease",
        ),
    ),
    Paragraph(
        "16.8.8.9(E)", "Immature plants are not counted",
        functions=(f"{LAW}.growth.immature_count", f"{LAW}.growth.mature_count"),
        pages=("licensing:limits",),
        tests=(f"{TESTS}/test_rules_growth.py",),
    ),
    Paragraph(
        "16.8.8.9(F)", "Never more than 20,000 mature plants of one licensee",
        functions=(
            f"{LAW}.increase.reasons_not_to_grant", f"{LAW}.decision.reasons_against_total",
            "licensing.actions.plants.authorize", "inspections.rules.plants.proposed_violations",
        ),
        pages=("licensing:ask", "licensing:limits"),
        tests=(
            f"{TESTS}/test_rules_increase.py::TestCap",
            f"{TESTS}/test_rules_properties.py::test_no_sequence_of_approvals_breaks_the_rule",
            f"{TESTS}/test_requests.py::TestTheRecord::test_a_grant_above_the_cap_is_refused_wherever_it_comes_from",
        ),
    ),
)  # fmt: skip

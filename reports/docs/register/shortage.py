"""16.8.8 NMAC, paragraph by paragraph: sections 11 and 12, shortage of medical cannabis, severability."""

from reports.docs.register.limits import HEADING, LAW, TESTS
from reports.docs.register.paragraph import Paragraph

ORDERS = f"{TESTS}/test_rules_shortage.py::TestOrder"
MEASURES = f"{TESTS}/test_rules_measures.py"

SHORTAGE = (
    Paragraph("16.8.8.11", "Addressing a shortage of medical cannabis", why=HEADING),
    Paragraph(
        "16.8.8.11(A)", "Until December 31, 2022: reasonable efforts of retail establishments for 25 percent medical",
        functions=(f"{LAW}.measures.efforts_asked", f"{LAW}.measures.efforts_met"),
        pages=("licensing:shortage_efforts",),
        tests=(
            f"{MEASURES}::TestMet::test_efforts_were_asked_for_until_2022",
            f"{MEASURES}::TestMet::test_a_quarter_of_the_sales",
        ),
    ),
    Paragraph(
        "16.8.8.11(B)", "Until December 31, 2022: reasonable efforts to sell wholesale to those retail establishments",
        why="it ended in 2022, and reports do not say to whom cannabis was sold wholesale; the months and the percent "
        "stand with 16.8.8.11(A)",
    ),
    Paragraph(
        "16.8.8.11(C)", "After December 31, 2022: measures against a shortage",
        functions=(
            f"{LAW}.shortage.reasons_not_to_find", f"{LAW}.shortage.reasons_not_to_order",
            "licensing.actions.shortage.find_shortage", "licensing.actions.shortage.order_measure",
        ),
        pages=("licensing:shortage", "licensing:shortage_find", "licensing:shortage_order"),
        tests=(
            f"{TESTS}/test_rules_shortage.py::TestFinding", f"{ORDERS}::test_begins_after_2022",
            f"{TESTS}/test_shortage.py::TestOrder",
        ),
    ),
    Paragraph(
        "16.8.8.11(C)(1)", "Ten percent of the stock of retail establishments set aside each month",
        functions=(
            f"{LAW}.shortage.reasons_not_to_order", f"{LAW}.measures.set_aside_met", f"{LAW}.measures.binds",
        ),
        pages=("licensing:shortage_measure",),
        tests=(
            f"{ORDERS}::test_sets_ten_percent_of_the_stock_aside", f"{MEASURES}::TestMet::test_a_tenth_of_the_stock",
            f"{TESTS}/test_shortage_standing.py::TestSetAside",
        ),
    ),
    Paragraph(
        "16.8.8.11(C)(2)", "Lower fee for each medical plant",
        functions=(f"{LAW}.orders.reasons_against_fee", f"{LAW}.orders.lower_fee"),
        pages=("licensing:shortage_order",),
        tests=(f"{ORDERS}::test_lowers_a_fee_by_some_of_it", f"{TESTS}/test_rules_orders.py"),
    ),
    Paragraph(
        "16.8.8.11(C)(3)", "No commercial activity for new licenses, after production measures, six months at least",
        functions=(
            f"{LAW}.shortage.earliest_end", f"{LAW}.orders.reasons_not_to_exhaust", f"{LAW}.orders.reasons_not_to_end",
            f"{LAW}.issue.reasons_against_market",
        ),
        pages=("licensing:shortage_exhausted", "licensing:license_approve"),
        tests=(
            f"{ORDERS}::test_excludes_commerce_only_when_production_measures_are_exhausted",
            f"{ORDERS}::test_excludes_commerce_for_six_months_at_least",
            f"{TESTS}/test_rules_issue.py::test_an_exclusion_leaves_medical_cannabis_only",
            f"{TESTS}/test_shortage.py::TestExclusion",
        ),
    ),
    Paragraph(
        "16.8.8.11(C)(4)", "Quota of mature plants for the medical program",
        functions=(f"{LAW}.measures.quota_of", f"{LAW}.measures.quota_met", f"{LAW}.measures.binds"),
        pages=("licensing:shortage_measure",),
        tests=(
            f"{MEASURES}::TestMet::test_a_quota_never_passes_its_percent",
            f"{TESTS}/test_shortage_standing.py::TestQuota",
        ),
    ),
    Paragraph(
        "16.8.8.11(C)(4)(a)", "A quota is at most 25 percent of a month's plants",
        functions=(f"{LAW}.shortage.reasons_not_to_order", f"{LAW}.orders.reasons_against_another"),
        tests=(f"{ORDERS}::test_sets_a_quota_of_at_most_a_quarter",),
    ),
    Paragraph(
        "16.8.8.11(C)(4)(b)", "Additional tracking of plants",
        functions=("licensing.actions.shortage.order_measure",),
        pages=("licensing:shortage_order", "licensing:my_license"),
        tests=(
            f"{TESTS}/test_shortage_pages.py::TestOrder::test_a_quota_of_a_quarter_with_more_tracking_is_ordered",
        ),
    ),
    Paragraph(
        "16.8.8.12", "Severability",
        why="what a court holds invalid is changed in the dated values and policies; nothing is computed from it",
    ),
)  # fmt: skip

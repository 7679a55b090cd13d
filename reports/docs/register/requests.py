"""16.8.8 NMAC, paragraph by paragraph: section 10, requests for more plants."""

from reports.docs.register.limits import HEADING, LAW, TESTS
from reports.docs.register.paragraph import Paragraph

REVIEW = f"{TESTS}/test_rules_review.py"
PIECES = f"{TESTS}/test_rules_pieces.py::test_an_increase_wants_the_six_pieces_of_the_rule"

REQUESTS = (
    Paragraph("16.8.8.10", "Plant increase request", why=HEADING),
    Paragraph(
        "16.8.8.10(A)", "Asked at renewal and at one other time, with the fee and six pieces of information",
        functions=(
            f"{LAW}.increase.reasons_not_to_ask_increase", f"{LAW}.pieces.missing_pieces", f"{LAW}.pieces.fee_due",
            "licensing.actions.requests.submit_request",
        ),
        pages=("licensing:ask", "licensing:my_request", "licensing:my_request_check"),
        tests=(
            f"{TESTS}/test_rules_increase.py::TestTime", f"{TESTS}/test_rules_pieces.py",
            f"{TESTS}/test_requests.py::TestSending",
        ),
    ),
    *(
        Paragraph(
            f"16.8.8.10(A)({n})", says, functions=(f"{LAW}.pieces.missing_pieces",),
            pages=("licensing:my_request_piece", "licensing:request_papers"), tests=(PIECES,),
        )
        for n, says in (
            (1, "Current inventory of mature plants and harvested cannabis"),
            (2, "A right to the water for the plants of the cultivation plan"),
            (3, "Plants harvested in the preceding three months"),
            (4, "Medical and commercial sales of the preceding three months"),
            (5, "Total sales"),
            (6, "Progress on the social equity plan"),
        )
    ),
    Paragraph(
        "16.8.8.10(B)", "The Division approves or denies by the information and six factors",
        functions=(
            f"{LAW}.review.increase_factors", "licensing.queries.factors.factors_of",
            "licensing.actions.requests.approve_request", "licensing.actions.requests.deny_request",
        ),
        pages=("licensing:request", "licensing:request_decide", "licensing:request_deny"),
        tests=(
            f"{REVIEW}::TestFactors", f"{TESTS}/test_requests.py::TestApproving",
            f"{TESTS}/test_requests.py::TestDenying",
        ),
    ),
    *(
        Paragraph(
            f"16.8.8.10(B)({n})", says, functions=functions, pages=("licensing:request",), tests=tests,
        )
        for n, says, functions, tests in (
            (1, "Required minimum sale of medical cannabis in each of the last three months of operation",
             (f"{LAW}.review.medical_sales_factor", f"{LAW}.measures.minimum_medical"),
             (f"{REVIEW}::TestMedicalSales", f"{TESTS}/test_rules_measures.py::TestMinimum")),
            (2, "80 percent sold in each of the last three months of operation",
             (f"{LAW}.review.sold_share_factor", f"{LAW}.months.last_months_operated"),
             (f"{REVIEW}::TestSoldShare", f"{TESTS}/test_rules_months.py::TestOperated")),
            (3, "Pending or final enforcement action",
             (f"{LAW}.review.enforcement_factor", "inspections.queries.enforcement.enforcement"),
             (f"{REVIEW}::TestEnforcement",)),
            (4, "Shortage in the most recent six months, statewide and in underserved areas",
             (f"{LAW}.review.shortage_factor", "licensing.queries.shortage.findings_at"),
             (f"{REVIEW}::TestShortage", f"{TESTS}/test_shortage.py::TestEffects")),
            (5, "The plan meets the requirements, with water", (f"{LAW}.review.water_factor",),
             (f"{REVIEW}::TestWaterAndCompleteness",)),
            (6, "Information and data are complete",
             (f"{LAW}.review.completeness_factor", f"{LAW}.decision.reasons_against_complete_on"),
             (f"{REVIEW}::TestWaterAndCompleteness", f"{TESTS}/test_requests.py::TestChecking")),
        )
    ),
    Paragraph(
        "16.8.8.10(C)", "Grounds for denial: growing above the count in the prior three months, other violations",
        functions=(f"{LAW}.review.over_count_factor", f"{LAW}.decision.reasons_not_to_deny"),
        pages=("licensing:request_deny",),
        tests=(f"{REVIEW}::TestOverCount", f"{TESTS}/test_requests.py::TestDenying"),
    ),
)  # fmt: skip

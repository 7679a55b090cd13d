"""What the law leaves open about licenses."""

from casefile.policies import OpenPoint
from licensing import rules
from licensing.stages import RequestState

YEAR_USED_BY = OpenPoint(
    "year_used_by",
    "Which increase requests use up the one of a license year",
    decides="A licensee may ask at renewal and at one other time per year. A request that is not decided counts. Which "
    "of those that came to an end count too?",
    choices=[
        (RequestState.APPROVED.value, "Approved requests"),
        (RequestState.DENIED.value, "Denied requests"),
        (RequestState.WITHDRAWN.value, "Requests that the licensee withdrew"),
    ],
    default=lambda _day: (RequestState.APPROVED.value, RequestState.DENIED.value),
    cites="16.8.8.9(C), 16.8.8.10(A) NMAC. Verify with counsel",
)
SOLD_OF = OpenPoint(
    "sold_of",
    "Eighty percent of what",
    decides="An increase looks at whether the licensee sold at least eighty percent of its cannabis each month. Choose "
    "what the sales of a month are compared with.",
    choices=[(key, label.capitalize()) for key, label in rules.SOLD_OF.items()],
    default=lambda _day: (rules.PRODUCED,),
    cites="16.8.8.10(B)(2) NMAC. Verify with counsel",
)
PRODUCTION_MEASURES = OpenPoint(
    "production_measures",
    "Measures to increase production",
    decides="Which of these has to be exhausted before commercial activity is excluded from new licenses? One is "
    "enough. The rule says of the lower fee alone that it is to increase production.",
    choices=[(kind.value, rules.MEASURE_LABELS[kind]) for kind in sorted(rules.PRODUCTION)],
    default=lambda _day: (rules.MeasureKind.FEE_REDUCTION.value,),
    cites="16.8.8.11(C)(2), (3) NMAC. Verify with counsel",
)

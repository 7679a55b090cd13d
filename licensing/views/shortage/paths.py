"""The addresses of findings and measures."""

from django.urls import URLPattern, path

from licensing.views.shortage import bound, findings, measures, orders

FINDING, MEASURE = "shortage/findings/<str:finding>", "shortage/measures/<str:measure>"

PATHS: list[URLPattern] = [
    path("shortage/", findings.Overview.as_view(), name="shortage"),
    path("shortage/efforts/", bound.Efforts.as_view(), name="shortage_efforts"),
    path("shortage/efforts/licenses.csv", bound.EffortsFile.as_view(), name="shortage_efforts_file"),
    path("shortage/findings/new/", findings.Find.as_view(), name="shortage_find"),
    path(f"{FINDING}/", findings.FindingPage.as_view(), name="shortage_finding"),
    path(f"{FINDING}/withdraw/", findings.Withdraw.as_view(), name="shortage_withdraw"),
    path(f"{FINDING}/order/", orders.Choose.as_view(), name="shortage_choose"),
    path(f"{FINDING}/order/<str:kind>/", orders.OrderMeasure.as_view(), name="shortage_order"),
    path(f"{MEASURE}/", measures.MeasurePage.as_view(), name="shortage_measure"),
    path(f"{MEASURE}/licenses.csv", measures.MeasureFile.as_view(), name="shortage_measure_file"),
    path(f"{MEASURE}/exhausted/", measures.Exhausted.as_view(), name="shortage_exhausted"),
    path(f"{MEASURE}/end/", measures.End.as_view(), name="shortage_end"),
]

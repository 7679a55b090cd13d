"""The addresses of the office's pages of requests."""

from django.urls import URLPattern, path

from licensing.views.requests import acts, decide, desk, page

PATHS: list[URLPattern] = [
    path("requests/", desk.Desk.as_view(), name="requests"),
    path("requests/<str:ref>/", page.Overview.as_view(), name="request"),
    path("requests/<str:ref>/papers/", page.Papers.as_view(), name="request_papers"),
    path("requests/<str:ref>/record/", page.Record.as_view(), name="request_record"),
    path("requests/<str:ref>/take/", acts.Take.as_view(), name="request_take"),
    path("requests/<str:ref>/check/", acts.Check.as_view(), name="request_check"),
    path("requests/<str:ref>/decide/", decide.Approve.as_view(), name="request_decide"),
    path("requests/<str:ref>/deny/", decide.Deny.as_view(), name="request_deny"),
    path("requests/<str:ref>/assign/", acts.Assign.as_view(), name="request_assign"),
]

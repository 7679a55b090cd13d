"""The addresses of the licensee's pages about licenses."""

from django.urls import URLPattern, path

from licensing.views import limits
from licensing.views.mine import ask, licenses, piece, request, send

PATHS: list[URLPattern] = [
    path("plant-limits/", limits.Limits.as_view(), name="limits"),
    path("my-licenses/", licenses.MyLicenses.as_view(), name="my_licenses"),
    path("my-licenses/<str:number>/", licenses.MyLicense.as_view(), name="my_license"),
    path("my-licenses/<str:number>/ask/<str:kind>/", ask.Ask.as_view(), name="ask"),
    path("my-licenses/<str:number>/ask/<str:kind>/answer/", ask.AskAnswer.as_view(), name="ask_answer"),
    path("my-requests/<str:key>/", request.MyRequest.as_view(), name="my_request"),
    path("my-requests/<str:key>/check/", send.CheckRequest.as_view(), name="my_request_check"),
    path("my-requests/<str:key>/withdraw/", send.Withdraw.as_view(), name="my_request_withdraw"),
    path("my-requests/<str:key>/send/<str:piece>/", piece.PiecePage.as_view(), name="my_request_piece"),
    path("my-requests/<str:key>/send/<str:piece>/save/", piece.SavePiece.as_view(), name="my_request_piece_save"),
]

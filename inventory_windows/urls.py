"""The addresses of windows: the licensee's pages by license or by the key of a folder, the office's by number."""

from django.urls import URLPattern, path

from inventory_windows.views import figures
from inventory_windows.views.desk import acts, corrections, lists, window
from inventory_windows.views.own import asking, sending, windows

app_name = "inventory_windows"

OWN: list[URLPattern] = [
    path("my-windows/", windows.MyWindows.as_view(), name="windows"),
    path("my-windows/ask/<str:number>/", asking.Ask.as_view(), name="ask"),
    path("my-windows/ask/<str:number>/save/", asking.AskSave.as_view(), name="ask_save"),
    path("my-windows/ask/<str:number>/answer/", asking.AskAnswer.as_view(), name="ask_answer"),
    path("my-windows/ask/<str:number>/check/", sending.CheckRequest.as_view(), name="ask_check"),
    path("my-windows/<str:key>/", windows.MyWindow.as_view(), name="own_window"),
    path("my-windows/<str:key>/documents/", windows.SendDocuments.as_view(), name="own_documents"),
    path("my-windows/<str:key>/withdraw/", sending.Withdraw.as_view(), name="own_withdraw"),
    path("my-corrections/ask/<str:number>/", asking.AskCorrection.as_view(), name="correction_ask"),
    path("my-corrections/ask/<str:number>/save/", asking.CorrectionSave.as_view(), name="correction_ask_save"),
    path("my-corrections/ask/<str:number>/check/", sending.CheckCorrection.as_view(), name="correction_ask_check"),
    path("my-corrections/<str:key>/", windows.MyCorrection.as_view(), name="own_correction"),
    path("my-corrections/<str:key>/answer/", windows.AnswerCorrection.as_view(), name="own_correction_answer"),
    path("my-corrections/<str:key>/withdraw/", sending.WithdrawCorrection.as_view(), name="own_correction_withdraw"),
]
CORRECTION = "windows/corrections/<str:correction>"
DESK: list[URLPattern] = [
    path("windows/", lists.Desk.as_view(), name="desk"),
    path("windows/first/", lists.FindLicense.as_view(), name="first_window_find"),
    path("windows/first/<str:license>/", lists.StartFirstWindow.as_view(), name="first_window"),
    path(f"{CORRECTION}/", corrections.CorrectionPage.as_view(), name="correction"),
    path(f"{CORRECTION}/approve/", corrections.ApproveCorrection.as_view(), name="correction_approve"),
    path(f"{CORRECTION}/question/", corrections.AskAboutCorrection.as_view(), name="correction_question"),
    path(f"{CORRECTION}/refuse/", corrections.RefuseCorrection.as_view(), name="correction_refuse"),
    path("windows/<str:window>/", window.WindowPage.as_view(), name="window"),
    path("windows/<str:window>/review/", acts.BeginReview.as_view(), name="window_review"),
    path("windows/<str:window>/documents/", acts.AskDocuments.as_view(), name="window_documents"),
    path("windows/<str:window>/approve/", acts.Approve.as_view(), name="window_approve"),
    path("windows/<str:window>/time/", acts.Reschedule.as_view(), name="window_time"),
    path("windows/<str:window>/refuse/", acts.Refuse.as_view(), name="window_refuse"),
    path("windows/<str:window>/opened/", acts.ConfirmOpened.as_view(), name="window_opened"),
    path("windows/<str:window>/shut/", acts.ConfirmShut.as_view(), name="window_shut"),
]
FIGURES: list[URLPattern] = [
    path("team/windows/", figures.Figures.as_view(), name="figures"),
    path("team/windows/list/", figures.FiguresList.as_view(), name="figures_list"),
    path("team/windows/list.csv", figures.FiguresFile.as_view(), name="figures_file"),
]

urlpatterns = [*OWN, *DESK, *FIGURES]

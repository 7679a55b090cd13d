"""The addresses of inspections: the office's pages by `ref` (number or key of the folder), the licensee's by `key`."""

from django.urls import URLPattern, path

from inspections.views import case, catalog, finish, manage, notice, outcome, receipt, record, review, start, work
from inspections.views.licensee import paths as licensee

app_name = "inspections"

WORK: list[URLPattern] = [
    path("work/", work.Work.as_view(), name="work"),
    path("work/cases.csv", work.WorkFile.as_view(), name="work_file"),
    path("cases/", work.Cases.as_view(), name="cases"),
    path("cases/cases.csv", work.CasesFile.as_view(), name="cases_file"),
]
VISIT: list[URLPattern] = [
    path("premises/<str:number>/inspect/", start.Start.as_view(), name="inspection_start"),
    path("premises/<str:number>/plan/", start.Plan.as_view(), name="inspection_plan"),
    path("inspections/<str:ref>/", record.Record.as_view(), name="inspection_record"),
    path("inspections/<str:ref>/begin/", start.Begin.as_view(), name="inspection_begin"),
    path("inspections/<str:ref>/refused/", start.EntryRefused.as_view(), name="inspection_refused"),
    path("inspections/<str:ref>/plants/", record.CountPlants.as_view(), name="inspection_plants"),
    path("inspections/<str:ref>/violations/new/<str:code>/", record.RecordViolation.as_view(), name="violation_record"),
    path("inspections/<str:ref>/violations/new/<str:code>/draft/", record.KeepDraft.as_view(), name="violation_draft"),
    path("inspections/<str:ref>/violations/<int:n>/", record.ChangeViolation.as_view(), name="violation_change"),
    path("inspections/<str:ref>/violations/<int:n>/remove/", record.TakeBack.as_view(), name="violation_remove"),
    path("inspections/<str:ref>/finish/", finish.Finish.as_view(), name="inspection_finish"),
    path("inspections/<str:ref>/reopen/", finish.Reopen.as_view(), name="inspection_reopen"),
]
CASE: list[URLPattern] = [
    path("cases/<str:ref>/", case.Overview.as_view(), name="case"),
    path("cases/<str:ref>/history/", case.History.as_view(), name="case_history"),
    path("cases/<str:ref>/files/", case.Files.as_view(), name="case_files"),
    path("cases/<str:ref>/letters/", case.Letters.as_view(), name="case_letters"),
    path("cases/<str:ref>/notes/", case.Notes.as_view(), name="case_notes"),
    path("cases/<str:ref>/print/", case.Print.as_view(), name="case_print"),
]
MANAGE: list[URLPattern] = [
    path("cases/<str:ref>/reassign/", manage.Reassign.as_view(), name="case_reassign"),
    path("cases/<str:ref>/extend/", manage.Extend.as_view(), name="case_extend"),
    path("cases/<str:ref>/cancel/", manage.Cancel.as_view(), name="case_cancel"),
]
NOTICE: list[URLPattern] = [
    path("cases/<str:ref>/notice/draft/", notice.DraftNotice.as_view(), name="notice_draft"),
    path("cases/<str:ref>/notice/preview/", notice.PreviewNotice.as_view(), name="notice_preview"),
    path("cases/<str:ref>/notice/send/", notice.SendNotice.as_view(), name="notice_send"),
    path("cases/<str:ref>/notice/stop/", notice.StopNotice.as_view(), name="notice_stop"),
    path("cases/<str:ref>/notice/rescind/", notice.RescindNotice.as_view(), name="notice_rescind"),
    path("cases/<str:ref>/receipt/", receipt.RecordReceipt.as_view(), name="receipt_record"),
    path("cases/<str:ref>/notice/redirect/", receipt.RedirectNotice.as_view(), name="notice_redirect"),
    path("cases/<str:ref>/plan/review/", review.ReviewPlan.as_view(), name="plan_review"),
    path("cases/<str:ref>/proof/review/", review.ReviewProof.as_view(), name="proof_review"),
    path("cases/<str:ref>/close/", review.CloseOut.as_view(), name="close_out"),
    path("cases/<str:ref>/refer/", outcome.Refer.as_view(), name="refer"),
    path("cases/<str:ref>/outcome/", outcome.ChooseOutcome.as_view(), name="outcome"),
    path("cases/<str:ref>/outcome/penalty/", outcome.Penalty.as_view(), name="outcome_penalty"),
    path("cases/<str:ref>/outcome/suspension/", outcome.Suspension.as_view(), name="outcome_suspension"),
    path("cases/<str:ref>/outcome/revocation/", outcome.Revocation.as_view(), name="outcome_revocation"),
    path("cases/<str:ref>/outcome/return/", outcome.Return.as_view(), name="outcome_return"),
    path("cases/<str:ref>/outcome/dismiss/", outcome.Dismissal.as_view(), name="outcome_dismiss"),
]
CATALOG: list[URLPattern] = [
    path("rules/", catalog.Rules.as_view(), name="rules"),
    path("rules/<str:code>/", catalog.Rule.as_view(), name="rule"),
]
LICENSEE: list[URLPattern] = [*licensee.PATHS]

urlpatterns = [*WORK, *VISIT, *CASE, *MANAGE, *NOTICE, *CATALOG, *LICENSEE]

"""The addresses of the licensee's pages."""

from django.urls import URLPattern, path

from inspections.views.licensee import notice, notices, plan, plan_send, proof, proof_send

PATHS: list[URLPattern] = [
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/record/", notices.Record.as_view(), name="notices_record"),
    path("notices/<str:key>/", notice.NoticePage.as_view(), name="notice"),
    path("notices/<str:key>/acknowledge/", notice.Acknowledge.as_view(), name="notice_acknowledge"),
    path("notices/<str:key>/plan/", plan.Plan.as_view(), name="notice_plan"),
    path("notices/<str:key>/plan/save/", plan.SavePlan.as_view(), name="notice_plan_save"),
    path("notices/<str:key>/plan/check/", plan_send.CheckPlan.as_view(), name="notice_plan_check"),
    path("notices/<str:key>/plan/sent/", plan_send.PlanSent.as_view(), name="notice_plan_sent"),
    path("notices/<str:key>/proof/", proof_send.SendProof.as_view(), name="notice_proofs"),
    path("notices/<str:key>/proof/sent/", proof_send.ProofSent.as_view(), name="notice_proof_sent"),
    path("notices/<str:key>/proof/<int:n>/", proof.ProofPage.as_view(), name="notice_proof"),
    path("notices/<str:key>/proof/<int:n>/save/", proof.SaveNote.as_view(), name="notice_proof_save"),
]

"""Proof on its way: what is ready, sent for one or several violations at once, and shown with the time it came."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from casefile.actions import Refused, locked
from inspections.actions.correction import send_evidence
from inspections.actions.drafts import note_of
from inspections.forms.licensee import SendProofForm
from inspections.models import Proof, Violation
from inspections.views.licensee import words
from inspections.views.licensee.base import NoticeAct, load
from inspections.views.licensee.notice import files_of
from inspections.views.licensee.proof import OfProof, file_row, notes_of

READ_AGAIN = "Files were added or removed while you were reading. Check them again. Then send them."


class SendProof(OfProof, NoticeAct):
    """All violations with the files that are ready; from here they are sent, one or several at once."""

    template_name = "inspections/licensee/proofs.html"
    rights_to_post = "inspections.send_evidence"
    form_class = SendProofForm

    @property
    def ready(self) -> list[Violation]:
        return [v for v in self.violations if v.unsent and not v.verified_at] if self.is_open else []

    def get_form_kwargs(self) -> dict[str, Any]:
        said = [
            (v.number, f"Violation {v.number}: {v.title} ({words.some(len(v.unsent), 'file')})") for v in self.ready
        ]
        return super().get_form_kwargs() | {"ready": said}

    def perform(self, form: forms.Form, **common: Any) -> None:
        case = locked(self.case)
        if self.request.POST.get("seen") != digest_of(load(case)):
            raise Refused([READ_AGAIN])
        typed = {draft.name: draft.typed.get("note", "") for draft in notes_of(case)}
        notes = {number: typed.get(note_of(number), "") for number in form.cleaned_data["violations"]}
        send_evidence(case, notes, by=common["by"], at=common["at"])

    def get_success_url(self) -> str:
        return self.url("notice_proof_sent")

    def get_refusals(self) -> list[str]:
        return [] if self.case.received_at else ["Tell us first that you got the notice."]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notes = {draft.name: draft.typed.get("note", "") for draft in notes_of(self.case)}
        can_add = self.is_open and self.may("inspections.send_evidence")
        rows = [
            {
                "violation": v,
                "mark": words.of_violation(v, self.case.state),
                "files": [file_row(file) for file in v.unsent],
                "note": notes.get(note_of(v.number), ""),
                "url": self.url("notice_proof", n=v.number) if can_add and not v.verified_at else "",
                "remark": words.proof_remark(v),
            }
            for v in self.violations
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "ready": self.ready,
            "seen": digest_of(self.violations),
        }


def digest_of(violations: Sequence[Violation]) -> str:
    """What changes when a file is added or taken out before it is sent."""
    return sha256(repr([[file.pk for file in v.unsent] for v in violations]).encode()).hexdigest()[:16]


class ProofSent(OfProof, TemplateView):
    """The receipt: when the proof came, what it holds, what is next."""

    template_name = "inspections/licensee/proof_sent.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if last_proof(self.violations) is None:
            return HttpResponseRedirect(self.url("notice"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last = last_proof(self.violations)
        assert last is not None
        sent = [v for v in self.violations if v.proof and v.proof.sent_at == last.sent_at]
        rows = [{"violation": v, "proof": v.proof, "files": [file_row(file) for file in files_of(v)]} for v in sent]
        lacking = [v for v in self.violations if not v.verified_at and not v.proof_waits]
        return super().get_context_data(**kwargs) | {
            "last": last,
            "rows": rows,
            "lacking": lacking,
            "is_read": all(v.proof and v.proof.decision for v in sent),
        }


def last_proof(violations: Sequence[Violation]) -> Proof | None:
    """The proof that came last."""
    return max((v.proof for v in violations if v.proof), key=lambda proof: proof.sent_at, default=None)

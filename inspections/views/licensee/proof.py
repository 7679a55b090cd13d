"""Proof that violations are fixed: files added one by one, kept at once, and sent for one or several violations."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.views.generic import TemplateView

from casefile.actions import Refused, locked
from casefile.documents import TOO_BIG, NotTaken, clean_name, too_big
from casefile.models import Draft
from casefile.views import kept
from inspections.actions.correction import add_evidence, remove_evidence, send_evidence
from inspections.actions.drafts import note_of, save_note
from inspections.forms.licensee import ProofForm, SendProofForm
from inspections.models import Evidence, Inspection, Proof, Violation
from inspections.stages import AFTER_NOTICE
from inspections.views.licensee import words
from inspections.views.licensee.base import NoticeAct, OfNotice, address, load
from inspections.views.licensee.notice import ANY_PROOF, files_of, photos_of
from inspections.views.licensee.times import times_of

NO_FILE = "Add at least one photo or paper that shows the fix."
RESTORED = "Here are the words you typed before we signed you out. Pick your files again, if you had picked some."
READ_AGAIN = "Files were added or removed while you were reading. Check them again. Then send them."


@dataclass(frozen=True)
class Failed:
    """A file that was not kept, and why; the others were."""

    name: str
    message: str


def notes_of(case: Inspection) -> QuerySet[Draft]:
    """The words typed beside proofs that are not sent."""
    return case.file.drafts.filter(name__startswith=note_of(0)[:-1])


def file_row(evidence: Evidence) -> dict[str, Any]:
    """A file in a list, with a small picture where it is a photo."""
    document = evidence.document
    url = address("casefile:document", key=document.key)
    return {
        "key": document.key,
        "name": document.name,
        "url": url,
        "src": f"{url}?view=1" if document.has_copy else "",
        "size": filesizeformat(document.size).replace("\xa0", " "),
        "sent": evidence.proof_id is not None,
    }


class OfProof(OfNotice):
    """A page of the proof; it is open from the notice on, also before the plan is accepted."""

    violations: list[Violation]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.violations = load(self.case) if self.case.findings_are_open else []

    @property
    def is_open(self) -> bool:
        return self.case.state in AFTER_NOTICE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        times = times_of(self.case, self.at)
        return super().get_context_data(**kwargs) | {
            "due": times.proof,
            "is_open": self.is_open,
            "can_write": self.is_open and self.may("inspections.send_evidence"),
            "overview_url": self.url("notice_proofs"),
        }


class ProofPage(OfProof, TemplateView):
    """The proof of one violation. POST keeps the words, takes in files one by one, or takes one out again."""

    template_name = "inspections/licensee/proof.html"
    rights_to_post = "inspections.send_evidence"
    violation: Violation
    failed: Sequence[Failed] = ()
    error = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = [violation for violation in self.violations if violation.number == kwargs["n"]]
        if not found:
            raise Http404("No such violation.")
        self.violation = found[0]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            save_note(self.case, self.violation.number, request.POST.get("note", ""), by=self.user, at=self.at)
            self._remove(request.POST.get("remove", ""))
        except Refused as refused:
            self.error = " ".join(refused.reasons)
            return self._show(409)
        kept.forget(request)
        taken = self._take_in()
        if request.POST.get("save") == "next" and not self.failed and not self._has_files():
            self.error = NO_FILE
        if self.failed or self.error:
            return self._show(200)
        return HttpResponseRedirect(self._next(taken))

    def _show(self, code: int) -> HttpResponse:
        self.case._prefetched_objects_cache = {}
        self.violation = next(v for v in load(self.case) if v.number == self.violation.number)
        return self.render_to_response(self.get_context_data(), status=code)

    def _remove(self, key: str) -> None:
        found = next((file for file in self.violation.unsent if file.document.key == key), None)
        if found is not None:
            remove_evidence(found, by=self.user, at=self.at)

    def _take_in(self) -> int:
        """Every file by itself: one that fails holds up no other. Returns how many were kept."""
        failed, taken = [Failed(clean_name(name), TOO_BIG) for name in too_big(self.request)], 0
        for upload in self.request.FILES.getlist("files"):
            try:
                add_evidence(self.violation, upload, by=self.user, at=self.at)
                taken += 1
            except NotTaken as refused:
                failed.append(Failed(clean_name(upload.name), refused.message))
            except Refused as refused:
                failed.append(Failed(clean_name(upload.name), " ".join(refused.reasons)))
        self.failed = failed
        return taken

    def _has_files(self) -> bool:
        return self.violation.evidence.filter(of=Evidence.Of.CORRECTION, proof=None).exists()

    def _next(self, taken: int) -> str:
        where = self.request.POST.get("save", "")
        if where == "next":
            return self.url("notice_proofs")
        if taken:
            messages.success(self.request, f"{words.some(taken, 'file')} saved. Send your proof when you are done.")
        if where == "later":
            return self.url("notice")
        return self.url("notice_proof", n=self.violation.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = self.violation.number
        draft = notes_of(self.case).filter(name=note_of(number)).first()
        form = ProofForm(initial=draft.typed if draft else None)
        if self.request.method == "POST":
            kept.as_typed(form, self.request.POST)
        elif (restored := kept.kept(self.request)) is not None:
            kept.as_typed(form, restored)
            messages.info(self.request, RESTORED)
        return super().get_context_data(**kwargs) | {
            "violation": self.violation,
            "mark": words.of_violation(self.violation, self.case.state),
            "photos": photos_of(self.violation),
            "proof_wanted": self.violation.proof_wanted or ANY_PROOF,
            "remark": words.proof_remark(self.violation),
            "files": [file_row(file) for file in self.violation.unsent],
            "sent": [file_row(file) for file in files_of(self.violation)],
            "form": form,
            "failed": self.failed,
            "error": self.error,
            "has_errors": bool(self.failed or self.error),
            "saved_at": draft.saved_at if draft else None,
            "can_add": self.is_open and not self.violation.verified_at and self.may("inspections.send_evidence"),
            "autosave_url": self.url("notice_proof_save", n=number),
        }


class SaveNote(OfProof, TemplateView):
    """Keeps the words beside a proof while they are being typed; the page's script calls it."""

    rights = "inspections.send_evidence"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if kwargs["n"] not in [violation.number for violation in self.violations]:
            raise Http404("No such violation.")
        try:
            save_note(self.case, kwargs["n"], request.POST.get("note", ""), by=self.user, at=self.at)
        except Refused:
            return HttpResponse(status=409)
        return HttpResponse(status=204)


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

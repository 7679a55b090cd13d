"""Proof that a violation is fixed, while it is gathered: files taken in one by one, and words beside them."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView

from casefile.actions import Refused
from casefile.models import Draft
from casefile.views import kept
from casefile.views.own import document_row
from casefile.views.uploads import Failed, take_in
from inspections.actions.correction import add_evidence, remove_evidence
from inspections.actions.drafts import note_of, save_note
from inspections.forms.licensee import ProofForm
from inspections.models import Evidence, Inspection, Violation
from inspections.stages import AFTER_NOTICE
from inspections.views.licensee import words
from inspections.views.licensee.base import OfNotice, load
from inspections.views.licensee.notice import ANY_PROOF, files_of, photos_of
from inspections.views.licensee.times import times_of

NO_FILE = "Add at least one photo or paper that shows the fix."
RESTORED = "Here are the words you typed before we signed you out. Pick your files again, if you had picked some."


def notes_of(case: Inspection) -> QuerySet[Draft]:
    """The words typed beside proofs that are not sent."""
    return case.file.drafts.filter(name__startswith=note_of(0)[:-1])


def file_row(evidence: Evidence) -> dict[str, Any]:
    """A file in a list, with a small picture where it is a photo."""
    return document_row(evidence.document) | {"sent": evidence.proof_id is not None}


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
        taken, self.failed = take_in(
            self.request, lambda upload: add_evidence(self.violation, upload, by=self.user, at=self.at)
        )
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

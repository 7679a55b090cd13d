"""During a visit: find the rule, write down what was seen, count the plants."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.generic import TemplateView, View

from casefile.actions import save_draft
from casefile.models import new_key
from casefile.views.acts import CONTROLS
from inspections.actions import visit
from inspections.forms.visit import FindForm, PlantsForm, ViolationForm
from inspections.models import CatalogEntry, Inspection, Violation
from inspections.queries.catalog import earlier_citations, found, rules_for, times_cited
from inspections.rules import GrowthStage, mature_count
from inspections.stages import State
from inspections.views.base import OfCase
from inspections.views.cards import photos_of
from inspections.views.office import OfficeAct, WithPhotos, crumbs_of
from inspections.views.rows import case_url


def is_recording(case: Inspection) -> bool:
    """Whether violations can be written down now: during the visit, and after a refused entry."""
    refused = case.state == State.FINDINGS_RECORDED and case.outcome == Inspection.Outcome.ENTRY_REFUSED
    return case.state == State.IN_PROGRESS or refused


class Record(OfCase, TemplateView):
    """The page on which an officer stands through a visit."""

    rights = "inspections.record_violation"
    template_name = "inspections/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.case.state == State.PLANNED:
            return redirect(case_url("inspection_begin", self.case))
        if not is_recording(self.case):
            return redirect(case_url("case", self.case))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = self.request.GET.get("q", "")[:100]
        rules = rules_for(self.case)
        times = times_cited(self.case)
        return super().get_context_data(**kwargs) | {
            "case": self.case,
            "crumbs": crumbs_of(self.case, "Record what you see"),
            "violations": self.case.violations.select_related("entry").prefetch_related("evidence"),
            "find": FindForm({"q": typed}),
            "rules": [{"entry": entry, "times": times.get(entry.code, 0)} for entry in found(rules, typed)],
            "plants": self._plants(),
            "proposals": self._proposals({entry.code: entry for entry in rules}),
        }

    def _plants(self) -> dict[str, Any]:
        """What was counted, where the license has mature plants at all."""
        counts = {row.stage: row for row in self.case.plant_counts.all()}
        return {"authorized": self.case.premises.license.mature_plants, "counts": list(counts.values())}

    def _proposals(self, entries: dict[str, CatalogEntry]) -> list[dict[str, Any]]:
        """Each violation that the counts propose and that is not recorded, ready to be recorded with one press."""
        recorded = set(self.case.violations.values_list("entry__code", flat=True))
        return [
            {"entry": entries[code], "count": count, "seen": self._counted_words(), "once": new_key()}
            for code, count in visit.proposed(self.case)
            if code in entries and code not in recorded
        ]

    def _counted_words(self) -> str:
        counts = {GrowthStage(row.stage): row.count for row in self.case.plant_counts.all()}
        allowed = self.case.premises.license.mature_plants
        return f"{mature_count(counts):,} mature plants (female, flowering) counted. The license allows {allowed:,}."


class RecordViolation(WithPhotos):
    """Write down one violation; earlier citations of the same rule stand beside the form."""

    rights = "inspections.record_violation"
    template_name = "inspections/violation.html"
    form_class = ViolationForm
    title = "Record a violation"
    button = "Record the violation"
    entry: CatalogEntry

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.case.visit_began_at is None:
            raise Http404("The visit has not begun.")
        entry = next((it for it in rules_for(self.case) if it.code == kwargs["code"]), None)
        if entry is None:
            raise Http404("No such rule on the day of the visit.")
        self.entry = entry

    def get_refusals(self) -> list[str]:
        return [] if is_recording(self.case) else ["Violations are recorded while the visit is in progress."]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"entry": self.entry}

    def get_initial(self) -> dict[str, Any]:
        draft = self.case.file.drafts.filter(name=visit.draft_of(self.entry)).first()
        return draft.typed if draft else {}

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        facts = form.cleaned_data | {"photos": self.photos}
        violation = visit.record_violation(self.case, self.entry, **facts, **common)
        self.done = f"Violation {violation.number} is recorded: {violation.title}."

    def back_url(self) -> str:
        return case_url("inspection_record", self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "entry": self.entry,
            "earlier": earlier_citations(self.case, self.entry.code),
            "autosave": True,
        }


class KeepDraft(RecordViolation):
    """Keep what is being typed of a violation; nothing is judged."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = {name: value for name, value in request.POST.items() if name not in CONTROLS}
        save_draft(self.case, visit.draft_of(self.entry), typed, by=self.user, at=timezone.now())
        return HttpResponse(status=204)


class OfViolation(OfCase, View):
    """A page of one violation, which the address numbers as `n`."""

    violation: Violation

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.case.violations.select_related("entry").prefetch_related("evidence__document")
        violation = rows.filter(number=kwargs["n"]).first()
        if violation is None:
            raise Http404("No such violation.")
        self.violation = violation


class ChangeViolation(OfViolation, WithPhotos):
    """Correct what was written down of one violation."""

    rights = "inspections.record_violation"
    template_name = "inspections/violation.html"
    form_class = ViolationForm
    title = "Change a violation"
    button = "Save the change"
    done = "The violation is changed."

    def get_refusals(self) -> list[str]:
        return [] if is_recording(self.case) else ["Violations are changed while the visit is in progress."]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"entry": self.violation.entry}

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.violation, name) for name in ("seen", "count", "severity", "severity_reason")}

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        visit.change_violation(self.violation, **(form.cleaned_data | {"photos": self.photos}), **common)

    def back_url(self) -> str:
        return case_url("inspection_record", self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "entry": self.violation.entry,
            "earlier": earlier_citations(self.case, self.violation.entry.code),
            "photos": photos_of(self.violation),
        }


class TakeBack(OfViolation, OfficeAct):
    """Take back a violation that was recorded by mistake."""

    rights = "inspections.record_violation"
    template_name = "inspections/take_back.html"
    title = "Take back a violation"
    button = "Take it back"
    tone = "danger"
    done = "The violation is taken back. The history keeps what it said."

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        visit.remove_violation(self.violation, **common)

    def back_url(self) -> str:
        return case_url("inspection_record", self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"violation": self.violation}


class CountPlants(OfficeAct):
    """Count the plants by growth stage."""

    rights = "inspections.record_violation"
    form_class = PlantsForm
    title = "Count the plants"
    lead = "Count by growth stage. Only female plants in flower are mature (16.8.8.8 NMAC)."
    button = "Save the count"
    done = "The count is saved."

    def get_refusals(self) -> list[str]:
        return [] if self.case.state == State.IN_PROGRESS else ["Plants are counted while the visit is in progress."]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"counted": {row.stage: row.count for row in self.case.plant_counts.all()}}

    def perform(self, form: forms.Form, **common: Any) -> None:
        assert isinstance(form, PlantsForm)
        common.pop("version")
        visit.count_plants(self.case, form.counts(), **common)

    def back_url(self) -> str:
        return case_url("inspection_record", self.case)

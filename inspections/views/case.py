"""The case: one page with all of it, and the pages that hang on it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from casefile.models import Delivery, Document, Event
from casefile.views.timeline import line_of
from inspections.actions import discipline
from inspections.forms.manage import NoteForm
from inspections.models import Evidence, Inspection
from inspections.queries.case import events_of, kin_of, load, standing_loaded, terms
from inspections.views.acts import bar_of, others_of
from inspections.views.base import OfCase
from inspections.views.cards import cards_of, document_url
from inspections.views.office import ActPage, crumbs_of
from inspections.views.rows import case_url, door_of
from inspections.views.stages import stages_of
from licensing.queries.instants import Order, page_of

LATEST = 5
NEWEST = Order("at", down=True)
TABS = (
    ("Overview", "case"),
    ("Files", "case_files"),
    ("Letters", "case_letters"),
    ("Notes", "case_notes"),
    ("Full history", "case_history"),
)
DELIVERY_TONES = {"accepted": "green", "acknowledged": "green", "bounced": "red", "held": "amber", "stopped": ""}


class CasePage(OfCase, TemplateView):
    """A page of one case for the office."""

    rights = "inspections.see_cases"
    here = "case"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "case": self.case,
            "tabs": tabs_of(self.case, self.here),
            "crumbs": crumbs_of(self.case, *(label for label, name in TABS[1:] if name == self.here)),
        }


def tabs_of(case: Inspection, here: str) -> list[dict[str, Any]]:
    return [{"label": label, "url": case_url(name, case), "current": name == here} for label, name in TABS]


class Overview(CasePage):
    """The whole case on one page; what to do next comes first."""

    template_name = "inspections/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = standing_loaded(load(self.case), timezone.now())
        step = standing.step
        url, button = door_of(step, self.case, self.user)
        return super().get_context_data(**kwargs) | {
            "step": step,
            "step_url": url,
            "step_button": button,
            "kicker": self._kicker(step.turn, bool(url)),
            "due": standing.due,
            "bar": bar_of(self.case, self.user),
            "others": others_of(standing, self.user),
            "stages": stages_of(standing),
            "cards": cards_of(self.case),
            "terms": terms(standing),
            "events": [line_of(event) for event in events_of(self.case, shown=LATEST)],
            "contacts": self.case.licensee.contacts.all(),
            "kin": kin_of(self.case),
        }

    def _kicker(self, turn: str, mine: bool) -> str:
        if mine:
            return "Your next step"
        names = {
            "licensee": "With the licensee",
            "supervisor": "With a supervisor",
            "officer": f"With {self.case.officer.name}",
        }
        return names.get(turn, "Nothing to do now")


class History(CasePage):
    """Every line of the journal, newest first."""

    template_name = "inspections/history.html"
    here = "case_history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        get = self.request.GET
        rows = Event.objects.filter(file=self.case.file).select_related("by")
        page = page_of(rows, NEWEST, after=get.get("after", ""), before=get.get("before", ""), size=50)
        return super().get_context_data(**kwargs) | {
            "events": [line_of(event) for event in page.rows],
            "previous_url": f"?before={page.previous}" if page.previous else "",
            "next_url": f"?after={page.next}" if page.next else "",
        }


class Files(CasePage):
    """All papers and photos of a case, by violation."""

    template_name = "inspections/files.html"
    here = "case_files"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        documents = Document.objects.filter(file=self.case.file).select_related("by")
        rows = Evidence.objects.filter(violation__inspection=self.case).select_related("violation__entry")
        shows = {evidence.document_id: evidence for evidence in rows}
        groups: dict[str, list[dict[str, Any]]] = {}
        for document in documents:
            evidence = shows.get(document.pk)
            groups.setdefault(str(evidence.violation) if evidence else "Other files", []).append(
                _file(document, evidence)
            )
        return super().get_context_data(**kwargs) | {"groups": sorted(groups.items(), key=_by_number)}


def _by_number(group: tuple[str, Any]) -> tuple[int, str]:
    number = group[0].split(".")[0]
    return (int(number) if number.isdigit() else 10_000, group[0])


def _file(document: Document, evidence: Evidence | None) -> dict[str, Any]:
    of = evidence.get_of_display() if evidence else "Not part of a violation any longer"
    return {"document": document, "url": document_url(document), "of": of}


class Letters(CasePage):
    """Everything that was written in this case, and what became of each copy."""

    template_name = "inspections/letters.html"
    here = "case_letters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "copies": [
                {"copy": copy, "tone": DELIVERY_TONES.get(copy.state, "blue"), "url": letter_url(copy)}
                for copy in copies_of(self.case)
            ]
        }


def copies_of(case: Inspection) -> QuerySet[Delivery]:
    """Every copy of every letter, the latest letter first."""
    rows = Delivery.objects.filter(notice__file=case.file).with_letter()
    return rows.order_by("-notice__queued_at", "-notice_id", "pk")


def letter_url(copy: Delivery) -> str:
    return reverse("casefile:letter", args=[copy.notice.key])


class Notes(OfCase, ActPage):
    """The notes of the staff, and a box for another one."""

    rights = "inspections.see_cases"
    rights_to_post = "inspections.add_note"
    template_name = "inspections/notes.html"
    form_class = NoteForm
    title = "Notes"
    button = "Save the note"
    done = "The note is saved."

    def perform(self, form: forms.Form, **common: Any) -> None:
        common.pop("version")
        discipline.add_note(self.case, form.cleaned_data["text"], **common)

    def get_success_url(self) -> str:
        return case_url("case_notes", self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        notes = self.case.file.events.filter(step="add_note").select_related("by")
        return super().get_context_data(**kwargs) | {
            "may_write": self.may("inspections.add_note"),
            "tabs": tabs_of(self.case, "case_notes"),
            "events": [line_of(note) for note in notes],
        }


class Print(CasePage):
    """The whole case for paper."""

    template_name = "inspections/print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        standing = standing_loaded(load(self.case), timezone.now())
        return super().get_context_data(**kwargs) | {
            "step": standing.step,
            "cards": cards_of(self.case),
            "terms": terms(standing),
            "contacts": self.case.licensee.contacts.all(),
            "copies": copies_of(self.case),
            "events": [line_of(event) for event in self.case.file.events.select_related("by")],
            "printed_at": standing.at,
        }

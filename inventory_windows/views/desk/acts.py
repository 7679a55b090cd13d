"""What an officer does with a request: take it up, ask, approve, refuse, confirm the minutes of its window."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from casefile.actions import move
from casefile.calendar import Calendar, clock_time, local_day, local_hour
from casefile.models import Holiday
from inventory_windows import rules
from inventory_windows.actions import openings, review
from inventory_windows.forms.desk import MomentForm, RefuseForm, WantedForm
from inventory_windows.queries.facts import spans_of
from inventory_windows.views.desk.base import DeskAct

OFFICE_OPENS = 9


class BeginReview(DeskAct):
    """Take a request up."""

    rights = "inventory_windows.begin_review"
    step = "begin_review"
    title = button = "Take up the request"
    lead = "You become its officer. The licensee sees your name and that somebody looks at it."
    done = "The request is yours."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = review.begin_review(self.case, **common)


class AskDocuments(DeskAct):
    """Ask for documents."""

    rights = "inventory_windows.ask_documents"
    form_class = WantedForm
    title, button = "Ask for documents", "Send the letter"
    lead = "The licensee gets a letter with your words and sends the papers here."
    done = "The licensee has a letter. The request comes back when the papers are here."

    def get_refusals(self) -> list[str]:
        return not_possible(self, "ask_documents")

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = review.ask_documents(self.case, form.cleaned_data["wanted"], **common)


def not_possible(page: DeskAct, step: str) -> list[str]:
    """Why the step cannot be taken from here; what it wants besides, its form asks."""
    return [] if move(page.case, step) else [f"Not possible while it is: {page.case.get_state_display().lower()}."]


class OfMoment(DeskAct):
    """A form that asks for a day and a minute."""

    form_class = MomentForm

    def suggested(self) -> datetime:
        """What the form shows first."""
        return timezone.now()

    def get_initial(self) -> dict[str, Any]:
        at = self.suggested()
        return {"day": local_day(at), "clock": clock_time(at)}


class Approve(OfMoment):
    """Approve a request for a time."""

    rights = "inventory_windows.approve_window"
    step = "approve_window"
    title, button = "Approve for a time", "Approve the request"
    lead = "Say when you will open the window in BioTrack. The licensee gets a letter with this time."
    consequence = "The window stays open for 24 hours from the minute you confirm. Then it has to be shut in BioTrack."
    done = "Approved. Open it in BioTrack at that time, and confirm the minute here."

    def suggested(self) -> datetime:
        """The next morning on which the office works, and works the day after too, when the law lets a window open."""
        holder, spans = self.case.holder(), spans_of(self.case.license)
        return office_morning(rules.opens_from(holder, spans, timezone.now()) or timezone.now(), calendar())

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = review.approve_window(self.case, form.cleaned_data["moment"], **common)


def calendar() -> Calendar:
    return Holiday.objects.calendar()


def office_morning(after: datetime, days: Calendar) -> datetime:
    """The first 9 a.m. after an instant on a business day that another business day follows."""
    day = local_day(after)
    while True:
        day += timedelta(days=1)
        if days.is_business_day(day) and days.is_business_day(day + timedelta(days=1)):
            return local_hour(day, OFFICE_OPENS)


class Reschedule(Approve):
    """Promise another time."""

    rights = "inventory_windows.reschedule_window"
    step = "reschedule_window"
    title, button = "Set another time", "Set this time"
    lead = "The licensee gets a letter with the new time."
    done = "The new time is set. The licensee has a letter."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = review.reschedule_window(self.case, form.cleaned_data["moment"], **common)


class Refuse(DeskAct):
    """Refuse a request."""

    rights = "inventory_windows.refuse_window"
    step = "refuse_window"
    form_class = RefuseForm
    title, button, tone = "Refuse the request", "Refuse the request", "danger"
    lead = "The licensee gets a letter with your reason. A refused request does not block another one."
    done = "The request is refused. The licensee has a letter."

    def perform(self, form: forms.Form, **common: Any) -> None:
        said = form.cleaned_data
        self.case = review.refuse_window(self.case, ground=said["ground"], reason=said["reason"], **common)


class ConfirmOpened(OfMoment):
    """The window is open in BioTrack."""

    rights = "inventory_windows.confirm_opened"
    step = "confirm_opened"
    title, button = "Confirm that it is open", "Confirm the minute"
    lead = "Open the window in BioTrack first. Then say since which minute it is open."
    consequence = (
        "It ends exactly 24 hours after this minute. The licensee gets a letter now, 2 hours before, and then."
    )
    done = "It is on record that the window is open."

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = openings.confirm_opened(self.case, form.cleaned_data["moment"], **common)


class ConfirmShut(OfMoment):
    """The window is shut in BioTrack."""

    rights = "inventory_windows.confirm_shut"
    title, button = "Confirm that it is shut", "Confirm the minute"
    lead = "Shut the window in BioTrack first. Then say since which minute it is shut."
    done = "It is on record that the window is shut."

    def get_refusals(self) -> list[str]:
        """Before its end there is nothing to confirm; a clockwork that sleeps does not stand in the way."""
        opening = self.case.opening
        if opening is None or opening.closes_at > timezone.now():
            return ["This window has not ended."]
        return self.case.reasons_not_to_confirm_shut()

    def perform(self, form: forms.Form, **common: Any) -> None:
        self.case = openings.confirm_shut(self.case, form.cleaned_data["moment"], **common)

"""Where a licensee stands: one card for each notice, and the record of what is past."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.models import Deadline, Holiday, Notice
from casefile.views.own import left_for_licensee, letter_row
from inspections import clocks
from inspections.models import Inspection
from inspections.stages import LICENSEE_CLOCKS, NOTICE_STANDS, State
from inspections.views.licensee import words
from inspections.views.licensee.base import address
from inspections.views.licensee.times import Times
from licensing.models import Licensee
from licensing.queries.instants import Order, page_of

MOST_OPEN, MOST_DONE = 50, 10
BY_DAY = Order("open_to_licensee_at", down=True)


class Notices(Guarded, TemplateView):
    """One card for each notice, the most urgent first; what is done stands below."""

    template_name = "inspections/licensee/notices.html"
    rights = "inspections.see_notice"
    lists = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        mine = Inspection.objects.visible_to(self.request.user).with_place()
        standing = [state for state in NOTICE_STANDS if state != State.CLOSED]
        active = list(mine.filter(state__in=standing).order_by("file__due_at", "-pk")[:MOST_OPEN])
        done = list(mine.exclude(state__in=standing).order_by("-open_to_licensee_at", "-pk")[: MOST_DONE + 1])
        licensees = Licensee.objects.visible_to(self.request.user).order_by("name")  # type: ignore[arg-type]
        return super().get_context_data(**kwargs) | {
            "cards": cards(active, at),
            "done": cards(done[:MOST_DONE], at),
            "more": len(done) > MOST_DONE,
            "record_url": reverse("inspections:notices_record"),
            "licensees": [
                {
                    "licensee": licensee,
                    "url": address("licensing:licensee", key=licensee.key),
                    "people_url": address("licensing:people", key=licensee.key),
                }
                for licensee in licensees[:MOST_OPEN]
            ],
        }


class Record(Guarded, TemplateView):
    """Every notice there ever was, with its letters, newest first."""

    template_name = "inspections/licensee/record.html"
    rights = "inspections.see_notice"
    lists = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        asked = self.request.GET
        mine: QuerySet[Inspection] = Inspection.objects.visible_to(self.request.user).with_place()
        page = page_of(mine, BY_DAY, after=asked.get("after", ""), before=asked.get("before", ""))
        letters = letters_by_file(page.rows, at)
        rows = [card | {"letters": letters[card["case"].file_id]} for card in cards(page.rows, at)]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "previous_url": f"?before={page.previous}" if page.previous else "",
            "next_url": f"?after={page.next}" if page.next else "",
        }


def cards(cases: Sequence[Inspection], at: datetime) -> list[dict[str, Any]]:
    """What a list says of each case, in two queries however many there are."""
    rows: dict[int, list[Deadline]] = defaultdict(list)
    keys = [clock.key for clock in LICENSEE_CLOCKS]
    running = Deadline.objects.running().filter(file__in=[case.file_id for case in cases], clock__in=keys)
    for row in running.order_by("pk"):
        rows[row.file_id].append(row)
    calendar = Holiday.objects.calendar() if cases else None
    return [card(Times(case, rows[case.file_id], calendar, at)) for case in cases if calendar is not None]


def card(times: Times) -> dict[str, Any]:
    """One case: what to do and by when, or how it ended."""
    case, due = times.case, times.asked
    plan, proof = times.running((clocks.CAP_RESEND_DUE,)), times.running((clocks.PROOF_RESEND_DUE,))
    mark = words.status(case, changes=plan is not None, more=proof is not None)
    waits = case.state not in (State.CAP_DUE, State.CORRECTIONS_DUE)
    return {
        "case": case,
        "url": reverse("inspections:notice", kwargs={"key": case.file.key}),
        "mark": mark,
        "verb": mark.text if waits or due is None else due.title.removesuffix(" by"),
        "due": None if waits else due,
        "said": words.heading(case) if waits and case.state == State.CLOSED else "",
    }


def letters_by_file(cases: Iterable[Inspection], at: datetime) -> dict[int, list[dict[str, Any]]]:
    """The letters of these cases that left for their licensees."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for letter in left_for_licensee(Notice.objects.filter(file__in=[case.file_id for case in cases]), at):
        assert letter.file_id is not None
        found[letter.file_id].append(letter_row(letter))
    return found

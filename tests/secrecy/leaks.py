"""Leaks, one for each channel, to be planted by a test: a comparison that finds none of them is worth nothing.

Each takes the monkeypatch of its test and makes one part of the house tell of plans in one way.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied

from accounts import rights
from casefile import notices
from casefile.models import NumberSeries
from casefile.views import calendar, documents
from config import context
from config.sessions import KeepSession
from help_center.views import public
from help_center.views.ask import Ask as AskPage
from inspections.actions import visit
from inspections.models import Inspection
from inspections.views.licensee import notices as notice_list
from licensing.models import Contact
from licensing.views.licensees import LicenseePage
from licensing.views.premises import Place
from schedules.models import PlannedVisit

Change = Callable[[Any], Any]


def planned() -> int:
    """What a leak tells of: how many visits are planned."""
    return PlannedVisit.objects.count() + Inspection.objects.filter(state=Inspection.State.PLANNED).count()


def after(patch: Any, owner: Any, name: str, change: Change) -> None:
    """Let what `owner.name` gives go through `change`."""
    before = getattr(owner, name)
    patch.setattr(owner, name, lambda *args, **kwargs: change(before(*args, **kwargs)))


def page_text(patch: Any) -> None:
    """The page of a premises says when the next visit is."""
    next_on = PlannedVisit.objects.order_by("day").values_list("day", flat=True)
    after(patch, Place, "get_context_data", lambda it: it | {"facts": [*it["facts"], ("Next visit", next_on.first())]})


def count(patch: Any) -> None:
    """The record counts what is planned and offers one page more."""
    after(patch, notice_list.Record, "get_context_data", lambda it: it | {"next_url": f"?after={planned()}"})


def sort_order(patch: Any) -> None:
    """What has a visit ahead stands first."""
    after(patch, notice_list, "cards", lambda it: it[::-1] if planned() > 5 else it)


def search_result(patch: Any) -> None:
    """The search of the help finds the article about visits only while there is one."""
    after(patch, public, "answering", lambda it: it[1:] if planned() > 5 else it)


def filter_option(patch: Any) -> None:
    """A choice is offered where a visit is planned."""
    after(patch, AskPage, "get_initial", lambda it: it | {"subject": "About the visit" * (planned() > 5)})


def header(patch: Any) -> None:
    """A header carries a version that plans raise."""

    def marked(reply: Any) -> Any:
        reply["ETag"] = f'"{planned()}"'
        return reply

    after(patch, KeepSession, "__call__", marked)


def last_changed(patch: Any) -> None:
    """A stamp of when the premises last changed, with its plans."""
    stamps = Inspection.objects.exclude(planned_on=None).order_by("-planned_on").values_list("planned_on", flat=True)
    after(
        patch, LicenseePage, "get_context_data", lambda it: it | {"licensee": _renamed(it["licensee"], stamps.first())}
    )


def _renamed(licensee: Any, stamp: Any) -> Any:
    licensee.name = f"{licensee.name}, changed {stamp}"
    return licensee


def error_text(patch: Any) -> None:
    """Whoever may not see a page is told so while a visit is planned, and else that there is none."""
    after(patch, rights, "refusal", lambda it: PermissionDenied() if planned() > 5 else it)


def new_number(patch: Any) -> None:
    """A planned visit takes the number of its case when it is planned."""

    def numbered(case: Any) -> Any:
        NumberSeries.take(2026)
        return case

    after(patch, visit, "plan_inspection", numbered)


def new_key(patch: Any) -> None:
    """A plan counts up a number that stands in addresses of licensees."""

    def counted(case: Any) -> Any:
        Contact.objects.create(licensee=case.licensee, name="A", email="a@example.test").delete()
        return case

    after(patch, visit, "plan_inspection", counted)


def mail(patch: Any) -> None:
    """A letter to a licensee has another subject while a visit is planned."""
    after(patch, notices, "_subject", lambda it: f"{it}{' (see you soon)' * (planned() > 5)}")


def feed(patch: Any) -> None:
    """The calendar of deadlines raises its sequence with every plan."""
    after(patch, calendar, "entry_of", lambda it: it.add("X-PLANS", str(planned())) or it)


def file_name(patch: Any) -> None:
    """The name of a download counts visits."""
    after(patch, documents, "download_name", lambda it: f"{planned()}-{it}")


def cache_key(patch: Any) -> None:
    """The next day is cached under the premises."""
    after(patch, Place, "get_context_data", lambda it: cache.set(f"visits:{it['place'].pk}:{planned()}", 1) or it)


def log_line(patch: Any) -> None:
    """Serving a page writes down how many visits are planned there."""

    def told(it: Any) -> Any:
        logging.getLogger("licensing").info("place with %s visits", planned())
        return it

    after(patch, Place, "get_context_data", told)


def menu(patch: Any) -> None:
    """The menu offers a page only while there is something on it."""
    after(patch, context, "menu", lambda it: it[:-1] if planned() > 5 else it)

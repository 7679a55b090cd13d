"""Fill an empty database with invented people and half a year of their cases."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import datetime
from multiprocessing import get_context
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from tqdm import tqdm

from accounts.models import STAFF, User
from casefile.calendar import local_day
from casefile.models import Delivery, Holiday, Notice, NumberSeries, Policy
from demonstration import courses, licenses, monthly, questions, requests, schedule, shortage, windows
from demonstration.people import World, populate
from demonstration.stories import Story

MARK = "demonstration"  # the policy row that says the load came to its end
stories: list[Story] = []  # told by child processes, which inherit them


class Command(BaseCommand):
    help = "Load the demonstration: 13 officers, 2 supervisors, 300 premises, half a year of inspections."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=2026, help="the same seed on the same day tells the same stories"
        )
        parser.add_argument("--inspections", type=int, default=70)
        parser.add_argument("--premises", type=int, default=300)
        parser.add_argument("--processes", type=int, default=min(4, os.cpu_count() or 1))

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(role__in=STAFF).exists():
            raise CommandError(f"There are people in this database already. {_advice()}")
        with _quietly():
            self._load(timezone.now(), options)

    def _load(self, at: datetime, options: dict[str, Any]) -> None:
        seed = options["seed"]
        call_command("load_holidays", verbosity=0)
        call_command("load_catalog", verbosity=0)
        call_command("load_help", verbosity=0)
        with transaction.atomic():
            User.objects.clockwork()
            past, today = at - courses.PAST * 1.2, local_day(at)
            world = populate(Random(seed), at=past, today=today, premises=options["premises"])
            licenses.tell(world, at)
            shortage.tell(world, at)
            monthly.tell(world, at, seed)
        stories[:] = _numbered(_stories(world, seed, at, options["inspections"]), at)
        _tell_all(at, options["processes"])
        with transaction.atomic():
            requests.tell(world, at, seed)
            questions.tell(world, Holiday.objects.calendar(), Random(f"{seed}:questions"), at=at)
            windows.tell(world, at)
            schedule.tell(world, at, seed)
            _settle_mail()
            Policy.objects.create(name=MARK, since=local_day(at), value=seed, source="load_demo")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what came at once is planned for at once, not after the next autovacuum


@contextmanager
def _quietly() -> Iterator[None]:
    """Ring no bell for letters of the past, and put them on paper only when somebody asks."""
    was = settings.DOORBELL, settings.PDF_AT_ONCE
    settings.DOORBELL, settings.PDF_AT_ONCE = "", False
    try:
        yield
    finally:
        settings.DOORBELL, settings.PDF_AT_ONCE = was


def _advice() -> str:
    if Policy.objects.filter(name=MARK).exists():
        return "The demonstration is loaded."
    return "The demonstration goes into an empty one; after a load that was cut short, start with: ./run --reset-demo"


def _stories(world: World, seed: int, at: datetime, inspections: int) -> Iterator[Story]:
    """Two well-known cases, one for each rare state, and many others.

    Each story has its own dice, so the order of telling does not matter.
    """
    calendar, today, rng = Holiday.objects.calendar(), local_day(at), Random(seed)
    for n, told in enumerate((courses.first_case(calendar, today), courses.second_case(calendar, today))):
        story = Story(world, Random(f"{seed}:first:{n}"), calendar, world.premises[n], *told)
        story.pictured = True
        yield story
    operating = [place for place in world.premises[2:] if place.operating]
    others = rng.sample(operating, k=len(operating))
    for n, told in enumerate(courses.standing(calendar, today)):
        yield Story(world, Random(f"{seed}:standing:{n}"), calendar, others.pop(), *told)
    for n, day in enumerate(courses.days(rng, calendar, today, inspections - 7)):
        dice = Random(f"{seed}:{n}")
        recent = (today - day).days < 45
        story = Story(world, dice, calendar, others[n % len(others)], day, courses.course(dice, n, recent=recent))
        story.pictured = recent
        yield story


def _numbered(told: Iterator[Story], at: datetime) -> list[Story]:
    """In the order of the visits, each with the number it would have been given."""
    ordered = sorted(told, key=lambda story: story.begins_at)
    last: Counter[int] = Counter()
    for story in ordered:
        if story.begins_at <= at and not story.course.cancelled:
            year = local_day(story.begins_at).year
            last[year] += 1
            story.number = f"{year % 100:02d}-{last[year]:04d}"
    NumberSeries.objects.bulk_create(NumberSeries(year=year, last=n) for year, n in last.items())
    return ordered


def _tell_all(at: datetime, processes: int) -> None:
    """Tell every story, some at once, and show how far it is."""
    bar = tqdm(total=len(stories), desc="Loading the demonstration", unit="case", ncols=80)
    if processes == 1:
        for n in range(len(stories)):
            bar.update(_tell_some([n], at))
        bar.close()
        return
    connection.close()
    hands = [list(range(start, len(stories), 24)) for start in range(24)]
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        for done in as_completed([pool.submit(_tell_some, hand, at) for hand in hands if hand]):
            bar.update(done.result())
    bar.close()


def _tell_some(numbers: Sequence[int], at: datetime) -> int:
    for n in numbers:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL synchronous_commit = off")
            stories[n].tell(at)
    return len(numbers)


def _settle_mail() -> None:
    """Every other letter of the past has arrived."""
    queued = Subquery(Notice.objects.filter(pk=OuterRef("notice_id")).values("queued_at")[:1])
    Delivery.objects.filter(state=Delivery.State.QUEUED).update(
        state=Delivery.State.ACCEPTED,
        detail="250 accepted (demonstration)",
        next_at=None,
        sent_at=queued,
        settled_at=queued,
    )

"""The mail of the week: on its first business morning, once for each supervisor, and each number opens its list."""

import re
from random import Random

import pytest
from django.conf import settings

from accounts.models import Role
from casefile.models import Notice
from reports import letters, weekly
from schedules.models import PlanRead
from tests import factories
from tests.factories import at
from tests.letters import GAP, written_by
from tests.reports.invented import invent

MORNING = at("2026-11-23 07:00")
NUMBER = re.compile(r"^(.+): ([\d,]+)\. .+\n(\S+)$", re.MULTILINE)

pytestmark = pytest.mark.django_db


def written() -> list[Notice]:
    return list(Notice.objects.filter(letter=letters.WEEKLY.key).order_by("pk"))


class TestWhen:
    @pytest.mark.parametrize(
        ("instant", "count"),
        [
            ("2026-11-22 08:00", 0), ("2026-11-23 06:59", 0), ("2026-11-23 07:00", 1), ("2026-11-23 11:59", 1),
            ("2026-11-23 12:00", 0), ("2026-11-24 07:00", 1), ("2026-05-25 07:00", 0), ("2026-05-26 07:00", 1),
        ],
    )  # fmt: skip
    def test_is_a_business_morning(self, holidays, marco, instant, count):
        weekly.write(at=at(instant))
        assert len(written()) == count

    def test_is_once_a_week_for_each_supervisor(self, holidays, marco, dana):
        for day in range(23, 28):
            for time in ("07:00", "07:01", "11:00"):
                weekly.write(at=at(f"2026-11-{day} {time}"))
        late = factories.user(Role.SUPERVISOR)
        weekly.write(at=at("2026-11-25 08:00"))
        weekly.write(at=at("2026-11-30 07:00"))
        assert [it.once.split(":")[1:] for it in written()] == [
            ["2026-11-23", str(marco.pk)], ["2026-11-23", str(late.pk)],
            ["2026-11-30", str(marco.pk)], ["2026-11-30", str(late.pk)],
        ]  # fmt: skip

    def test_goes_to_nobody_else(self, holidays, dana):
        for role in (Role.ADMINISTRATOR, Role.AUDITOR):
            factories.user(role)
        factories.user(Role.SUPERVISOR, is_active=False)
        weekly.write(at=MORNING)
        assert written() == []


def test_each_number_opens_its_list(client, holidays, marco, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING)
    invent(Random(7), MORNING, premises=30, cases=60)
    weekly.write(at=MORNING)
    client.force_login(marco)
    *found, (_, unowned, page) = NUMBER.findall(written()[0].text)
    assert len(found) == 7
    groups = client.get(page.removeprefix(settings.BASE_URL)).context["groups"]
    assert sum(group["count"] for group in groups) == int(unowned) > 0
    for label, number, url in found:
        assert rows_of(client, url.removeprefix(settings.BASE_URL)) == int(number.replace(",", "")), label


def rows_of(client, address: str) -> int:
    count = 0
    while address:
        context = client.get(address).context
        count, address = count + len(context["rows"]), context["next_url"]
    return count


def test_has_no_gap_and_says_who_reads_much(django_db_blocker):
    def tell() -> None:
        factories.holidays()
        factories.user(Role.SUPERVISOR, name="Marco Baca")
        dana, luis = factories.user(name="Dana Ortiz"), factories.user(name="Luis Maestas")
        PlanRead.objects.create(by=dana, of=luis, month=MORNING.date().replace(day=1), page="schedules:mine",
                                at=at("2026-11-19 10:00"))  # fmt: skip
        weekly.write(at=MORNING)

    letter = written_by(tell, django_db_blocker, on_paper=())[0][letters.WEEKLY.key][0]
    assert GAP not in letter.text and letter.subject == "The week: 0 overdue, 0 open"
    assert "- Dana Ortiz read the month of Luis Maestas." in letter.text
    assert "Sunday, November 22, 2026" in letter.text

"""A licensee learns nothing of a planned inspection: two worlds that differ only in plans read the same, byte by byte."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from casefile.models import Delivery, Notice
from inspections.actions import discipline, visit
from inspections.models import Inspection
from tests import factories
from tests.help_center.told import answered
from tests.inspections import told

NOW = factories.at("2026-11-18 10:00")
LATER = timedelta(days=3)
Plans = Callable[[], list[Inspection]]


@pytest.fixture
def script(client, tomas, place, dana, holidays, time_machine) -> Iterator[Callable[[Plans], dict[str, bytes]]]:
    """What the licensee does and sees: a notice comes, every page is read; in a world with these plans, then undone."""
    time_machine.move_to(NOW, tick=False)

    def run(plans: Plans) -> dict[str, bytes]:
        with transaction.atomic():
            plans()
            case = told.received(dana, premises=place)
            client.force_login(tomas)
            asked = answered(dana, place.licensee, tomas).file.key
            seen = {path: bare(client.get(path)) for path in (*paths(case), f"/help/questions/{asked}/")}
            seen["mail"] = b"\n".join(
                f"{copy.email} {copy.notice.subject}".encode() for copy in Delivery.objects.order_by("pk")
            )
            transaction.set_rollback(True)
        return {re.sub(f"{case.file.key}|{asked}", "KEY", path): body for path, body in seen.items()}

    yield run


def paths(case: Inspection) -> list[str]:
    """Every page a licensee can open, and the words they can search or filter with."""
    place, firm, key = case.premises, case.licensee, case.file.key
    return [
        "/", "/notices/", "/notices/record/", "/profile/",
        *(f"/notices/{key}/{part}" for part in ("", "plan/", "plan/check/", "proof/1/", "calendar.ics")),
        f"/licensees/{firm.key}/", f"/licensees/{firm.key}/people/", f"/licensees/{firm.key}/contacts/",
        f"/premises/{place.number}/", f"/licenses/{place.license.number}/",
        *(f"/premises/{place.number}/?{query}" for query in ("q=planned", "state=planned", "sort=-planned_on")),
        *(f"/notices/?{query}" for query in ("state=planned", "q=inspection", "page=2", "sort=planned_on")),
        *(f"/help/{part}" for part in ("", "ask/", "questions/", "odor-contacts/", "?q=inspection", "?q=planned")),
        "/my-windows/", f"/my-windows/ask/{place.license.number}/",
        "/my-licenses/", *(f"/my-licenses/{place.license.number}/{part}" for part in ("", "ask/increase/")),
        "/work/", "/cases/", "/team/", "/premises/", "/licensees/",
    ]  # fmt: skip


def bare(reply) -> bytes:
    """Status, headers and body, without tokens and the random names in addresses."""
    headers = "\n".join(f"{name}: {value}" for name, value in sorted(reply.items()) if name != "Set-Cookie")
    body = b"".join(reply.streaming_content) if reply.streaming else reply.content
    text = re.sub(rb'name="(csrfmiddlewaretoken|once)" value="\w+"', b"", body)
    text = re.sub(rb"\b[a-hjkmnp-z2-9]{16}\b", b"KEY", text)
    return f"{reply.status_code}\n{re.sub(r'Content-Length: .*', '', headers)}\n".encode() + text


class TestTwoWorlds:
    def same(self, script, plans: Plans) -> None:
        without, with_plans = script(list), script(plans)
        assert sum(body.startswith(b"200") for body in without.values()) >= 12
        assert [path for path in without if without[path] != with_plans[path]] == []

    def test_a_plan_for_tomorrow(self, script, dana, place):
        self.same(script, lambda: [factories.planned(dana, premises=place, planned_on=(NOW + LATER).date())])

    def test_plans_at_other_premises_of_the_same_firm(self, script, dana, place):
        other = factories.premises(license=place.license, number=f"{place.license.number}-002")
        self.same(script, lambda: [factories.planned(dana, premises=other) for _ in range(3)])

    def test_a_plan_that_was_given_to_somebody_else_and_cancelled(self, script, dana, marco, place):
        def plans() -> list[Inspection]:
            case = factories.planned(dana, premises=place)
            case = discipline.reassign_case(case, officer=factories.user(), reason="Leave", by=marco, at=NOW)
            return [discipline.cancel_inspection(case, reason="Moved.", by=marco, at=NOW)]

        self.same(script, plans)

    def test_a_leak_would_be_seen(self, script, dana, place):
        """The comparison is able to fail: a visit that began is no secret of its number."""
        without = script(list)
        begun = script(
            lambda: [factories.in_progress(dana, premises=factories.premises(license=place.license, number="X-9"))]
        )
        assert without["/notices/"] != begun["/notices/"]


class TestNumbers:
    def test_a_plan_leaves_no_gap(self, dana):
        first = factories.in_progress(dana).file.number
        plan = factories.planned(dana)
        second = factories.in_progress(dana).file.number
        assert plan.file.number is None
        assert int(second[-4:]) == int(first[-4:]) + 1

    def test_a_plan_gets_its_number_when_the_visit_begins(self, dana):
        plan = factories.planned(dana)
        other = factories.in_progress(dana)
        begun = visit.begin_visit(plan, present="Tomás Lucero", by=dana, at=factories.MORNING)
        assert begun.file.number > other.file.number


class TestMail:
    def test_a_plan_writes_to_nobody_at_the_licensee(self, dana, marco, place, tomas):
        case = factories.planned(dana, premises=place)
        discipline.cancel_inspection(case, reason="Moved.", by=marco, at=NOW)
        theirs = {contact.email for contact in place.licensee.contacts.all()} | {tomas.email}
        assert not Notice.objects.filter(deliveries__email__in=theirs).exists()

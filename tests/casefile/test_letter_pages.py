"""The page of a letter, its paper, the settling of a lost copy, and deadlines for one's own calendar."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from casefile import notices
from casefile.models import Delivery, Notice, new_key
from inspections import clocks, letters
from inspections.actions import discipline
from inspections.models import Inspection
from tests import factories
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = pytest.mark.django_db

State = Delivery.State


@pytest.fixture(autouse=True)
def _later():
    with time_machine.travel(on("11-18 12:00"), tick=False):
        yield


@pytest.fixture
def case(dana, place, holidays, monkeypatch) -> Inspection:
    monkeypatch.setattr(notices, "as_pdf", lambda page: b"%PDF-1.7")
    return stories.received(dana, place)


@pytest.fixture
def notice(case) -> Notice:
    return Notice.objects.get(letter=letters.NOLV.key)


def get(client, user, name: str, *args) -> tuple[int, str]:
    client.force_login(user)
    answer = client.get(reverse(f"casefile:{name}", args=args))
    return answer.status_code, answer.content.decode("utf-8", "replace")


class TestLetter:
    def test_shows_the_office_its_words_and_what_became_of_each_copy(self, client, dana, notice) -> None:
        code, said = get(client, dana, "letter", notice.key)
        assert code == 200 and "This email is your notice" in said
        assert "Held, can still be stopped" in said and notice.deliveries.get().email in said

    def test_shows_the_licensee_the_letter_alone(self, client, tomas, notice) -> None:
        code, said = get(client, tomas, "letter", notice.key)
        assert code == 200 and "This email is your notice" in said
        assert "copy" not in said and notice.deliveries.get().email not in said
        assert reverse("casefile:letter_pdf", args=[notice.key]) in said

    def test_does_not_exist_for_a_stranger(self, client, stranger, notice) -> None:
        for name in ("letter", "letter_pdf"):
            assert get(client, stranger, name, notice.key)[0] == 404

    def test_to_the_office_does_not_exist_for_the_licensee(self, client, dana, tomas, case) -> None:
        inside = notices.queue(
            letters.BOUNCED,
            case,
            once="x",
            at=on("11-18 09:00"),
            delivery=Delivery.objects.get(),
            about="x",
            starts_clocks=True,
        )
        assert get(client, tomas, "letter", inside.key)[0] == 404
        assert get(client, dana, "letter", inside.key)[0] == 200

    def test_that_is_held_or_was_stopped_does_not_exist_for_the_licensee(self, client, tomas, case) -> None:
        held = notices.queue(letters.NOLV, case, once="x", at=on("11-18 11:58"))
        assert get(client, tomas, "letter", held.key)[0] == 404
        notices.stop(held, at=on("11-18 11:59"))
        with time_machine.travel(on("11-19 12:00"), tick=False):
            assert get(client, tomas, "letter", held.key)[0] == 404

    def test_asks_few_queries(self, client, dana, tomas, notice, django_assert_max_num_queries) -> None:
        for user in (dana, tomas):
            client.force_login(user)
            with django_assert_max_num_queries(12):
                client.get(reverse("casefile:letter", args=[notice.key]))


class TestPaper:
    def test_is_a_download_for_office_and_licensee(self, client, dana, tomas, notice) -> None:
        for user in (dana, tomas):
            client.force_login(user)
            answer = client.get(reverse("casefile:letter_pdf", args=[notice.key]))
            assert answer.content == b"%PDF-1.7" and answer["Content-Type"] == "application/pdf"
            assert answer["Content-Disposition"].startswith("attachment; filename=")

    def test_is_not_there_for_a_mail(self, client, dana, case) -> None:
        written = notices.queue(letters.REFERRAL, case, once="x", at=on("11-18 09:00"))
        assert get(client, dana, "letter_pdf", written.key)[0] == 404


class TestSettle:
    @pytest.fixture
    def row(self, notice) -> Delivery:
        row = notice.deliveries.get()
        Delivery.objects.filter(pk=row.pk).update(state=State.UNKNOWN, next_at=None)
        return row

    def post(self, client, user, row: Delivery, **words):
        client.force_login(user)
        return client.post(
            reverse("casefile:settle_delivery", args=[row.notice.key, row.pk]), {"once": new_key()} | words
        )

    def test_is_offered_on_the_letter_and_puts_it_on_record(self, client, dana, row) -> None:
        address = reverse("casefile:settle_delivery", args=[row.notice.key, row.pk])
        assert address in get(client, dana, "letter", row.notice.key)[1]
        assert "It did not arrive" in client.get(address).content.decode()
        answer = self.post(client, dana, row, state="bounced", detail="The owner never saw it.")
        assert answer.status_code == 302 and answer["Location"] == reverse("casefile:letter", args=[row.notice.key])
        assert Delivery.objects.get(pk=row.pk).state == State.BOUNCED
        assert address not in get(client, dana, "letter", row.notice.key)[1]

    def test_wants_to_know_how(self, client, dana, row) -> None:
        answer = self.post(client, dana, row, state="bounced", detail="")
        assert answer.status_code == 200 and "Error" in answer.content.decode()
        assert Delivery.objects.get(pk=row.pk).state == State.UNKNOWN

    def test_is_for_the_officer_of_the_case_and_supervisors(self, client, row, marco, tomas) -> None:
        other = factories.user(name="Priya Nair")
        words = {"state": "bounced", "detail": "x"}
        assert self.post(client, other, row, **words).status_code == 403
        assert self.post(client, tomas, row, **words).status_code == 404
        assert Delivery.objects.get(pk=row.pk).state == State.UNKNOWN
        assert self.post(client, marco, row, **words).status_code == 302


class TestCalendar:
    def entry(self, client, user, name: str, *args):
        client.force_login(user)
        answer = client.get(reverse(f"casefile:{name}", args=args))
        assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
        return Calendar.from_ical(answer.content).walk("VEVENT")

    def test_keeps_its_name_and_counts_up_when_the_date_moves(self, client, dana, marco, case) -> None:
        def row():
            return case.file.deadlines.running().get(clock=clocks.CAP_DUE.key)

        [first] = self.entry(client, dana, "deadline_calendar", case.file.number, row().pk)
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 12, 1), reason="x", by=marco, at=on("11-18 09:00")
        )
        [then] = self.entry(client, dana, "deadline_calendar", case.file.key, row().pk)
        assert first["UID"] == then["UID"] and (first["SEQUENCE"], then["SEQUENCE"]) == (0, 1)
        assert (first["DTSTART"].dt, then["DTSTART"].dt) == (date(2026, 11, 24), date(2026, 12, 1))
        assert first["SUMMARY"] == f"Send your plan. Case {case.file.number}"

    def test_of_an_ended_date_says_it_is_off(self, client, dana, marco, case) -> None:
        row = case.file.deadlines.running().get(clock=clocks.CAP_DUE.key)
        discipline.extend_deadline(
            case, clocks.CAP_DUE, due_on=date(2026, 12, 1), reason="x", by=marco, at=on("11-18 09:00")
        )
        [old] = self.entry(client, dana, "deadline_calendar", case.file.number, row.pk)
        assert old["STATUS"] == "CANCELLED" and not old.walk("VALARM")

    def test_gives_the_licensee_their_own_dates_alone(self, client, tomas, case) -> None:
        case = stories.plan(case, tomas, on("11-18 09:00"))
        entries = self.entry(client, tomas, "notice_calendar", case.file.key)
        assert [it["SUMMARY"] for it in entries] == [f"Send your proof. Case {case.file.number}"]
        assert entries[0]["URL"].endswith(f"/notices/{case.file.key}/")

    def test_is_for_those_who_see_the_case(self, client, dana, tomas, stranger, case) -> None:
        pk = case.file.deadlines.running().first().pk
        assert get(client, stranger, "notice_calendar", case.file.key)[0] == 404
        assert get(client, tomas, "deadline_calendar", case.file.number, pk)[0] == 404
        assert get(client, dana, "deadline_calendar", "26-9999", pk)[0] == 404
        assert get(client, tomas, "notice_calendar", "nothing")[0] == 404

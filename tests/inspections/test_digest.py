"""The mail of the morning: at seven on business days, once, only with something in it."""

from datetime import timedelta

import pytest

from casefile.models import Delivery, Notice
from inspections import digest, letters
from inspections.actions import discipline
from tests import factories
from tests.inspections import stories
from tests.inspections.stories import on

pytestmark = pytest.mark.django_db


def written() -> list[Notice]:
    return list(Notice.objects.filter(letter=letters.DIGEST.key).order_by("pk"))


@pytest.fixture
def case(dana, place, holidays):
    return stories.received(dana, place)


class TestWhen:
    @pytest.mark.parametrize(
        ("at", "count"),
        [
            ("11-24 06:59", 0), ("11-24 07:00", 1), ("11-24 11:59", 1), ("11-24 12:00", 0), ("11-28 07:00", 0),
            ("11-26 07:00", 0), ("11-30 07:00", 1),
        ],
    )  # fmt: skip
    def test_is_from_seven_to_noon_on_business_days(self, case, at, count) -> None:
        digest.write(at=on(at))
        assert len(written()) == count

    def test_is_once_a_day_for_each_officer(self, case) -> None:
        for minute in range(0, 300, 7):
            digest.write(at=on("11-24 07:00") + timedelta(minutes=minute))
        assert len(written()) == 1
        digest.write(at=on("11-25 07:00"))
        assert len(written()) == 2

    def test_is_not_written_at_nine_for_what_came_at_eight(self, case, tomas) -> None:
        digest.write(at=on("11-18 07:00"))
        stories.plan(case, tomas, on("11-18 08:00"))
        digest.write(at=on("11-18 09:00"))
        assert written() == []
        digest.write(at=on("11-19 07:00"))
        assert "plan, Wed, Nov 18, 8:00 a.m." in written()[0].text

    def test_is_not_written_with_nothing_in_it(self, dana, holidays) -> None:
        digest.write(at=on("11-24 07:00"))
        assert written() == []


class TestWhat:
    def test_is_late_due_new_and_lost_of_ones_own_cases(self, case, dana, tomas) -> None:
        row = Delivery.objects.get()
        Delivery.objects.filter(pk=row.pk).update(state=Delivery.State.UNKNOWN, next_at=None)
        stories.plan(case, tomas, on("11-23 16:00"))
        other = factories.user(name="Priya Nair")
        stories.received(other, factories.premises())
        digest.write(at=on("11-24 07:00"))
        mine, theirs = written()
        assert mine.deliveries.get().email == dana.email and theirs.deliveries.get().email == other.email
        assert mine.text.splitlines()[4:] and "New from licensees (1):" in mine.text
        assert "Letters that did not arrive (1):" in mine.text
        assert "Due by Wed, Nov 25 (1):" in theirs.text and "corrective action plan, due Tue, Nov 24" in theirs.text
        assert "Overdue" not in theirs.text
        assert mine.subject == "Your day: 2 things to look at"

    def test_says_late_from_the_morning_after(self, case) -> None:
        digest.write(at=on("11-25 07:00"))
        assert "Overdue (1):\n- 26-0001" in written()[0].text
        assert "was due Tue, Nov 24" in written()[0].text

    def test_looks_over_the_weekend(self, case, tomas) -> None:
        stories.plan(case, tomas, on("11-21 10:00"))
        digest.write(at=on("11-23 07:00"))
        assert "plan, Sat, Nov 21, 10:00 a.m." in written()[0].text

    def test_goes_to_who_has_the_case_now(self, case, marco) -> None:
        discipline.reassign_case(case, officer=marco, reason="Leave.", by=marco, at=on("11-18 09:00"))
        digest.write(at=on("11-24 07:00"))
        assert [it.deliveries.get().email for it in written()] == [marco.email]

    def test_asks_the_same_queries_for_ten_officers(self, dana, holidays, django_assert_max_num_queries) -> None:
        for n in range(10):
            stories.received(factories.user(name=f"Officer {n}"), factories.premises())
        with django_assert_max_num_queries(10 + 10 * 6):  # to find what is in ten mails, and to write each of them
            digest.write(at=on("11-24 07:00"))
        with django_assert_max_num_queries(10):
            digest.write(at=on("11-24 07:01"))

"""The calendar feed: an address that nobody can guess, that ends, and that says no more than it must."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from icalendar import Calendar

from accounts.models import User
from schedules.actions.feeds import digest_of, make_feed
from schedules.models import Feed, PlanRead
from schedules.queries.month import field_days
from tests import factories
from tests.factories import at
from tests.schedules import told

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 09:00")


@pytest.fixture
def plan(dana, marco, place):
    return told.published(marco, (dana, place), (dana, None), (factories.user(), None))


def feed(client, key: str):
    return client.get(reverse("schedules:feed", args=[key]))


class TestWhatItSays:
    def test_is_the_day_and_how_many_visits(self, plan, dana, client):
        reply = feed(client, make_feed(dana, at=NOW))
        events = Calendar.from_ical(reply.content).walk("VEVENT")
        assert [(str(it["summary"]), it.decoded("dtstart")) for it in events] == [("Field day, 2 visits", told.TUESDAY)]
        assert reply["Cache-Control"] == "private, no-store" and reply["Content-Type"].startswith("text/calendar")

    def test_names_nothing_of_a_licensee(self, plan, dana, client):
        said = feed(client, make_feed(dana, at=NOW)).content.decode()
        for visit in plan.visits.select_related("premises__license__licensee"):
            place = visit.premises
            for word in (place.name, place.number, place.city, place.county, place.license.number, visit.key):
                assert word not in said

    def test_names_a_county_with_five_premises(self, plan, dana):
        assert field_days(dana, told.MONTH) == [(told.TUESDAY, 2, [])]
        for _ in range(5):
            factories.premises()
        assert field_days(dana, told.MONTH) == [(told.TUESDAY, 2, ["Torrance"])]

    def test_leaves_out_what_was_skipped_and_what_is_not_published(self, plan, dana, marco):
        plan.visits.update(skipped_at=NOW, skip_reason="Snow.")
        told.proposed(marco, (dana, None))
        assert field_days(dana, told.MONTH) == []


class TestItsKey:
    def test_is_not_kept(self, dana):
        key = make_feed(dana, at=NOW)
        assert Feed.objects.get().digest == digest_of(key) != key and len(key) > 40

    def test_ends_with_a_new_one_and_when_it_is_ended(self, dana, client):
        client.force_login(dana)
        made = [client.post(reverse("schedules:feed_page"), {"act": "new"}).context["address"] for _ in range(2)]
        client.logout()
        assert [client.get(address.removeprefix("http://127.0.0.1:8000")).status_code for address in made] == [404, 200]
        client.force_login(dana)
        client.post(reverse("schedules:feed_page"), {"act": "end"})
        assert not Feed.objects.exists()

    def test_is_shown_once(self, dana, client):
        client.force_login(dana)
        key = client.post(reverse("schedules:feed_page"), {"act": "new"}).context["address"].split("/")[-1][:-4]
        assert key not in client.get(reverse("schedules:feed_page")).content.decode()

    @pytest.mark.parametrize("facts", [{"is_active": False}, {"role": "auditor"}, {"role": "administrator"}])
    def test_opens_nothing_for_who_left(self, dana, client, facts):
        key = make_feed(dana, at=NOW)
        User.objects.filter(pk=dana.pk).update(**facts)
        assert feed(client, key).status_code == 404 and feed(client, "wrong").status_code == 404

    @override_settings(ACCOUNT_RATE_LIMITS={"wrong_feed": "2/h/ip"})
    def test_can_not_be_tried_without_end(self, dana, client):
        make_feed(dana, at=NOW)
        assert [feed(client, f"guess{n}").status_code for n in range(3)] == [404, 404, 429]


def test_a_phone_is_on_record_once_a_day(dana, client):
    key = make_feed(dana, at=NOW)
    for _ in range(3):
        feed(client, key)
    assert PlanRead.objects.filter(page="schedules:feed", by=dana, of=dana).count() == 1
    assert PlanRead.objects.get().at - NOW > timedelta(0)

"""Premises, licensees and licenses: who sees what, how it is found, and that more rows ask no more queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, User
from inspections.actions import notice
from licensing.models import License, Licensee, Premises
from licensing.queries.pages import SIZE
from tests import factories

pytestmark = pytest.mark.django_db
STAFF = [Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def queries(client: Client, url: str) -> int:
    client.get(url)  # the first page after signing in keeps the session
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    for query in asked.captured_queries:
        assert " OFFSET " not in query["sql"]
        assert "COUNT(*)" not in query["sql"]
    return len(asked)


def main_of(page) -> str:
    """The page without its head, where a token differs each time."""
    return page.text.split("<main")[1]


def names(html: str) -> list[str]:
    return re.findall(r'<a class="fac" href="[^"]*">([^<]*)</a>', html)


@pytest.mark.parametrize("role", STAFF)
def test_staff_see_every_premises_licensee_and_license(role, place):
    user = factories.user(role)
    other = factories.premises()
    for model in (Licensee, License, Premises):
        assert model.objects.visible_to(user).count() == 2
    client = signed_in(user)
    for url in (place.get_absolute_url(), other.license.get_absolute_url(), other.licensee.get_absolute_url()):
        assert client.get(url).status_code == 200


def test_representatives_see_their_own_and_nothing_else(place, tomas, stranger):
    client = signed_in(tomas)
    own = [place, place.license, place.licensee]
    for thing in own:
        assert type(thing).objects.visible_to(tomas).get() == thing
        assert not type(thing).objects.visible_to(stranger).filter(pk=thing.pk).exists()
        page = client.get(thing.get_absolute_url())
        assert page.status_code == 200
        assert 'class="lic"' in page.text
        assert signed_in(stranger).get(thing.get_absolute_url()).status_code == 404
    for name in ("premises", "licensees", "held", "imports"):
        assert client.get(reverse(f"licensing:{name}")).status_code == 404


def test_a_removed_representative_sees_nothing(place, tomas):
    tomas.represents.update(removed_at=factories.MORNING)
    assert not Premises.objects.visible_to(tomas).exists()
    assert signed_in(tomas).get(place.get_absolute_url()).status_code == 404


def test_absent_and_forbidden_look_the_same(place, stranger):
    client = signed_in(stranger)
    forbidden = client.get(place.get_absolute_url())
    absent = client.get(reverse("licensing:place", args=["CCD-1999-0001-001"]))
    assert (forbidden.status_code, forbidden.content) == (absent.status_code, absent.content)


def test_a_licensee_learns_nothing_of_a_planned_visit(place, tomas, dana):
    before = main_of(signed_in(tomas).get(place.get_absolute_url()))
    factories.planned(dana, premises=place, planned_on=factories.MORNING.date())
    assert main_of(signed_in(tomas).get(place.get_absolute_url())) == before
    assert "November 17, 2026" in signed_in(dana).get(place.get_absolute_url()).text


def test_a_place_shows_its_cases_and_counts_the_rules_that_were_broken(place, dana, holidays):
    case = factories.with_findings(dana, findings=2, premises=place)
    assert "No notice named a violation so far" in signed_in(dana).get(place.get_absolute_url()).text
    notice.serve_nolv(case, by=dana, at=factories.at("2026-11-17 11:00"))
    page = signed_in(dana).get(place.get_absolute_url()).text
    assert f"Case {case.file.number}" in page
    assert page.count("1 time, last on November 17, 2026") == 2


def test_only_those_who_may_start_an_inspection_are_offered_it(place, dana):
    assert "Start an inspection" in signed_in(dana).get(place.get_absolute_url()).text
    auditor = signed_in(factories.user(Role.AUDITOR)).get(place.get_absolute_url())
    assert "Start an inspection" not in auditor.text


@pytest.mark.parametrize("typed", ["rizom", "RÍZOM", "zom org", "Organics Rīzōm", "2026-0777", "dona"])
def test_premises_are_found_by_any_part_of_name_number_or_city(typed, dana):
    license = factories.license(number="CCD-2026-0777")
    place = factories.premises(license=license, name="Rīzōm Organics", city="Doña Ana")
    factories.premises(name="High Mesa")
    assert list(Premises.objects.holding(typed)) == [place]
    page = signed_in(dana).get(reverse("licensing:premises"), {"q": typed})
    assert names(page.text) == ["Rīzōm Organics"]


def test_signs_that_mean_something_to_the_database_mean_themselves(dana):
    factories.premises(name="High Mesa")
    for typed in ("%", "_", "\\", "'", "100%"):
        assert not Premises.objects.holding(typed).exists()


def test_filters_narrow_the_list_and_stand_in_its_address(dana):
    factories.premises(name="Alto", county="Taos")
    factories.premises(name="Bajo", county="Eddy", license=factories.license(type="retailer"))
    client, url = signed_in(dana), reverse("licensing:premises")
    assert names(client.get(url, {"county": "Taos"}).text) == ["Alto"]
    page = client.get(url, {"type": "retailer", "q": "ba"}).text
    assert names(page) == ["Bajo"]
    assert f'href="{url}?q=ba"' in page
    assert names(client.get(url, {"county": "Mordor"}).text) == ["Alto", "Bajo"]


def test_the_pages_of_a_list_join_without_gap_or_repeat(dana):
    license = factories.license()
    for n in range(2 * SIZE + 3):
        factories.premises(license=license, number=f"{license.number}-{n + 1:03}", name=f"place {n % 7}")
    client, url = signed_in(dana), reverse("licensing:premises")
    seen, pages = [], []
    while url:
        html = client.get(url).text
        pages.append(url)
        seen += re.findall(r'<span class="sub">(CCD-[^<]*)</span>', html)
        found = re.search(r'href="([^"]*)" rel="next"', html)
        url = found.group(1).replace("&amp;", "&") if found else ""
    assert len(pages) == 3
    assert sorted(seen) == sorted(place.number for place in Premises.objects.all())
    assert seen == [place.number for place in Premises.objects.order_by("words", "pk")]
    back = re.search(r'href="([^"]*)" rel="prev"', client.get(pages[2]).text).group(1).replace("&amp;", "&")
    assert names(client.get(back).text) == names(client.get(pages[1]).text)


@pytest.mark.parametrize("place_in_list", ["x", "W10", "WyJhIl0", "WyJhXHUwMDAwIiwxXQ", "🙂", "A" * 5000])
def test_a_link_that_is_nonsense_begins_at_the_start(place_in_list, place, dana):
    page = signed_in(dana).get(reverse("licensing:premises"), {"after": place_in_list})
    assert names(page.text) == [place.name]


def grow(times: int, officer: User) -> None:
    for _ in range(times):
        place = factories.premises()
        factories.planned(officer, premises=place)


@pytest.mark.parametrize("name", ["premises", "licensees"])
def test_lists_ask_as_much_for_ten_times_the_rows(name, dana):
    client = signed_in(dana)
    grow(2, dana)
    few = queries(client, reverse(f"licensing:{name}"))
    grow(18, dana)
    assert queries(client, reverse(f"licensing:{name}")) == few <= 12


def test_pages_of_one_thing_ask_as_much_for_ten_times_the_cases(dana, holidays):
    place = factories.premises()
    urls = [thing.get_absolute_url() for thing in (place, place.license, place.licensee)]
    client = signed_in(dana)
    notice.serve_nolv(factories.with_findings(dana, premises=place), by=dana, at=factories.at("2026-11-17 11:00"))
    few = [queries(client, url) for url in urls]
    for _ in range(9):
        factories.with_findings(dana, premises=place, findings=2)
        factories.premises(license=place.license, number=f"{place.license.number}-{Premises.objects.count() + 100}")
    assert [queries(client, url) for url in urls] == few
    assert max(few) <= 12

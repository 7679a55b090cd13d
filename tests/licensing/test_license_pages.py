"""The pages of licenses: the list and its filters, one license for both sides, its history, paper, and the table."""

import csv
import io
import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse

from casefile.calendar import local_day
from casefile.models import new_key
from licensing import rules
from licensing.actions import plants
from licensing.actions.keep_terms import take_up
from licensing.models import License, LicenseTerm, PlantAuthorization
from licensing.queries import licenses as queries
from licensing.views.licenses import lists
from tests import factories
from tests.factories import at
from tests.licensing.test_terms import applied, designated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("holidays")]

NOW = at("2026-11-17 12:00")
TODAY = local_day(NOW)
YESTERDAY = TODAY - timedelta(days=1)
DESIGNATION, INCREASE = PlantAuthorization.Source.DESIGNATION, PlantAuthorization.Source.INCREASE


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def office(client, marco):
    client.force_login(marco)
    return client


def page(client, name: str, *args: object, **query: str) -> str:
    reply = client.get(reverse(f"licensing:{name}", args=args), query)
    assert reply.status_code == 200
    return reply.content.decode()


def rows(html: str) -> set[str]:
    return set(re.findall(r'class="fac" href="/licenses/(CCD-[\d-]+)/"', html))


class TestOdd:
    """The filter in the database and the rule in words agree on every license."""

    def test_agrees_with_the_rule(self, marco) -> None:
        issued = [date(2021, 8, 14), date(2021, 8, 15), None]
        counts = [None, 0, 200, 201, 2_000, 2_001, 6_000, 6_001, 16_000, 16_500, 20_001]
        kinds = ["producer", "producer_microbusiness", "retailer"]
        every = list(product(kinds, [None, 1, 2, 4], counts, issued))
        holder = factories.licensee()
        License.objects.bulk_create(
            License(
                number=f"CCD-2026-{n:04}", licensee=holder, type=kind, level=level, mature_plants=count, issued_on=day,
                expires_on=None,
            )
            for n, (kind, level, count, day) in enumerate(every)
        )  # fmt: skip
        for license in License.objects.filter(level__isnull=False, mature_plants__gt=2_000).order_by("pk")[::2]:
            PlantAuthorization.objects.create(
                license=license, level=license.level, mature_plants=license.mature_plants - 1_000, source=DESIGNATION,
                since=date(2026, 1, 5), by=marco, at=NOW,
            )  # fmt: skip
        licenses = list(queries.with_base(License.objects.all()))
        by_rule = {it.pk for it in licenses if queries.oddities(it, on=TODAY)}
        assert set(queries.odd(License.objects.all(), on=TODAY).values_list("pk", flat=True)) == by_rule
        assert 0 < len(by_rule) < len(licenses)

    def test_approved_steps_are_not_odd(self, marco) -> None:
        license = factories.license(level=4, mature_plants=16_000)
        plants.authorize(license, level=4, mature_plants=16_500, since=TODAY, source=INCREASE, by=marco, at=NOW)
        assert queries.oddities(queries.with_base(License.objects.all()).get(), on=TODAY) == []
        assert not queries.odd(License.objects.all(), on=TODAY).exists()


class TestList:
    def test_narrows(self, office, marco) -> None:
        some = {
            "level": factories.license(level=2, mature_plants=2_001),
            "odd": factories.license(level=1, mature_plants=2_437),
            "soon": factories.license(type="retailer", mature_plants=None, expires_on=TODAY + timedelta(days=30)),
            "past": factories.license(type="retailer", mature_plants=None, expires_on=TODAY - timedelta(days=1)),
            "gone": factories.license(type="courier", mature_plants=None, status="revoked"),
        }
        factories.premises(license=some["soon"], county="Mora")
        wanted = {
            ("level", "2"): {"level"},
            ("level", "any"): {"level", "odd"},
            ("odd", "yes"): {"odd"},
            ("expiring", "30"): {"soon"},
            ("expiring", "past"): {"past"},
            ("status", "in_force"): {"level", "odd", "soon", "past"},
            ("status", "revoked"): {"gone"},
            ("type", "courier"): {"gone"},
            ("county", "Mora"): {"soon"},
            ("county", "none"): {"level", "odd", "past", "gone"},
            ("q", some["gone"].number[-4:]): {"gone"},
            ("q", some["gone"].licensee.name.lower()): {"gone"},
        }
        for (name, value), names in wanted.items():
            assert rows(page(office, "licenses", **{name: value})) == {some[it].number for it in names}, (name, value)

    def test_says_what_to_look_at(self, office) -> None:
        factories.license(level=1, mature_plants=2_437, expires_on=TODAY - timedelta(days=400), issued_on=None)
        html = page(office, "licenses")
        assert "Past its last day" in html and "Odd number" in html

    def test_goes_on_where_it_ended(self, office) -> None:
        holder = factories.licensee()
        License.objects.bulk_create(
            License(number=f"CCD-2025-{n:04}", licensee=holder, type="retailer") for n in range(60)
        )
        seen, url = set(), reverse("licensing:licenses")
        for _ in range(3):
            html = office.get(url).content.decode()
            assert not seen & rows(html)
            seen |= rows(html)
            url = next(iter(re.findall(r'href="(/licenses/\?after=[^"]+)"', html)), "")
        assert len(seen) == 60 and not url

    @pytest.mark.parametrize(
        ("sort", "order"),
        [
            ("", ["A", "B", "C"]), ("-number", ["C", "B", "A"]), ("type", ["C", "B", "A"]), ("plants", ["B", "A", "C"]),
            ("-plants", ["C", "A", "B"]), ("ends", ["C", "B", "A"]), ("nonsense", ["A", "B", "C"]),
        ],
    )  # fmt: skip
    def test_is_ordered_by_its_heads(self, office, sort, order) -> None:
        facts = {"A": ("retailer", 300, None), "B": ("producer", 4_000, TODAY), "C": ("courier", None, YESTERDAY)}
        for number, (kind, count, ends) in facts.items():
            factories.license(number=number, type=kind, mature_plants=count, expires_on=ends, issued_on=None)
        html = page(office, "licenses", sort=sort)
        assert re.findall(r'class="fac" href="[^"]*">(\w)<', html) == order
        assert html.count("aria-sort") == 1


class TestPage:
    def test_tells_both_facts_and_the_level_of_the_count(self, office) -> None:
        license = factories.license(level=2, mature_plants=7_000)
        html = page(office, "license", license.number)
        assert "2 (2,001 to 6,000)" in html and "7,000" in html and "Level of this count" in html
        assert "above its level, and no approved increase is on record" in html
        assert "We do not correct this by itself" in html

    def test_of_an_old_end_offers_to_say_so(self, office) -> None:
        license = factories.license(issued_on=date(2022, 2, 24), expires_on=date(2025, 2, 24))
        html = page(office, "license", license.number)
        assert "Past its last day, February 24, 2025" in html and "/expired/" in html
        reply = office.post(
            reverse("licensing:license_expired", args=[license.number]), {"once": new_key(), "reason": "Gone."}
        )
        assert reply.status_code == 302 and License.objects.get(pk=license.pk).status == "expired"

    def test_says_that_letters_reach_nobody(self, office) -> None:
        license = factories.license()
        license.licensee.contacts.all().delete()
        assert "Letters reach nobody" in page(office, "license", license.number)

    def test_shows_the_licensee_its_own_without_the_acts(self, client, place, tomas, stranger) -> None:
        take_up(at=NOW)
        client.force_login(tomas)
        html = page(client, "license", place.license.number)
        assert "License year" in html and "tax-clearance" not in html and "Letters reach" not in html
        client.force_login(stranger)
        assert client.get(place.license.get_absolute_url()).status_code == 404

    def test_shows_any_day(self, office, marco) -> None:
        license = factories.license(level=1, mature_plants=2_000, issued_on=date(2022, 1, 5), type="producer")
        plants.authorize(
            license, level=1, mature_plants=3_000, since=date(2026, 6, 1), source=INCREASE, by=marco, at=NOW
        )
        take_up(at=NOW)
        for day, count in (("2026-05-31", "2,000"), ("2026-06-01", "3,000")):
            html = page(office, "license_history", license.number, on=day)
            assert f"<dt>Mature plants allowed</dt><dd>{count}" in html, day
        assert "Nothing was on record" in page(office, "license_history", license.number, on="2022-01-04")
        assert "Write the day like" in page(office, "license_history", license.number, on="yesterday")

    def test_stands_on_paper(self, office) -> None:
        license = factories.premises().license
        html = page(office, "license_print", license.number)
        assert license.number in html and "<nav" not in html


class TestActs:
    def send(self, office, name: str, license: License, **typed: object):
        year = license.terms.order_by("-pk").first()
        said = {"once": new_key(), "version": year.version} | typed
        return office.post(reverse(f"licensing:{name}", args=[license.number]), said)

    def test_approves_once_from_the_page(self, office, marco) -> None:
        license = designated(applied(marco)).license
        typed = {
            "issued_on_month": "11", "issued_on_day": "17", "issued_on_year": "2026", "market": "medical",
            "biotrack_account": "MESA-01", "biotrack_email": "mesa@example.test", "once": new_key(),
        }  # fmt: skip
        for _ in range(2):
            assert self.send(office, "license_approve", license, **(typed | {"version": 1})).status_code == 302
        found = License.objects.get(pk=license.pk)
        assert (found.status, found.market, found.expires_on) == ("active", "medical", date(2027, 11, 17))
        assert LicenseTerm.objects.get().file.notices.count() == 1

    def test_without_a_level_names_the_requests(self, office, marco) -> None:
        license = applied(marco).license
        html = page(office, "license_approve", license.number)
        assert "Decide its request for a level first" in html and "<form method" not in html.split("sheet")[1]

    def test_a_stale_page_is_told(self, office, marco) -> None:
        license = applied(marco).license
        reply = self.send(office, "license_deny", license, version=9, reason="No water right.")
        assert reply.status_code == 409 and b"No water right." in reply.content

    def test_renews_after_the_clearance(self, office, marco) -> None:
        license = factories.license(expires_on=TODAY + timedelta(days=10), issued_on=None)
        take_up(at=NOW)
        assert "has not yet confirmed" in page(office, "license_renew", license.number)
        day = {"cleared_on_month": "11", "cleared_on_day": "16", "cleared_on_year": "2026", "evidence": "Letter 7"}
        assert self.send(office, "license_clearance", license, **day).status_code == 302
        assert "Renew the license" in page(office, "license", license.number)
        assert self.send(office, "license_renew", license).status_code == 302
        assert license.terms.count() == 2

    def test_enters_a_new_licensee_and_a_license(self, office) -> None:
        said = {
            "once": new_key(), "name": "Rio Puerco Farm", "trade_name": "", "contact_name": "Ana Baca",
            "contact_email": "ana@example.test",
        }  # fmt: skip
        reply = office.post(reverse("licensing:license_new"), said)
        said = {"once": new_key(), "type": "producer", "market": "both", "place": "Farm", "city": "Cuba"}
        reply = office.post(reply.url, said)
        license = License.objects.get()
        assert reply.url == license.get_absolute_url() and license.number == "CCD-2026-0001"
        reply = office.post(
            reverse("licensing:license_new"),
            {"once": new_key(), "name": "RIO PUERCO FARM", "contact_name": "A", "contact_email": "a@example.test"},
        )
        assert b"is on record" in reply.content


class TestTable:
    @pytest.fixture
    def some(self) -> None:
        for county, level, count in (("Mora", 1, 500), ("Mora", 1, 700), ("Mora", None, 200), ("Taos", 3, 7_000)):
            kind = "producer" if level else "producer_microbusiness"
            license = factories.license(type=kind, level=level, mature_plants=count)
            factories.premises(license=license, county=county, number=f"{license.number}-001")
            factories.premises(license=license, county="Luna", number=f"{license.number}-002")
        factories.license(level=2, mature_plants=2_500)
        factories.license(level=2, mature_plants=2_500, status="revoked")
        factories.license(type="retailer", mature_plants=None)

    def test_every_number_opens_exactly_its_list(self, office, some) -> None:
        html = page(office, "plant_table")
        cells = re.findall(
            r'<a href="(/licenses/\?[^"]+)">(\d+)<span class="sr">.*?</a><span class="sub">([\d,]+)', html
        )
        assert len(cells) == 12
        for url, licenses, count in cells:
            numbers = rows(office.get(url.replace("&amp;", "&")).content.decode())
            found = License.objects.filter(number__in=numbers)
            assert len(numbers) == int(licenses), url
            assert sum(it.mature_plants or 0 for it in found) == int(count.replace(",", "")), url

    def test_as_a_file(self, office, some) -> None:
        text = b"".join(office.get(reverse("licensing:plant_file")).streaming_content).decode("utf-8-sig")
        lines = {tuple(line[:2]): line[2:] for line in csv.reader(io.StringIO(text))}
        assert lines["New Mexico", "All"] == ["5", "10900", "100.0"]
        assert lines["Mora", "Level 1"] == ["2", "1200", "11.0"]
        assert lines["No county on record", "Level 2"] == ["1", "2500", "22.9"]

    def test_is_for_supervisors(self, client, dana) -> None:
        client.force_login(dana)
        assert client.get(reverse("licensing:plant_table")).status_code == 403


def test_every_level_can_be_chosen() -> None:
    """The filter offers the levels that the rule has."""
    levels = {str(level.number) for level in rules.LEVELS.on(TODAY)}
    assert levels < {value for value, _ in lists.LicenseFilter.base_fields["level"].choices}

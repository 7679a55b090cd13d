"""The rows that wait for a person: the list, one row, and the three ways to settle it."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from licensing.models import HeldRow, License, Licensee, Premises
from licensing.queries.pages import SIZE
from tests import factories
from tests.licensing.extracts import imported, row, write
from tests.licensing.test_pages import names, queries, signed_in

pytestmark = pytest.mark.django_db
SETTLE = ["match", "correct", "set_aside"]


def held(tmp_path, capsys, *rows: dict[str, str]) -> HeldRow:
    imported(write(tmp_path, *(rows or [row(license_number="")])), capsys)
    return HeldRow.objects.order_by("pk").last()


def address(found: HeldRow, act: str) -> str:
    return reverse(f"licensing:held_row_{act}", args=[found.key])


def post(client: Client, found: HeldRow, act: str, **said: str):
    return client.post(address(found, act), {"once": f"{act}-{found.key}", "note": "Seen in the paper file."} | said)


def corrected(**facts: str) -> dict[str, str]:
    """A clean row as the form of a person says it."""
    return {
        "license_number": "CCD-2022-0064-001", "business_legal_name": "High Mesa Organics LLC",
        "license_type": "retailer", "license_status": "active", "license_designation": "commercial",
        "issue_date_month": "3", "issue_date_day": "23", "issue_date_year": "2022", "expiration_date_month": "3",
        "expiration_date_day": "23", "expiration_date_year": "2024",
    } | facts  # fmt: skip


def known() -> Premises:
    license = factories.license(
        number="CCD-2022-0064", type="retailer", market="commercial", issued_on=date(2022, 3, 23),
        expires_on=date(2024, 3, 23), licensee=factories.licensee(name="High Mesa Organics LLC"),
    )  # fmt: skip
    return factories.premises(license=license)


def test_the_list_shows_what_waits_and_is_narrowed_by_reason_and_state(tmp_path, capsys, dana):
    held(tmp_path, capsys, row(license_number="", business_legal_name="A LLC"),
         row(issue_date="2/30/2022", business_legal_name="B LLC"))  # fmt: skip
    client, url = signed_in(dana), reverse("licensing:held")
    page = client.get(url).text
    assert names(page) == ["B LLC", "A LLC"]
    assert "2 rows: 0 created, 0 updated, 0 unchanged, 2 held" in page
    assert names(client.get(url, {"reason": "impossible date"}).text) == ["B LLC"]
    HeldRow.objects.filter(reason="no number").update(state="set_aside", settled_at=factories.MORNING)
    assert names(client.get(url).text) == ["B LLC"]
    assert names(client.get(url, {"state": "set_aside"}).text) == ["A LLC"]
    assert names(client.get(url, {"state": "all"}).text) == ["B LLC", "A LLC"]


def test_the_list_goes_on_where_it_ended_and_asks_as_much_for_ten_times_the_rows(tmp_path, capsys, dana):
    client, url = signed_in(dana), reverse("licensing:held")
    held(tmp_path, capsys, *[row(license_number="", business_legal_name=f"A{n}") for n in range(3)])
    few = queries(client, url)
    held(tmp_path, capsys, *[row(license_number="", business_legal_name=f"B{n}") for n in range(SIZE + 2)])
    assert queries(client, url) == few <= 12
    page = client.get(url).text
    after = re.search(r'href="([^"]*)" rel="next"', page).group(1).replace("&amp;", "&")
    assert names(page) + names(client.get(after).text) == [it.name for it in HeldRow.objects.order_by("-pk")]


def test_imports_are_listed_with_their_counts(tmp_path, capsys, dana):
    held(tmp_path, capsys, row(), row(license_number=""))
    page = signed_in(dana).get(reverse("licensing:imports")).text
    assert re.findall(r'class="n">(\d+)<', page) == ["2", "1", "0", "0", "1"]
    assert "extract.csv" in page


def test_a_row_shows_its_reasons_and_its_cells_as_they_came(tmp_path, capsys, dana):
    found = held(tmp_path, capsys, row(license_number="Premises License", issue_date="2/30/2022"))
    page = signed_in(dana).get(found.get_absolute_url()).text
    assert "The column says “Premises License”" in page
    assert "no such issue date as “2/30/2022”" in page
    assert "Line 2 of extract.csv" in page


@pytest.mark.parametrize("role", [Role.OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_staff_may_settle_and_the_auditor_may_only_read(role, tmp_path, capsys):
    found = held(tmp_path, capsys)
    client, auditor = signed_in(factories.user(role)), signed_in(factories.user(Role.AUDITOR))
    assert auditor.get(found.get_absolute_url()).status_code == 200
    assert "Set it aside" not in auditor.get(found.get_absolute_url()).text
    for act in SETTLE:
        assert client.get(address(found, act)).status_code == 200
        assert auditor.get(address(found, act)).status_code == 403
        assert post(auditor, found, act).status_code == 403
    found.refresh_from_db()
    assert found.is_open


def test_a_licensee_finds_no_register(tmp_path, capsys, stranger):
    found = held(tmp_path, capsys)
    client = signed_in(stranger)
    for url in (found.get_absolute_url(), *(address(found, act) for act in SETTLE)):
        assert client.get(url).status_code == 404
        assert client.post(url).status_code == 404


def test_matching_links_the_row_and_leaves_the_record_as_it_is(tmp_path, capsys, dana):
    place, found = known(), held(tmp_path, capsys)
    before = (License.objects.values().get(), Premises.objects.values().get())
    page = signed_in(dana).get(address(found, "match")).text
    assert f"?number={place.number}" in page
    assert post(signed_in(dana), found, "match", number=place.number.lower()).status_code == 302
    found.refresh_from_db()
    assert (found.state, found.premises, found.settled_by) == ("matched", place, dana)
    assert (License.objects.values().get(), Premises.objects.values().get()) == before
    assert imported(write(tmp_path, row(license_number="")), capsys)["held"] == 0


@pytest.mark.parametrize("number", ["CCD-2022-9999", "CCD-2022-0064-009", "nonsense", ""])
def test_a_row_is_matched_only_to_what_is_on_record(number, tmp_path, capsys, dana):
    known()
    found = held(tmp_path, capsys)
    page = post(signed_in(dana), found, "match", number=number)
    assert page.status_code == 200
    assert "thing to fix" in page.text
    found.refresh_from_db()
    assert found.is_open


def test_a_corrected_row_is_imported_and_says_so(tmp_path, capsys, dana):
    found = held(tmp_path, capsys)
    page = signed_in(dana).get(address(found, "correct")).text
    assert 'value="High Mesa Organics LLC"' in page and 'value="2022"' in page
    assert post(signed_in(dana), found, "correct", **corrected()).status_code == 302
    place = Premises.objects.with_licensee().get()
    assert (place.number, place.licensee.name) == ("CCD-2022-0064-001", "High Mesa Organics LLC")
    found.refresh_from_db()
    assert (found.state, found.premises) == ("corrected", place)
    assert found.corrected["license_number"] == "CCD-2022-0064-001" and found.facts["license_number"] == ""
    assert "As it was imported" in signed_in(dana).get(found.get_absolute_url()).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"license_number": "12"}, "is not a license number"),
        ({"expiration_date_year": "2021"}, "not after its issue"),
        ({"note": ""}, "Write what you corrected"),
        ({"license_type": "bakery"}, "Select a valid choice"),
    ],
)
def test_a_correction_is_checked_like_every_row_and_keeps_its_words(said, words, tmp_path, capsys, dana):
    found = held(tmp_path, capsys)
    page = post(signed_in(dana), found, "correct", **corrected(business_dba_name="Typed here") | said).text
    assert words in page and 'value="Typed here"' in page
    assert not License.objects.exists()


def test_a_correction_changes_the_record_only_when_a_person_says_so(tmp_path, capsys, dana):
    known()
    found = held(tmp_path, capsys)
    said = corrected(license_type="manufacturer", expiration_date_year="2023")
    assert "On record its type is" in post(signed_in(dana), found, "correct", **said).text
    assert License.objects.get().type == "retailer"
    again = post(signed_in(dana), found, "correct", **said, overrule="on", once="another")
    assert again.status_code == 302
    assert (License.objects.get().type, License.objects.get().expires_on) == ("manufacturer", date(2023, 3, 23))


def test_nobody_moves_a_license_to_another_holder_here(tmp_path, capsys, dana):
    known()
    found = held(tmp_path, capsys)
    said = corrected(business_legal_name="Other LLC", overrule="on")
    assert "belongs to High Mesa Organics LLC" in post(signed_in(dana), found, "correct", **said).text
    assert Licensee.objects.count() == 1


def test_a_row_set_aside_keeps_its_reason(tmp_path, capsys, dana):
    found = held(tmp_path, capsys)
    assert post(signed_in(dana), found, "set_aside", note="").status_code == 200
    assert post(signed_in(dana), found, "set_aside", note="Withdrawn application.", once="b").status_code == 302
    page = signed_in(dana).get(found.get_absolute_url()).text
    assert "Withdrawn application." in page and "Dana Ortiz" in page and "Match it" not in page


def test_the_second_of_two_people_learns_who_was_first(tmp_path, capsys, dana, marco):
    found = held(tmp_path, capsys)
    assert post(signed_in(marco), found, "set_aside").status_code == 302
    late = post(signed_in(dana), found, "set_aside", note="My own words.", once="late")
    assert "settled by Marco Baca: set aside" in late.text and "My own words." in late.text
    found.refresh_from_db()
    assert found.settled_by == marco

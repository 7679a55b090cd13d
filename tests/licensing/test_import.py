"""What becomes of each row of a register extract."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from licensing.actions.register import LOCK
from licensing.models import HeldRow, License, Licensee, Premises, RegisterRun
from tests import factories
from tests.licensing.extracts import imported, row, write

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "nm-retail-licenses-2023-04-30.csv"
real = pytest.mark.skipif(not REAL.exists(), reason=f"the state's extract is not beside the project ({REAL.name})")
MODELS = (Licensee, License, Premises, HeldRow, RegisterRun)


def stored() -> dict[str, list]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def reasons(counts: dict) -> list[str]:
    return list(counts["held_reasons"])


@real
def test_every_row_of_the_real_extract_ends_somewhere(capsys):
    counts = imported(REAL, capsys)
    notes = counts.pop("notes")
    assert counts == {
        "rows": 456, "created": 269, "updated": 0, "unchanged": 3, "held": 184,
        "held_reasons": {"no number": 181, "same number with other facts": 2, "malformed number": 1},
    }  # fmt: skip
    assert len(notes) == 3
    assert "Filler, not stored: the address" in notes[0] and "which all 456 rows have" in notes[0]
    assert "coordinates" in notes[1] and "3 that repeat" in notes[2]
    assert (License.objects.count(), Premises.objects.count(), HeldRow.objects.count()) == (227, 269, 184)
    assert not Premises.objects.exclude(street="", city="", zip_code="", county="").exists()


@real
def test_the_real_extract_a_second_time_changes_nothing(capsys):
    imported(REAL, capsys)
    before = stored()
    counts = imported(REAL, capsys)
    assert (counts["created"], counts["updated"], counts["unchanged"], counts["held"]) == (0, 0, 272, 184)
    after = stored()
    assert len(after.pop("RegisterRun")) == len(before.pop("RegisterRun")) + 1
    assert after == before


@real
def test_the_real_extract_asks_few_queries_and_a_dry_run_writes_nothing(capsys):
    with CaptureQueriesContext(connection) as asked:
        counts = imported(REAL, capsys, "--dry-run")
    assert counts["created"] == 269
    assert len(asked) <= 10
    assert not any(stored().values())


def test_a_clean_row_becomes_licensee_license_and_premises(tmp_path, capsys):
    facts = row(business_dba_name="High Mesa", premise_street_address="1 Mesa Rd", premise_city="Taos",
                premise_zip_code="87571", premise_county="Taos County")  # fmt: skip
    assert imported(write(tmp_path, facts), capsys)["created"] == 1
    place = Premises.objects.with_licensee().get()
    assert (place.number, place.suffix, place.name) == ("CCD-2022-0064-001", "001", "High Mesa")
    assert place.address == "1 Mesa Rd, Taos, NM 87571" and place.county == "Taos"
    license = place.license
    assert (license.number, license.type, license.status, license.market) == (
        "CCD-2022-0064", "retailer", "active", "commercial",
    )  # fmt: skip
    assert (license.issued_on, license.expires_on) == (date(2022, 3, 23), date(2024, 3, 23))
    assert (license.licensee.name, license.licensee.trade_name) == ("High Mesa Organics LLC", "High Mesa")


def test_premises_of_one_license_share_it_and_licenses_of_one_name_share_their_licensee(tmp_path, capsys):
    rows = [
        row(),
        row(license_number="CCD-2022-0064-002"),
        row(license_number="CCD-2022-0065-001", business_legal_name="HIGH MESA  organics llc"),
    ]
    counts = imported(write(tmp_path, *rows), capsys)
    assert counts["created"] == 3
    assert (Licensee.objects.count(), License.objects.count(), Premises.objects.count()) == (1, 2, 3)


def test_a_licensee_on_record_is_found_by_name_whatever_its_case(tmp_path, capsys):
    known = factories.licensee(name="Peña  Ñandú LLC")
    factories.licensee(name="Pena Nandu LLC")
    imported(write(tmp_path, row(business_legal_name="PEÑA ÑANDÚ LLC")), capsys)
    assert License.objects.get().licensee == known


def test_a_license_number_without_suffix_makes_no_premises(tmp_path, capsys):
    counts = imported(write(tmp_path, row(license_number="ccd-2022-0064 ")), capsys)
    assert counts["created"] == 1
    assert License.objects.get().number == "CCD-2022-0064" and not Premises.objects.exists()


HELD = {
    "no number": row(license_number=""),
    "no number (words instead)": row(license_number="Premises License"),
    "malformed number": row(license_number="CCD-VICE-2022-0022-RTLR-002"),
    "malformed number (too long)": row(license_number=f"CCD-2022-{'1' * 30}-001"),
    "missing fact": row(business_legal_name=" "),
    "missing fact (date)": row(issue_date=""),
    "missing fact (status)": row(license_status=""),
    "unknown word": row(license_type="Cannabis Bakery"),
    "unknown word (status)": row(license_status="Pending"),
    "unknown word (designation)": row(license_designation="Purple"),
    "unknown word (county)": row(premise_county="Mordor County"),
    "unreadable date": row(issue_date="23 March 2022"),
    "unreadable date (short year)": row(expiration_date="3/23/24"),
    "impossible date": row(issue_date="2/30/2022"),
    "impossible date (month)": row(issue_date="23/3/2022"),
    "impossible date (year)": row(expiration_date="3/23/9999"),
    "impossible date (ends before it begins)": row(expiration_date="3/22/2022"),
    "damaged or too long text": row(business_legal_name="M" * 201),
    "damaged or too long text (letter)": row(business_legal_name="Pe\N{REPLACEMENT CHARACTER}a LLC"),
}


@pytest.mark.parametrize(("reason", "facts"), HELD.items(), ids=list(HELD))
def test_a_doubtful_row_is_held_with_its_reason_and_imports_nothing(reason, facts, tmp_path, capsys):
    counts = imported(write(tmp_path, facts), capsys)
    assert counts["held_reasons"] == {reason.split(" (")[0]: 1}
    held = HeldRow.objects.get()
    assert held.is_open and held.line == 2
    assert held.facts == {name: value.strip() for name, value in facts.items()}
    assert all(words.endswith(".") for words in held.reasons)
    assert not License.objects.exists() and not Licensee.objects.exists()


def test_a_row_with_other_than_its_cells_is_held(tmp_path, capsys):
    path = write(tmp_path, row())
    path.write_text(path.read_text() + "CCD-2022-0065-001,Only Two\r\n")
    assert reasons(imported(path, capsys)) == ["malformed row"]


def test_rows_of_one_number_with_other_facts_are_all_held(tmp_path, capsys):
    rows = [row(), row(business_legal_name="Other LLC"), row(license_number="CCD-2022-0065-001")]
    counts = imported(write(tmp_path, *rows), capsys)
    assert (counts["created"], counts["held_reasons"]) == (1, {"same number with other facts": 2})
    words = HeldRow.objects.first().reasons[0]
    assert "legal names" in words and "Other LLC" in words and "lines 2, 3" in words


def test_premises_of_one_license_that_disagree_on_it_are_all_held(tmp_path, capsys):
    rows = [row(), row(license_number="CCD-2022-0064-002", expiration_date="3/23/2025")]
    assert imported(write(tmp_path, *rows), capsys)["held_reasons"] == {"same number with other facts": 2}


def test_one_premises_at_two_addresses_is_held(tmp_path, capsys):
    rows = [row(premise_city="Taos"), row(premise_city="Mora")]
    assert imported(write(tmp_path, *rows), capsys)["held_reasons"] == {"same number with other facts": 2}


def test_a_row_repeated_with_the_same_facts_is_unchanged(tmp_path, capsys):
    counts = imported(write(tmp_path, row(), row(business_legal_name="HIGH MESA ORGANICS LLC")), capsys)
    assert (counts["created"], counts["unchanged"]) == (1, 1)
    assert "1 that repeat" in counts["notes"][0]


@pytest.mark.parametrize(
    ("change", "fact", "value"),
    [
        ({"expiration_date": "3/23/2025"}, "expires_on", date(2025, 3, 23)),
        ({"license_status": "Expired"}, "status", "expired"),
        ({"license_status": "Suspended"}, "status", "suspended"),
        ({"license_designation": "Both"}, "market", "both"),
    ],
)
def test_what_time_changes_is_taken_over(change, fact, value, tmp_path, capsys):
    imported(write(tmp_path, row()), capsys)
    counts = imported(write(tmp_path, row(**change)), capsys)
    assert (counts["updated"], counts["held"]) == (1, 0)
    assert getattr(License.objects.get(), fact) == value
    assert imported(write(tmp_path, row(**change)), capsys)["unchanged"] == 1


def test_a_renewal_makes_an_expired_license_active(tmp_path, capsys):
    imported(write(tmp_path, row(license_status="Expired")), capsys)
    imported(write(tmp_path, row(expiration_date="3/23/2025")), capsys)
    assert License.objects.get().status == "active"


def test_an_address_and_a_trade_name_fill_what_was_not_known(tmp_path, capsys):
    imported(write(tmp_path, row()), capsys)
    counts = imported(write(tmp_path, row(premise_city="Taos", business_dba_name="Mesa Shop")), capsys)
    assert counts["updated"] == 1
    assert (Premises.objects.get().city, Premises.objects.get().name) == ("Taos", "Mesa Shop")


@pytest.mark.parametrize(
    "change",
    [
        {"business_legal_name": "Other LLC"},
        {"license_type": "Manufacturer"},
        {"issue_date": "3/24/2022"},
        {"expiration_date": "3/23/2023"},
        {"premise_street_address": "2 Other Rd"},
    ],
    ids=str,
)
def test_what_identifies_a_license_is_not_overwritten(change, tmp_path, capsys):
    imported(write(tmp_path, row(premise_street_address="1 Mesa Rd")), capsys)
    before = stored()["License"], stored()["Premises"], stored()["Licensee"]
    counts = imported(write(tmp_path, row(premise_street_address="1 Mesa Rd") | change), capsys)
    assert counts["held_reasons"] == {"already on record with other facts": 1}
    assert (stored()["License"], stored()["Premises"], stored()["Licensee"]) == before


@pytest.mark.parametrize("status", ["suspended", "revoked", "closed", "expired"])
def test_an_extract_does_not_bring_back_a_license_that_ended(status, tmp_path, capsys):
    imported(write(tmp_path, row()), capsys)
    License.objects.update(status=status)
    assert reasons(imported(write(tmp_path, row()), capsys)) == ["already on record with other facts"]
    assert License.objects.get().status == status


def test_two_licensees_of_one_name_are_a_question_for_a_person(tmp_path, capsys):
    factories.licensee(name="High Mesa Organics LLC")
    factories.licensee(name="high mesa organics llc")
    assert reasons(imported(write(tmp_path, row()), capsys)) == ["several licensees of this name"]


def test_the_same_held_row_does_not_pile_up_and_equal_rows_are_each_kept(tmp_path, capsys):
    rows = [row(license_number="")] * 3
    for _ in range(2):
        assert imported(write(tmp_path, *rows), capsys)["held"] == 3
    assert sorted(HeldRow.objects.values_list("nth", flat=True)) == [1, 2, 3]


def test_a_held_row_that_a_person_settled_stays_settled(tmp_path, capsys, dana):
    path = write(tmp_path, row(license_number=""))
    imported(path, capsys)
    HeldRow.objects.update(state="set_aside", settled_at=factories.MORNING, settled_by=dana)
    counts = imported(path, capsys)
    assert (counts["unchanged"], counts["held"]) == (1, 0)
    assert "that a person settled" in counts["notes"][0]
    assert HeldRow.objects.get().state == "set_aside"


def test_a_held_row_closes_when_a_later_import_takes_it_in_and_opens_when_it_is_doubtful_again(tmp_path, capsys):
    factories.license(number="CCD-2022-0064", licensee=factories.licensee(name="Other LLC"))
    path = write(tmp_path, row(license_number="CCD-2022-0064"))
    imported(path, capsys)
    License.objects.update(
        type="retailer", market="commercial", issued_on=date(2022, 3, 23), expires_on=date(2024, 3, 23)
    )
    Licensee.objects.update(name="High Mesa Organics LLC")
    assert imported(path, capsys)["unchanged"] == 1
    assert HeldRow.objects.get().state == "imported"
    Licensee.objects.update(name="Other LLC")
    assert imported(path, capsys)["held"] == 1
    assert HeldRow.objects.get().is_open


def test_columns_that_may_name_owners_are_kept_nowhere(tmp_path, capsys):
    path = tmp_path / "owners.csv"
    facts = [row(), row(license_number="")]
    columns = [*facts[0], "owner_names", "business_image_url"]
    lines = [",".join(columns)] + [",".join([*it.values(), "Invented Owner", "x.png"]) for it in facts]
    path.write_text("\r\n".join(lines))
    assert imported(path, capsys)["rows"] == 2
    assert "Invented Owner" not in str(stored())


def test_an_address_that_nearly_every_row_has_is_a_filler_and_is_not_stored(tmp_path, capsys):
    rows = [row(license_number=f"CCD-2022-{n:04}-001", premise_city="Albuquerque") for n in range(1, 20)]
    rows.append(row(license_number="CCD-2022-0020-001", premise_city="Taos"))
    counts = imported(write(tmp_path, *rows), capsys)
    assert counts["created"] == 20
    assert "19 of the 20 rows" in counts["notes"][0]
    assert list(Premises.objects.exclude(city="").values_list("city", flat=True)) == ["Taos"]


def test_a_few_rows_at_one_address_are_believed(tmp_path, capsys):
    rows = [row(license_number=f"CCD-2022-0064-00{n}", premise_city="Taos") for n in range(1, 4)]
    imported(write(tmp_path, *rows), capsys)
    assert Premises.objects.filter(city="Taos").count() == 3


def test_all_or_nothing(tmp_path, capsys, monkeypatch):
    def fail(*_, **__):
        raise IntegrityError("the last statement failed")

    monkeypatch.setattr(HeldRow.objects.__class__, "bulk_create", fail)
    with pytest.raises(IntegrityError):
        call_command("import_licenses", str(write(tmp_path, row(), row(license_number=""))), "--json")
    assert not any(stored().values())


def test_ten_times_the_rows_ask_as_many_queries(tmp_path, capsys):
    def asked(count: int) -> int:
        rows = [row(license_number=f"CCD-2022-{n:04}-001", business_legal_name=f"Firm {n}") for n in range(1, count)]
        with CaptureQueriesContext(connection) as queries:
            imported(write(tmp_path, *rows), capsys, "--dry-run")
        return len(queries)

    assert asked(21) == asked(201)


def test_the_run_is_kept_with_its_counts_and_in_words(tmp_path, capsys):
    call_command("import_licenses", str(write(tmp_path, row(), row(license_number=""))))
    printed = capsys.readouterr()
    assert "1 created" in printed.out and "1 no number" in printed.out and "/register/" in printed.out
    assert "2/2" in printed.err
    run = RegisterRun.objects.get()
    assert (run.file_name, run.rows, run.created, run.held) == ("extract.csv", 2, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_are_not_mixed(tmp_path):
    path = write(tmp_path, row())
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="Another import is under way"):
            call_command("import_licenses", str(path), "--json")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
    other.close()
    assert not License.objects.exists()
    call_command("import_licenses", str(path), "--json")
    assert License.objects.count() == 1

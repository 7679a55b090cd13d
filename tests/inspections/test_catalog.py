"""The catalog of violations: the file, its versions on record, and its pages."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from inspections.actions.catalog import load_catalog
from inspections.catalog import DATA, Version, read_catalog
from inspections.models import CatalogEntry, Violation
from inspections.rules.plants import OVER_AUTHORIZED, OVER_CAP
from licensing.rules import TYPES
from tests import factories

FIRST, TODAY = date(2022, 7, 12), date(2026, 11, 17)
DAY = timedelta(days=1)
BRITISH = ("licence", "colour", "labour", "programme", "recognis", "organis", "authoris", "centre", "behaviour")


def version(**facts) -> Version:
    defaults = {
        "code": "GEN-01", "since": FIRST, "until": None, "title": "State or local law not followed",
        "citation": "16.8.2.8(A) NMAC", "description": "Another law is broken.", "severity": "major",
        "license_types": [],
    }  # fmt: skip
    return Version(**(defaults | facts))


def windows(code: str = "GEN-01") -> list[tuple]:
    return list(CatalogEntry.objects.filter(code=code).values_list("title", "since", "until"))


# The file


def test_the_file_holds_every_rule_with_its_facts_in_order():
    versions = read_catalog()
    assert len({it.code for it in versions}) == 139
    assert Counter(it.severity for it in versions) == {"critical": 17, "major": 43, "moderate": 51, "minor": 28}
    assert {OVER_AUTHORIZED, OVER_CAP} <= {it.code for it in versions}
    assert all(set(it.license_types) <= set(TYPES) for it in versions)


def test_titles_are_short_and_descriptions_are_one_american_sentence():
    for it in read_catalog():
        assert len(it.title) <= 60, it.code
        assert it.description.endswith(".") and ". " not in it.description, it.code
    words = DATA.read_text(encoding="utf-8").lower()
    assert [word for word in BRITISH if word in words] == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("major", "grave"), "line 2: There is no severity “grave”"),
        ((",all", ",retailer;bakery"), "line 2: There is no license type “bakery”"),
        (("2022-07-12", "12 July"), "line 2: Invalid isoformat"),
        (("2022-07-12,", "2022-07-12,2021-01-01"), "line 2: It ends before it begins"),
        (("State or local law not followed", "S" * 61), "line 2: The title has more than 60"),
        (("State or local law not followed", ""), "line 2: A fact is missing"),
    ],
    ids=lambda it: it[1] if isinstance(it, tuple) else "",
)
def test_a_wrong_line_is_named(change, words, tmp_path):
    lines = DATA.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "catalog.csv"
    path.write_text(lines[0] + "\n" + lines[1].replace(*change) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        read_catalog(path)
    with pytest.raises(CommandError) as refused:
        call_command("load_catalog", file=path)
    assert refused.value.returncode == 2


def test_two_versions_of_one_day_are_refused(tmp_path):
    lines = DATA.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "catalog.csv"
    path.write_text("\n".join([*lines[:2], lines[1].replace("2022-07-12", "2024-01-01")]), encoding="utf-8")
    with pytest.raises(ValueError, match="GEN-01: two versions are in force on 2024-01-01"):
        read_catalog(path)


# On record


@pytest.mark.django_db
def test_loading_twice_adds_once(capsys):
    call_command("load_catalog")
    call_command("load_catalog")
    assert capsys.readouterr().out.splitlines() == [
        "139 added, 0 changed, 0 ended, 0 unchanged", "0 added, 0 changed, 0 ended, 139 unchanged",
    ]  # fmt: skip
    assert CatalogEntry.objects.on(TODAY).count() == 139
    assert not CatalogEntry.objects.on(FIRST - DAY).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fact", ["title", "citation", "description", "severity", "license_types"])
def test_a_changed_fact_ends_the_version_and_begins_another(fact):
    value = {"severity": "minor", "license_types": ["retailer"]}.get(fact, "Said otherwise")
    load_catalog([version()], on=TODAY)
    changed = version(**{fact: value})
    assert load_catalog([changed], on=TODAY) == {"changed": 1}
    assert load_catalog([changed], on=TODAY + 30 * DAY) == {"unchanged": 1}
    old, new = CatalogEntry.objects.order_by("since")
    assert (old.since, old.until, new.since, new.until) == (FIRST, TODAY - DAY, TODAY, None)
    assert getattr(new, fact) == value != getattr(old, fact)


@pytest.mark.django_db
def test_a_version_that_the_file_ends_and_one_that_it_begins(tmp_path):
    load_catalog([version()], on=TODAY)
    later = date(2027, 1, 1)
    file = [version(until=later - DAY), version(since=later, title="New words")]
    assert load_catalog(file, on=TODAY) == {"ended": 1, "added": 1}
    assert load_catalog(file, on=TODAY) == {"unchanged": 2}
    assert [CatalogEntry.objects.on(day).get().title for day in (later - DAY, later)] == [
        "State or local law not followed", "New words",
    ]  # fmt: skip


@pytest.mark.django_db
def test_two_changes_on_one_day_leave_one_version_a_day():
    for title in ("A", "B", "C"):
        load_catalog([version(title=title)], on=TODAY)
    assert windows() == [("A", FIRST, TODAY - DAY), ("B", TODAY, TODAY), ("C", TODAY + DAY, None)]


@pytest.mark.django_db
def test_what_is_over_stays_said():
    load_catalog([version(until=date(2023, 1, 1))], on=TODAY)
    load_catalog([version(until=date(2023, 1, 1), title="Said otherwise")], on=TODAY)
    assert windows() == [("State or local law not followed", FIRST, date(2023, 1, 1))]


@pytest.mark.django_db
def test_a_violation_keeps_the_version_of_the_day_of_the_visit(dana):
    from inspections.actions import visit

    load_catalog([version()], on=TODAY)
    case = factories.in_progress(dana)
    visit.record_violation(case, CatalogEntry.objects.on(TODAY).get(), seen="Seen.", by=dana, at=factories.MORNING)
    load_catalog([version(title="New words")], on=TODAY + DAY)
    assert Violation.objects.get().title == "State or local law not followed"


# Pages


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(factories.user(role))
    return client


@pytest.mark.django_db
def test_the_list_is_narrowed_by_words_type_and_day():
    load_catalog([*read_catalog()], on=FIRST)
    client, url = signed_in(Role.OFFICER), reverse("inspections:rules")
    assert "139 rules in force" in client.get(url).text
    assert "1 rule in force" in client.get(url, {"q": "alarm monthly"}).text
    assert "SEC-10" in client.get(url, {"q": "sec-10"}).text
    servers = client.get(url, {"type": "server"}).text
    assert "GEN-01" in servers and "PRD-01" not in servers
    assert "No rule matches" in client.get(url, {"on": "2022-07-11"}).text
    assert client.get(url, {"on": "nonsense"}).status_code == 200


@pytest.mark.django_db
def test_a_rule_shows_what_it_said_on_a_day_and_all_its_versions():
    load_catalog([version()], on=FIRST)
    load_catalog([version(description="Said otherwise.")], on=TODAY)
    client, url = signed_in(Role.AUDITOR), reverse("inspections:rule", args=["GEN-01"])
    before, after = client.get(url, {"on": "2026-11-16"}).text, client.get(url, {"on": "2026-11-17"}).text
    assert "Another law is broken." in before and "Said otherwise." not in before
    assert "Said otherwise." in after and "Another law is broken." not in after
    assert before.count("?on=") == 2
    assert "was not in force" in client.get(url, {"on": "2020-01-01"}).text
    assert client.get(reverse("inspections:rule", args=["XXX-99"])).status_code == 404


@pytest.mark.django_db
def test_the_catalog_is_for_the_office(stranger):
    client = Client()
    client.force_login(stranger)
    assert client.get(reverse("inspections:rules")).status_code == 404

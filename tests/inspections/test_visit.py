"""A visit from the premises to its end, on the pages an officer stands on."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from casefile.models import Document
from inspections.actions import notice, visit
from inspections.models import CatalogEntry, Inspection, Violation
from inspections.stages import State
from tests import factories
from tests.factories import at
from tests.inspections import states

NOW = at("2026-11-17 10:00")

pytestmark = pytest.mark.usefixtures("holidays")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def office(client, dana):
    client.force_login(dana)
    return client


def page(name: str, case: Inspection, **kwargs) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref, **kwargs})


def post(client, address: str, **typed):
    """Send the form of a page as the page gave it."""
    shown = client.get(address).context
    return client.post(address, {"once": shown["once"], "version": shown["version"], **typed})


def errors_of(response) -> str:
    return " ".join(error for errors in response.context["form"].errors.values() for error in errors)


class TestStart:
    def test_begins_a_visit_at_the_premises_and_gives_it_a_number(self, office, dana, place):
        answer = post(office, f"/premises/{place.number}/inspect/", kind="routine", present="Tomás Lucero, owner")
        case = Inspection.objects.with_place().get()
        assert answer.url == page("inspection_record", case)
        assert (case.state, case.officer, case.file.number) == (State.IN_PROGRESS, dana, "26-0001")
        assert "The visit has begun." in office.get(answer.url).content.decode()

    def test_twice_the_same_form_begins_one_visit(self, office, place):
        address = f"/premises/{place.number}/inspect/"
        typed = {"once": "abc", "kind": "routine", "present": "Tomás Lucero"}
        assert [office.post(address, typed).url for _ in range(2)] == [office.post(address, typed).url] * 2
        assert Inspection.objects.count() == 1

    def test_says_what_stands_in_the_way_and_keeps_what_was_typed(self, office, dana, place):
        running = factories.in_progress(dana, premises=place)
        answer = post(office, f"/premises/{place.number}/inspect/", kind="complaint", present="A clerk")
        assert f"Visit {running.file.number} has not ended at these premises." in errors_of(answer)
        assert "A clerk" in answer.content.decode()
        assert Inspection.objects.count() == 1

    def test_offers_the_visit_that_is_planned_here(self, office, dana, place):
        planned = factories.planned(dana, premises=place, planned_on=date(2026, 11, 17))
        shown = office.get(f"/premises/{place.number}/inspect/").content.decode()
        assert page("inspection_record", planned) in shown
        assert office.get(page("inspection_record", planned)).url == page("inspection_begin", planned)

    def test_is_not_for_those_who_only_read(self, client, place, tomas):
        answers = {}
        for person in (factories.user(Role.AUDITOR), factories.user(Role.ADMINISTRATOR), tomas):
            client.force_login(person)
            answers[person.role] = client.get(f"/premises/{place.number}/inspect/").status_code
        assert answers == {"auditor": 403, "administrator": 403, "representative": 404}


class TestPlan:
    def test_puts_a_visit_on_a_day_for_an_officer_without_a_number(self, office, dana, place):
        luis = factories.user(name="Luis Maestas")
        answer = post(
            office, f"/premises/{place.number}/plan/", kind="follow_up", officer=luis.pk, notes="Bring the scale.",
            planned_on_month="12", planned_on_day="4", planned_on_year="2026",
        )  # fmt: skip
        case = Inspection.objects.with_place().get()
        assert (case.state, case.officer, case.planned_on) == (State.PLANNED, luis, date(2026, 12, 4))
        assert (case.file.number, answer.url) == (None, page("case", case))

    def test_the_licensee_learns_nothing(self, client, dana, tomas, place):
        case = factories.planned(dana, premises=place, planned_on=date(2026, 12, 4))
        client.force_login(tomas)
        assert client.get(page("case", case)).status_code == 404
        assert client.get(page("case", case)).content == client.get("/cases/abcdefghjkmnpqrs/").content


class TestBegin:
    def test_begins_what_was_planned(self, office, dana, place):
        case = factories.planned(dana, premises=place)
        answer = post(office, page("inspection_begin", case), present="Tomás Lucero")
        case = states.fresh(case)
        assert (case.state, answer.url) == (State.IN_PROGRESS, page("inspection_record", case))

    def test_of_another_officer_is_not_mine_to_begin(self, office):
        case = factories.planned()
        assert office.get(page("inspection_begin", case)).status_code == 403

    def test_a_refused_entry_is_put_on_record(self, office, dana, place):
        case = factories.planned(dana, premises=place)
        assert "Write down what happened at the door." in errors_of(post(office, page("inspection_refused", case)))
        answer = post(office, page("inspection_refused", case), notes="The guard called the owner, who said no.")
        case = states.fresh(case)
        assert (case.outcome, case.file.number, answer.url) == ("entry_refused", "26-0001", page("case", case))


class TestRecordPage:
    @pytest.fixture
    def case(self, dana, place):
        return factories.in_progress(dana, premises=place)

    @pytest.fixture
    def rules(self, db):
        return [
            factories.entry(code="LAB-01", title="Labels missing batch number"),
            factories.entry(
                code="SEC-04",
                title="Camera does not cover the vault",
                citation="16.8.2.10 NMAC",
                description="Blind spot.",
            ),
            factories.entry(code="RET-02", title="Sale after midnight", license_types=["retailer"]),
            factories.entry(code="OLD-01", title="Old wording", until=date(2024, 1, 1)),
        ]

    def codes(self, response):
        return [rule["entry"].code for rule in response.context["rules"]]

    def test_offers_the_rules_of_the_day_for_this_type_of_license(self, office, case, rules):
        assert self.codes(office.get(page("inspection_record", case))) == ["LAB-01", "SEC-04"]

    @pytest.mark.parametrize(
        ("typed", "codes"),
        [("batch label", ["LAB-01"]), ("16.8.2", ["SEC-04"]), ("sec-04", ["SEC-04"]), ("nothing like it", [])],
    )
    def test_finds_a_rule_by_any_of_its_words(self, office, case, rules, typed, codes):
        assert self.codes(office.get(page("inspection_record", case), {"q": typed})) == codes

    def test_says_how_often_this_licensee_was_cited_before(self, office, dana, place, rules):
        before = factories.in_progress(dana, premises=place)
        visit.record_violation(before, rules[0], seen="12 jars.", by=dana, at=factories.MORNING)
        before = visit.end_visit(before, reviewed_with="Tomás", notes="", by=dana, at=factories.MORNING)
        case = factories.in_progress(dana, premises=factories.premises(license=place.license, number="CCD-X-002"))
        shown = {
            rule["entry"].code: rule["times"] for rule in office.get(page("inspection_record", case)).context["rules"]
        }
        assert shown["LAB-01"] == 0, "a draft is no citation"
        notice.serve_nolv(before, by=dana, at=factories.MORNING)
        answer = office.get(page("inspection_record", case))
        shown = {rule["entry"].code: rule["times"] for rule in answer.context["rules"]}
        assert (shown["LAB-01"], shown["SEC-04"]) == (1, 0)
        form = office.get(page("violation_record", case, code="LAB-01")).content.decode()
        assert "Cited here before" in form and "12 jars." in form and before.file.number in form

    def test_is_short_of_queries_however_much_is_recorded(self, office, dana, case, django_assert_max_num_queries):
        office.get(page("inspection_record", case))
        counted = []
        for more in (1, 12):
            for _ in range(more):
                visit.record_violation(case, factories.entry(), seen="Seen.", by=dana, at=NOW)
            with django_assert_max_num_queries(12) as queries:
                office.get(page("inspection_record", case))
            counted.append(len(queries))
        assert counted[0] == counted[1]

    def test_leads_on_once_the_visit_has_ended(self, office, dana):
        case = factories.with_findings(dana)
        assert office.get(page("inspection_record", case)).url == page("case", case)


class TestRecordViolation:
    @pytest.fixture
    def case(self, dana, place):
        return factories.in_progress(dana, premises=place)

    @pytest.fixture
    def rule(self, db):
        return factories.entry(code="LAB-01")

    @pytest.fixture
    def address(self, case, rule):
        return page("violation_record", case, code=rule.code)

    def test_writes_it_down_with_its_photos(self, office, case, address):
        answer = post(
            office, address, seen="12 of 20 jars had no batch number.", count="12", severity="moderate",
            photos=[states.picture("IMG_1.jpg"), states.picture("IMG_2.jpg", color="#123456")],
        )  # fmt: skip
        violation = case.violations.get()
        assert answer.url == page("inspection_record", case)
        assert (violation.count, violation.number, len(violation.photos)) == (12, 1, 2)
        shown = office.get(answer.url).content.decode()
        assert "Violation 1 is recorded" in shown and "2 photos" in shown

    def test_another_severity_wants_a_reason(self, office, case, address):
        typed = {"seen": "12 jars.", "count": "1", "severity": "critical"}
        answer = post(office, address, **typed)
        assert "Say why this is critical. The catalog suggests moderate." in errors_of(answer)
        post(office, address, **typed, severity_reason="Children were near.")
        assert case.violations.get().severity == "critical"

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({"seen": "", "count": "1"}, "Say what you saw."),
            ({"seen": "x", "count": "0"}, "Enter 1 or more."),
            ({"seen": "x", "count": "many"}, "Enter a whole number"),
            ({"seen": "x", "count": "1", "photos": [states.SimpleUploadedFile("run.exe", b"MZ\x00")]}, "run.exe"),
        ],
    )
    def test_says_what_to_do_when_something_is_wrong(self, office, case, address, typed, wrong):
        answer = post(office, address, severity="moderate", **typed)
        assert wrong in errors_of(answer)
        assert "<title>Error: " in answer.content.decode()
        assert not case.violations.exists() and not Document.objects.exists()

    def test_keeps_what_is_typed_until_it_is_sent(self, office, case, address, rule):
        draft = page("violation_draft", case, code=rule.code)
        assert office.post(draft, {"seen": "Half a sen", "count": "", "once": "k", "version": "1"}).status_code == 204
        assert office.get(address).context["form"].initial == {"seen": "Half a sen", "count": ""}
        post(office, address, seen="Whole.", count="1", severity="moderate")
        assert not case.file.drafts.exists()

    def test_of_a_rule_that_is_not_in_force_is_no_page(self, office, case):
        factories.entry(code="OLD-01", until=date(2024, 1, 1))
        assert office.get(page("violation_record", case, code="OLD-01")).status_code == 404

    def test_is_changed_and_gets_more_photos(self, office, dana, case, rule):
        visit.record_violation(case, rule, seen="12 jars.", by=dana, at=NOW)
        address = page("violation_change", case, n=1)
        assert office.get(address).context["form"].initial["seen"] == "12 jars."
        post(office, address, seen="13 jars.", count="13", severity="moderate", photos=[states.picture()])
        violation = case.violations.get()
        assert (violation.seen, violation.count, len(violation.photos)) == ("13 jars.", 13, 1)

    def test_is_taken_back_and_the_others_are_numbered_again(self, office, dana, case):
        for title in ("First", "Second"):
            visit.record_violation(case, factories.entry(title=title), seen=title, by=dana, at=NOW)
        assert office.get(page("violation_remove", case, n=1)).status_code == 200
        assert case.violations.count() == 2
        post(office, page("violation_remove", case, n=1))
        assert [str(violation) for violation in case.violations.all()] == ["1. Second"]
        assert office.get(page("violation_change", case, n=2)).status_code == 404

    def test_is_refused_when_the_visit_has_ended(self, office, dana):
        case = factories.with_findings(dana)
        code = case.violations.get(number=1).entry.code
        answer = office.get(page("violation_record", case, code=code))
        assert "Violations are recorded while the visit is in progress." in answer.content.decode()
        sent = office.post(
            page("violation_record", case, code=code), {"once": "k", "seen": "x", "count": "1", "severity": "moderate"}
        )
        assert "Violations are recorded while the visit is in progress." in errors_of(sent)

    def test_after_a_refused_entry_is_the_refusal_itself(self, office, dana, place, rule):
        case = factories.planned(dana, premises=factories.premises(license=place.license, number="CCD-X-002"))
        visit.record_entry_refused(case, notes="The gate stayed shut.", by=dana, at=NOW)
        case = states.fresh(case)
        post(office, page("violation_record", case, code=rule.code), seen="No entry.", count="1", severity="moderate")
        assert case.violations.get().seen == "No entry."


class TestPlants:
    @pytest.fixture
    def case(self, dana, place):
        return factories.in_progress(dana, premises=place)

    @pytest.fixture
    def over(self, db):
        return factories.entry(code="PLT-01", title="Too many mature plants", severity="major")

    def test_counted_above_the_license_propose_the_violation_in_one_press(self, office, case, over):
        post(office, page("inspection_plants", case), flowering_female="2118", flowering_male="500", vegetative="900")
        proposal = office.get(page("inspection_record", case)).context["proposals"][0]
        assert (proposal["entry"], proposal["count"]) == (over, 118)
        press = {name: proposal[name] for name in ("once", "seen", "count")} | {"severity": over.severity}
        office.post(page("violation_record", case, code="PLT-01"), press)
        violation = case.violations.get()
        assert (violation.count, violation.severity) == (118, "major")
        assert violation.seen == "2,118 mature plants (female, flowering) counted. The license allows 2,000."
        assert office.get(page("inspection_record", case)).context["proposals"] == []

    def test_at_the_limit_propose_nothing(self, office, case, over):
        post(office, page("inspection_plants", case), flowering_female="2000", flowering_male="9000")
        assert office.get(page("inspection_record", case)).context["proposals"] == []

    @pytest.mark.parametrize(("typed", "wrong"), [({}, "Enter at least one count."), ({"seedling": "-1"}, "0 or more")])
    def test_want_a_number(self, office, case, typed, wrong):
        assert wrong in errors_of(post(office, page("inspection_plants", case), **typed))
        assert not case.plant_counts.exists()


class TestFinish:
    def test_without_findings_says_and_sends_a_letter_of_compliance(self, office, dana, place):
        case = factories.in_progress(dana, premises=place)
        assert "letter of compliance" in office.get(page("inspection_finish", case)).content.decode()
        answer = post(office, page("inspection_finish", case), reviewed_with="Tomás Lucero", notes="All in order.")
        case = states.fresh(case)
        assert (case.state, case.outcome, answer.url) == (State.CLOSED, "compliant", page("case", case))

    def test_with_findings_leaves_the_notice_in_draft(self, office, dana, place):
        case = factories.in_progress(dana, premises=place)
        visit.record_violation(case, factories.entry(), seen="12 jars.", by=dana, at=NOW)
        shown = office.get(page("inspection_finish", case)).content.decode()
        assert "12 jars." in shown and "The licensee hears nothing until you send it." in shown
        post(office, page("inspection_finish", case), reviewed_with="Tomás Lucero")
        assert states.fresh(case).state == State.FINDINGS_RECORDED

    def test_wants_to_know_with_whom(self, office, dana):
        case = factories.in_progress(dana)
        assert "Say with whom" in errors_of(post(office, page("inspection_finish", case)))

    def test_on_a_page_that_is_out_of_date_shows_what_happened_and_keeps_the_words(self, office, dana):
        case = factories.in_progress(dana)
        address = page("inspection_finish", case)
        shown = office.get(address).context
        visit.record_violation(case, factories.entry(title="Camera"), seen="x", by=dana, at=NOW)
        typed = {
            "once": shown["once"],
            "version": shown["version"],
            "reviewed_with": "Tomás",
            "notes": "Long thoughts.",
        }
        answer = office.post(address, typed)
        words = answer.content.decode()
        assert answer.status_code == 409
        assert "Violation recorded: Camera" in words and "Long thoughts." in words
        again = office.post(address, typed | {"version": answer.context["version"]})
        assert (again.status_code, states.fresh(case).state) == (302, State.FINDINGS_RECORDED)

    def test_is_taken_up_again_before_the_notice(self, office, dana):
        case = factories.with_findings(dana)
        answer = post(office, page("inspection_reopen", case))
        case = states.fresh(case)
        assert (case.state, case.visit_ended_at, answer.url) == (
            State.IN_PROGRESS,
            None,
            page("inspection_record", case),
        )


def test_nothing_is_left_of_a_violation_but_its_history(dana):
    """What is taken back leaves the list, not the record."""
    case = factories.in_progress(dana)
    violation = visit.record_violation(
        case, factories.entry(), seen="12 jars.", by=dana, at=NOW, photos=[states.picture()]
    )
    visit.remove_violation(violation, by=dana, at=NOW)
    assert not Violation.objects.exists()
    assert case.file.events.first().facts["seen"] == "12 jars."
    assert case.file.documents.count() == 1
    assert CatalogEntry.objects.count() == 1

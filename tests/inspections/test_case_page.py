"""The case on one page: what comes next, where it is, what was found, what is due and how that was counted."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from inspections.actions import discipline, notice
from inspections.clocks import CAP_DUE
from inspections.models import Inspection
from inspections.queries import standing
from tests import factories
from tests.factories import at
from tests.inspections import states

NOW = at("2026-11-19 10:00")

pytestmark = pytest.mark.usefixtures("holidays")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    def set_to(instant):
        monkeypatch.setattr("django.utils.timezone.now", lambda: instant)

    set_to(NOW)
    return set_to


@pytest.fixture
def office(client, dana):
    client.force_login(dana)
    return client


def page(name: str, case: Inspection) -> str:
    return reverse(f"inspections:{name}", kwargs={"ref": case.file.ref})


def seen(client, case: Inspection):
    return client.get(page("case", case)).context


class TestNextStep:
    def test_is_the_one_of_the_list(self, office, dana):
        case = states.plan_to_review(dana)
        words = office.get(page("case", case)).content.decode()
        step = standing(case, NOW).step
        assert f'<h2 id="next-step">{step.label}</h2>' in words
        assert words.count("Your next step") == 1
        assert page("plan_review", case) in words
        assert "The licensee sent a plan for 3 of 3 violations." in words

    def test_while_waiting_says_for_whom_until_when_and_has_no_button(self, office, dana):
        case = states.waiting_for_plan(dana)
        shown = seen(office, case)
        assert (shown["kicker"], shown["step_url"]) == ("With the licensee", "")
        assert shown["step"].text.startswith("Waiting for the licensee until Tue, Nov 24.")

    def test_of_another_officer_names_that_officer(self, office):
        case = factories.with_findings(factories.user(name="Luis Maestas"))
        shown = seen(office, case)
        assert (shown["kicker"], shown["step_url"]) == ("With Luis Maestas", "")

    def test_of_a_late_plan_is_the_call_for_an_officer_and_the_referral_for_a_supervisor(
        self, client, dana, marco, now
    ):
        case = states.waiting_for_plan(dana)
        now(at("2026-11-25 09:00"))
        doors = []
        for person in (dana, marco, factories.user()):
            client.force_login(person)
            shown = seen(client, case)
            doors.append((shown["kicker"], shown["step_button"], shown["step_url"]))
        assert doors == [
            ("Your next step", "Write down the call", page("case_notes", case)),
            ("Your next step", "Refer the case", page("refer", case)),
            ("With Dana Ortiz", "", ""),
        ]

    def test_of_a_closed_case_is_nothing(self, office, dana):
        shown = seen(office, states.closed(dana))
        assert (shown["kicker"], shown["others"], shown["step"].page) == ("Nothing to do now", [], "")


class TestStages:
    def labels(self, stages, state):
        return [stage["label"] for stage in stages if stage["state"] == state]

    @pytest.mark.parametrize(
        ("make", "now_at"),
        [
            (factories.planned, "Inspected"),
            (factories.with_findings, "Notice sent"),
            (states.waiting_for_plan, "Plan received"),
            (states.plan_to_review, "Plan review"),
            (states.waiting_for_proof, "Proof of fix"),
            (states.ready_to_close, "Proof of fix"),
            (states.closed, "Closed"),
            (states.cancelled, "Cancelled"),
        ],
    )
    def test_exactly_one_is_now(self, office, dana, make, now_at):
        assert self.labels(seen(office, make(dana))["stages"], "now") == [now_at]

    def test_carry_their_dates(self, office, dana):
        notes = {stage["label"]: stage["note"] for stage in seen(office, states.plan_to_review(dana))["stages"]}
        assert notes == {
            "Inspected": "Tue, Nov 17", "Notice sent": "Tue, Nov 17", "Plan received": "Wed, Nov 18",
            "Plan review": "Now, due Mon, Nov 23", "Proof of fix": "Due Thu, Dec 17", "Closed": "Not yet",
        }  # fmt: skip

    def test_leave_the_friendly_path_with_a_referral(self, office, dana, marco):
        case = states.referred(dana, marco)
        assert self.labels(seen(office, case)["stages"], "now") == ["Referred"]
        discipline.dismiss_case(case, reason="They moved away.", by=marco, at=NOW)
        stages = seen(office, case)["stages"]
        assert self.labels(stages, "now") == ["Closed"]
        assert [stage["note"] for stage in stages if stage["label"] == "Outcome"] == ["Dismissed"]


class TestViolations:
    def cards(self, office, case):
        return {card["number"]: card for card in seen(office, case)["cards"]}

    @pytest.mark.parametrize(
        ("make", "state"),
        [
            (factories.with_findings, "Moderate"),
            (states.waiting_for_plan, "Waiting for plan"),
            (states.plan_to_review, "Plan to review"),
            (states.waiting_for_proof, "Waiting for proof"),
            (states.proof_to_review, "Proof to review"),
            (states.ready_to_close, "Fixed"),
        ],
    )
    def test_say_how_far_they_are(self, office, dana, make, state):
        assert {card["state"] for card in self.cards(office, make(dana)).values()} == {state}

    def test_a_plan_is_never_shown_as_a_fix(self, office, dana):
        case = states.reviewed(dana, "accepted", "returned", "reinspect")
        cards = self.cards(office, case)
        assert [cards[n]["state"] for n in (1, 2, 3)] == ["Fixed", "Proof sent back", "To see again"]
        rows = {row["label"]: row["value"] for row in cards[2]["rows"]}
        assert rows["Their plan"] == "Move 130 plants out of flower."
        assert rows["Who and when"] == "R. Archuleta, by Tue, Dec 1"
        assert rows["What is missing"] == "Look again. (Fri, Nov 20)"
        assert rows["Proof"].startswith("1 file, sent Fri, Nov 20")

    def test_photos_say_what_they_show_and_never_their_file_name(self, office, dana):
        case = states.proof_to_review(dana, findings=1)
        words = office.get(page("case", case)).content.decode()
        assert 'alt="Photo 1 of the fix in violation 1"' in words
        assert "photo.jpg" not in words


class TestDeadlines:
    def test_explain_how_they_were_counted(self, office, dana):
        case = states.waiting_for_plan(dana)
        plan, proof = seen(office, case)["terms"]
        assert plan.how == (
            "You got the notice on Tuesday, November 17, 2026. Day 1 is Wednesday, November 18. We skip weekends. Day 5 "
            "is Tuesday, November 24. You can send your plan until 11:59 p.m. that day."
        )
        marks = {mark: [day["text"] for day in plan.days if day["mark"] == mark] for mark in ("start", "count", "end")}
        assert marks == {"start": ["17"], "count": ["18", "19", "20", "23"], "end": ["24"]}
        assert (proof.clock.label, proof.days) == ("Proof that all violations are fixed", [])

    def test_that_were_met_say_so(self, office, dana):
        terms = {term.clock.key: term for term in seen(office, states.plan_to_review(dana))["terms"]}
        assert terms["inspections.cap_due"].due.words == "Met, 4 business days early"
        assert terms["inspections.plan_review_goal"].due.words == "Due Mon, Nov 23"

    def test_that_were_extended_show_the_old_date_and_the_reason(self, office, dana, marco):
        case = states.waiting_for_plan(dana)
        facts = {"due_on": date(2026, 12, 1), "reason": "A death in the family."}
        discipline.extend_deadline(case, CAP_DUE, **facts, by=marco, at=NOW)
        term = next(it for it in seen(office, case)["terms"] if it.clock is CAP_DUE)
        assert term.note == "It was Tue, Nov 24; extended by Marco Baca: A death in the family."
        assert term.due.words == "Tue, Dec 1"


class TestOtherSteps:
    def names(self, client, person, case):
        client.force_login(person)
        return [label for label, _ in seen(client, case)["others"]]

    def test_are_those_of_the_reader(self, client, dana, marco):
        case = states.waiting_for_plan(dana)
        auditor = factories.user(Role.AUDITOR)
        assert self.names(client, dana, case) == ["Record how they got the notice"]
        assert self.names(client, marco, case) == [
            "Extend a deadline", "Record how they got the notice", "Take the notice back", "Refer for discipline",
        ]  # fmt: skip
        assert self.names(client, auditor, case) == []

    def test_a_held_notice_is_stopped_and_not_taken_back(self, client, dana, marco, now):
        case = states.served(dana)
        now(states.SERVED)
        assert "Stop the notice" in self.names(client, dana, case)
        assert "Take the notice back" not in self.names(client, marco, case)
        now(NOW)
        assert "Stop the notice" not in self.names(client, dana, case)
        assert "Take the notice back" in self.names(client, marco, case)

    def test_the_bar_has_note_reassign_and_paper(self, client, dana, marco):
        case = states.waiting_for_plan(dana)
        bars = []
        for person in (marco, dana, factories.user(Role.AUDITOR)):
            client.force_login(person)
            bars.append([label for label, _ in seen(client, case)["bar"]])
        assert bars == [
            ["Add a note", "Reassign", "Print case file"],
            ["Add a note", "Print case file"],
            ["Print case file"],
        ]


@pytest.mark.parametrize(
    "make",
    [
        factories.planned, factories.with_findings, states.served, states.bounced, states.waiting_for_plan,
        states.proof_to_review, states.ready_to_close, states.closed,
    ],
)  # fmt: skip
def test_the_page_is_short_of_queries(client, marco, dana, make, django_assert_max_num_queries):
    """Whatever the state, for the person with the most rights."""
    case = make(dana)
    client.force_login(marco)
    client.get("/cases/")
    with django_assert_max_num_queries(12):
        client.get(page("case", case))


@pytest.mark.parametrize("name", ["case", "case_files", "case_letters", "case_history", "case_notes", "case_print"])
def test_queries_do_not_grow_with_the_case(office, dana, marco, name, django_assert_max_num_queries):
    counted = []
    office.get("/cases/")
    for many in (1, 10):
        case = states.proof_to_review(dana, findings=many)
        for n in range(many):
            discipline.add_note(case, f"Note {n}", by=dana, at=NOW)
        with django_assert_max_num_queries(12) as queries:
            office.get(page(name, case))
        counted.append(len(queries))
    assert counted[0] == counted[1]


class TestSubPages:
    @pytest.fixture
    def case(self, dana):
        return states.proof_to_review(dana, findings=2)

    def test_history_has_every_line_and_pages_on(self, office, dana, case):
        for n in range(60):
            discipline.add_note(case, f"Note {n}", by=dana, at=NOW)
        first = office.get(page("case_history", case))
        second = office.get(page("case_history", case) + first.context["next_url"])
        lines = first.context["events"] + second.context["events"]
        assert len(lines) == case.file.events.count()
        assert lines[0]["text"] == "Note 59" or lines[0]["at"] >= lines[1]["at"]
        assert lines[-1]["title"] == "Inspection planned"

    def test_history_tells_the_sides_apart(self, office, case):
        kinds = {line["title"]: line["kind"] for line in office.get(page("case_history", case)).context["events"]}
        assert (kinds["Plan sent by the licensee"], kinds["Plan accepted"]) == ("licensee", "")

    def test_files_stand_under_their_violation(self, office, case):
        groups = dict(office.get(page("case_files", case)).context["groups"])
        assert list(groups) == ["1. Finding 1", "2. Finding 2"]
        assert groups["1. Finding 1"][0]["of"] == "The correction"

    def test_letters_say_what_became_of_each_copy(self, office, dana):
        case = states.bounced(dana)
        words = office.get(page("case_letters", case)).content.decode()
        assert "Came back" in words and "Action needed by" in words

    def test_notes_are_written_and_read(self, office, case):
        address = page("case_notes", case)
        shown = office.get(address).context
        office.post(address, {"once": shown["once"], "version": shown["version"], "text": "Called; they were polite."})
        assert "Called; they were polite." in office.get(address).content.decode()

    def test_notes_are_read_by_an_auditor_and_not_written(self, client, case):
        client.force_login(factories.user(Role.AUDITOR))
        address = page("case_notes", case)
        assert "Save the note" not in client.get(address).content.decode()
        assert client.post(address, {"once": "k", "text": "x"}).status_code == 403

    def test_paper_has_it_all(self, office, case):
        words = office.get(page("case_print", case)).content.decode()
        for part in ("Finding 2", "Seen 2.", "Move 130 plants", "Plan accepted", "Day 5 is", "Action needed by"):
            assert part in words

    @pytest.mark.parametrize("name", ["case", "case_files", "case_letters", "case_history", "case_notes", "case_print"])
    def test_are_not_for_the_licensee(self, client, case, name):
        client.force_login(states.owner_of(case))
        assert client.get(page(name, case)).status_code == 404


def test_a_planned_visit_stands_under_its_key(office, dana):
    case = factories.planned(dana, planned_on=date(2026, 11, 30))
    shown = seen(office, case)
    assert shown["due"].words == "Mon, Nov 30"
    assert "Cancel the inspection" in [label for label, _ in shown["others"]]


def test_a_notice_of_a_grave_case_goes_straight_to_a_supervisor(office, dana, marco):
    case = factories.in_progress(dana)
    entry = factories.entry(severity="critical")
    factories.visit.record_violation(case, entry, seen="A minor worked here.", by=dana, at=NOW)
    case = factories.visit.end_visit(case, reviewed_with="Tomás", notes="", by=dana, at=NOW)
    notice.serve_nolv(case, by=marco, at=NOW, skip_plan=True, reason="Danger to children.")
    assert seen(office, case)["kicker"] == "With a supervisor"


def test_a_visit_to_see_a_fix_and_its_case_name_each_other(office, dana):
    case = states.reviewed(dana, "accepted", "reinspect")
    visit = case.follow_ups.get()
    assert [other.pk for other in seen(office, case)["kin"]] == [visit.pk]
    assert [other.pk for other in seen(office, visit)["kin"]] == [case.pk]

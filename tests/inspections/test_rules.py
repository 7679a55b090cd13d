"""Rules of an inspection: cases of the law, with the edge on both sides."""

import inspect
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from casefile.law import citation
from inspections import rules
from inspections.rules import Decision, Finding, GrowthStage, Penalty, PlanFacts, Receipt, Referral, Visit

NOON = datetime(2026, 11, 18, 19, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = date(2026, 11, 18)


def finding(number: int = 1, **facts) -> Finding:
    return Finding(number, "Labels missing batch number", "PKG-01", **facts)


class TestEveryRule:
    def test_cites_and_says_what_it_is(self) -> None:
        ours = [rule for name, rule in vars(rules).items() if name.startswith(("reasons_", "penalty_", "mature_"))]
        assert len(ours) > 20
        assert [rule.__name__ for rule in ours if not citation(rule)] == []
        assert all("Cites:" in (inspect.getdoc(rule) or "") for rule in ours)

    def test_is_offered_by_the_package(self) -> None:
        missing = [
            name
            for module in (rules.findings, rules.notice, rules.plan, rules.discipline, rules.plants)
            for name, it in vars(module).items()
            if name.startswith("reasons_") and it.__module__ == module.__name__ and name not in rules.__all__
        ]
        assert missing == []


class TestVisit:
    def visit(self, **facts) -> Visit:
        return Visit(**{"kind": "routine", "begun_at": NOON, "at": NOON, "present": "A. Person", **facts})

    def test_may_begin(self) -> None:
        assert rules.reasons_not_to_begin(self.visit()) == []

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            ({"kind": "audit"}, "Choose the kind of visit: routine, follow-up, complaint, investigation."),
            ({"operating": False}, "These premises are not operating, so no routine visit is due."),
            ({"begun_at": NOON + SECOND}, "A visit cannot begin in the future."),
            ({"present": " "}, "Say who was present."),
            ({"visit_in_progress": "26-0187"}, "Visit 26-0187 has not ended at these premises."),
        ],
    )
    def test_may_not_begin(self, facts: dict, reason: str) -> None:
        assert rules.reasons_not_to_begin(self.visit(**facts)) == [reason]

    @pytest.mark.parametrize("kind", ["follow_up", "complaint", "investigation"])
    def test_other_than_routine_may_begin_where_nothing_operates(self, kind: str) -> None:
        assert rules.reasons_not_to_begin(self.visit(kind=kind, operating=False)) == []

    def test_refused_at_the_door_is_written_down(self) -> None:
        assert rules.reasons_not_to_record_refused_entry("The manager closed the door.") == []
        assert rules.reasons_not_to_record_refused_entry("\n") == ["Write down what happened at the door."]

    def test_ends_when_reviewed_with_the_licensee(self) -> None:
        assert rules.reasons_not_to_end_visit([finding()], reviewed_with="A. Person") == []
        assert rules.reasons_not_to_end_visit([], reviewed_with="") == ["Say with whom the findings were reviewed."]

    def test_does_not_end_with_a_count_of_nothing(self) -> None:
        against = rules.reasons_not_to_end_visit([finding(count=1), finding(2, count=0)], reviewed_with="A. Person")
        assert against == ["Violation 2, Labels missing batch number: the count must be 1 or more."]

    def test_ends_in_compliance_without_violations_only(self) -> None:
        assert rules.reasons_not_to_end_in_compliance([]) == []
        assert rules.reasons_not_to_end_in_compliance([finding()]) == [
            "Violation 1, Labels missing batch number, is on record."
        ]


class TestSeverity:
    @pytest.mark.parametrize(
        ("severity", "reason", "against"),
        [
            ("major", "", []),
            ("minor", "One label of 200.", []),
            ("minor", " ", ["Say why this is minor. The catalog suggests major."]),
            ("grave", "Because.", ["Choose a severity: minor, moderate, major, critical."]),
        ],
    )
    def test_other_than_suggested_needs_a_reason(self, severity: str, reason: str, against: list[str]) -> None:
        assert rules.reasons_against_severity(severity, suggested="major", reason=reason) == against


class TestClosing:
    @pytest.mark.parametrize(
        ("facts", "because"),
        [
            ({}, "no proof of its correction has been sent."),
            ({"planned": True}, "no proof of its correction has been sent."),  # a plan is not a fix
            ({"corrected": True}, "the proof of its correction is not verified."),
            ({"verified": True}, "no proof of its correction has been sent."),
        ],
    )
    def test_waits_for_every_violation(self, facts: dict, because: str) -> None:
        done = finding(1, corrected=True, verified=True)
        assert rules.reasons_not_to_close([done, finding(2, **facts)]) == [
            f"Violation 2, Labels missing batch number: {because}"
        ]

    def test_follows_once_all_are_verified(self) -> None:
        assert rules.reasons_not_to_close([finding(n, corrected=True, verified=True) for n in (1, 2)]) == []

    def test_is_not_for_a_visit_that_found_nothing(self) -> None:
        assert len(rules.reasons_not_to_close([])) == 1


class TestNotice:
    @pytest.mark.parametrize(
        ("found", "recipients", "texts", "against"),
        [
            ([finding()], 1, {1: "No batch number."}, []),
            ([finding()], 0, {1: "No batch number."}, ["Nobody can receive the notice. Add a contact first."]),
            ([], 1, {}, ["There is no violation to give notice of."]),
            (
                [finding(), finding(2)], 1, {1: "No batch number.", 2: " "},
                ["Violation 2, Labels missing batch number: say what was seen."],
            ),
        ],
    )  # fmt: skip
    def test_is_served_on_someone_of_something_described(self, found, recipients, texts, against) -> None:
        assert rules.reasons_not_to_serve(found, recipients=recipients, texts=texts) == against

    @pytest.mark.parametrize(
        ("left", "waited", "may"),
        [
            (False, timedelta(0), True),
            (False, rules.HOLD - SECOND, True),
            (False, rules.HOLD, False),
            (True, timedelta(0), False),
        ],
    )
    def test_can_be_stopped_for_five_minutes_unless_it_has_left(self, left: bool, waited: timedelta, may: bool) -> None:
        assert timedelta(minutes=5) == rules.HOLD
        assert (rules.reasons_not_to_stop(left, waited=waited) == []) == may

    def test_is_rescinded_with_a_reason(self) -> None:
        assert rules.reasons_not_to_rescind(reason="Wrong premises.") == []
        assert len(rules.reasons_not_to_rescind(reason="")) == 1

    def test_skips_the_plan_with_a_reason(self) -> None:
        assert rules.reasons_not_to_skip_plan([finding()], reason="Product for minors.") == []
        assert len(rules.reasons_not_to_skip_plan([finding()], reason="")) == 1
        assert len(rules.reasons_not_to_skip_plan([], reason="")) == 2


class TestReceipt:
    ALL = rules.kinds_on(DAY)

    def receipt(self, **facts) -> Receipt:
        return Receipt(**{"kind": "by_hand", "at": NOON, "proof": "A. Person signed", **facts})

    def test_is_of_four_kinds(self) -> None:
        assert self.ALL == ("mail_accepted", "acknowledged", "by_hand", "certified_mail")

    @pytest.mark.parametrize(
        ("facts", "against"),
        [
            ({}, []),
            ({"at": NOON - SECOND}, ["The notice cannot have been received before it was served."]),
            ({"at": NOON + timedelta(hours=1)}, []),
            ({"at": NOON + timedelta(hours=1) + SECOND}, ["The notice cannot have been received in the future."]),
            ({"kind": "rumor"}, ["This way of receiving a notice does not start the clocks."]),
            ({"proof": ""}, ["Add the proof: who took it, or the number of the letter."]),
        ],
    )
    def test_is_recorded_with_proof_between_service_and_now(self, facts: dict, against: list[str]) -> None:
        recorded_at = NOON + timedelta(hours=1)
        assert rules.reasons_not_to_record_receipt(self.receipt(**facts), served_at=NOON, at=recorded_at) == against

    def test_that_is_earliest_with_proof_counts(self) -> None:
        mail = self.receipt(kind="mail_accepted", at=NOON, proof="250 2.0.0 OK")
        seen = self.receipt(kind="acknowledged", at=NOON + SECOND)
        assert rules.earliest_receipt([seen, mail], self.ALL) == mail
        assert rules.earliest_receipt([seen, mail], ("acknowledged",)) == seen
        assert rules.earliest_receipt([seen, self.receipt(at=NOON, proof="")], self.ALL) == seen
        assert rules.earliest_receipt([self.receipt(bounced=True)], self.ALL) is None
        assert rules.earliest_receipt([], self.ALL) is None


class TestPlan:
    RECEIVED, DUE = DAY, date(2026, 12, 18)

    def plan(self, number: int = 1, **facts) -> PlanFacts:
        facts = {"how": "New labels.", "who": "A. Person", "by_on": date(2026, 12, 1), **facts}
        return PlanFacts(number, "Labels missing batch number", **facts)

    @pytest.mark.parametrize(
        ("facts", "missing"),
        [
            ({}, {}),
            ({"how": " "}, {"how": "Say how you will correct it."}),
            ({"who": ""}, {"who": "Say who will correct it."}),
            ({"by_on": None}, {"by_on": "Say by what day it will be corrected."}),
            ({"by_on": date(2026, 12, 18)}, {}),
            (
                {"by_on": date(2026, 12, 19)},
                {"by_on": "Choose a day no later than Friday, December 18, 2026. All corrections are due then."},
            ),
            ({"by_on": date(2026, 11, 18)}, {}),
            (
                {"by_on": date(2026, 11, 17)},
                {"by_on": "Choose a day from Wednesday, November 18, 2026 on. That is when you got the notice."},
            ),
        ],
    )
    def test_says_how_who_and_by_what_day(self, facts: dict, missing: dict[str, str]) -> None:
        plan = self.plan(**facts)
        assert rules.missing_in_plan(plan, received_on=self.RECEIVED, corrections_due_on=self.DUE) == missing

    def test_is_sent_when_it_answers_for_every_violation(self) -> None:
        plans = [self.plan(1), self.plan(2, who="")]
        dates = {"received_on": self.RECEIVED, "corrections_due_on": self.DUE}
        assert rules.reasons_not_to_submit(plans, **dates) == [
            "Violation 2, Labels missing batch number: Say who will correct it."
        ]
        assert rules.reasons_not_to_submit([self.plan(1), self.plan(2)], **dates) == []

    def test_is_not_asked_again_for_accepted_parts(self) -> None:
        accepted = PlanFacts(1, "Labels missing batch number", accepted=True)
        dates = {"received_on": self.RECEIVED, "corrections_due_on": self.DUE}
        assert rules.reasons_not_to_submit([accepted, self.plan(2)], **dates) == []
        assert rules.reasons_not_to_submit([accepted], **dates) == ["Every part of your plan is already accepted."]
        assert rules.reasons_not_to_submit([], **dates) == ["There is no violation to plan for."]

    def test_may_come_before_any_date_is_known(self) -> None:
        assert rules.reasons_not_to_submit([self.plan()], received_on=None, corrections_due_on=None) == []

    @pytest.mark.parametrize(
        ("term", "rule"),
        [
            (rules.cap_term, "business_days(5)"),
            (rules.corrections_term, "months(1)"),
            (rules.resend_term, "business_days(5)"),
        ],
    )
    def test_has_its_time(self, term, rule: str) -> None:
        assert str(term(DAY)) == rule
        assert citation(term)

    def test_every_value_of_practice_is_for_counsel_to_verify(self) -> None:
        values = (rules.CAP_BUSINESS_DAYS, rules.CORRECTION_MONTHS, rules.RESEND_BUSINESS_DAYS, rules.RECEIPT_KINDS)
        assert all(value.verify.startswith("Verify with counsel") and value.source for value in values)


class TestReview:
    @pytest.mark.parametrize(
        ("decisions", "against"),
        [
            ([Decision(1, "accepted"), Decision(2, "returned", "Who?")], []),
            ([Decision(1, "accepted"), Decision(2)], ["Violation 2: accept it or return it."]),
            ([Decision(1, "returned", " ")], ["Violation 1: say what is missing."]),
            ([Decision(1, "reinspect")], ["Violation 1: say why we must see it again."]),
            ([Decision(1, "reinspect", "The wall is new.")], []),
            ([Decision(1, "maybe", "?")], ["Violation 1: accept it or return it."]),
            ([], ["There is nothing to review."]),
        ],
    )
    def test_decides_on_each_part(self, decisions: list[Decision], against: list[str]) -> None:
        assert rules.reasons_not_to_finish_review(decisions) == against

    @pytest.mark.parametrize(("files", "verified", "may"), [(1, False, True), (0, False, False), (1, True, False)])
    def test_takes_proof_with_files_while_it_is_open(self, files: int, verified: bool, may: bool) -> None:
        assert (rules.reasons_not_to_send_evidence(files=files, verified=verified) == []) == may


class TestReferral:
    def referral(self, **facts) -> Referral:
        return Referral(
            **{"served": True, "discovered_on": date(2024, 2, 29), "on": DAY, "reason": "No plan.", **facts}
        )

    @pytest.mark.parametrize(
        ("facts", "against"),
        [
            ({"on": date(2026, 2, 28)}, []),
            (
                {"on": date(2026, 3, 1)},
                ["No action may be brought after Saturday, February 28, 2026, two years after discovery."],
            ),
            ({"on": date(2026, 2, 1), "served": False}, ["The notice has not been served."]),
            ({"on": date(2026, 2, 1), "closed": True}, ["The case is closed."]),
            ({"on": date(2026, 2, 1), "reason": ""}, ["Say why the case is referred."]),
        ],
    )
    def test_follows_service_within_two_years_with_a_reason(self, facts: dict, against: list[str]) -> None:
        assert rules.reasons_not_to_refer(self.referral(**facts)) == against


class TestPenalty:
    @pytest.mark.parametrize(
        ("count", "amount", "found", "against"),
        [
            (1, "10000", None, []),
            (1, "10000.01", None, ["Violation 1: the amount is at most $10,000 for each violation."]),
            (1, "0.01", None, []),
            (1, "0", None, ["Violation 1: the amount must be more than $0."]),
            (1, "-5", None, ["Violation 1: the amount must be more than $0."]),
            (1, "0.015", None, ["Violation 1: the amount is in dollars and cents."]),
            (0, "100", None, ["Violation 1: the count must be 1 or more."]),
            (100, "10000", 100, []),
            (101, "10000", 100, ["Violation 1: the visit counted 100, so the penalty cannot count 101."]),
        ],
    )
    def test_is_at_most_the_maximum_for_each_count(self, count, amount, found, against) -> None:
        penalty = Penalty(1, count, Decimal(amount))
        assert rules.reasons_against_penalty(penalty, on=DAY, found=found) == against

    def test_names_violations_once(self) -> None:
        once, again = Penalty(1, 1, Decimal(100)), Penalty(1, 2, Decimal(50))
        assert rules.reasons_not_to_impose_penalty([once], on=DAY) == []
        assert rules.reasons_not_to_impose_penalty([once, again], on=DAY) == ["Violation 1 is named twice."]
        assert rules.reasons_not_to_impose_penalty([], on=DAY) == ["Choose at least one violation."]

    def test_shows_its_calculation(self) -> None:
        penalties = [Penalty(1, 1_200, Decimal(10_000)), Penalty(3, 2, Decimal("12.50"))]
        assert rules.penalty_total(penalties) == Decimal("12000025")
        assert rules.penalty_explained(penalties) == [
            "Violation 1: 1,200 × $10,000 = $12,000,000",
            "Violation 3: 2 × $12.50 = $25",
            "Total: $12,000,025",
            "Pay to the state treasurer, for the current school fund.",
        ]

    def test_of_nothing_is_nothing(self) -> None:
        assert rules.penalty_total([]) == 0

    def test_has_a_maximum_since_the_act(self) -> None:
        with pytest.raises(LookupError):
            rules.PENALTY_MAX.on(date(2021, 6, 28))
        assert rules.PENALTY_MAX.on(date(2021, 6, 29)) == 10_000


class TestOtherOutcomes:
    def test_suspension_has_its_days_and_a_reason(self) -> None:
        assert rules.reasons_not_to_suspend(starts_on=DAY, ends_on=DAY, reason="No plan.") == []
        yesterday = DAY - timedelta(days=1)
        assert len(rules.reasons_not_to_suspend(starts_on=DAY, ends_on=yesterday, reason="")) == 2

    def test_revocation_has_a_reason(self) -> None:
        assert rules.reasons_not_to_revoke(reason="No plan.") == []
        assert rules.reasons_not_to_revoke(reason=" ") == ["Say why the license is revoked."]


class TestExtension:
    OLD = date(2026, 11, 25)

    @pytest.mark.parametrize(
        ("new", "on", "reason", "against"),
        [
            (date(2026, 11, 26), DAY, "Fire.", []),
            (date(2026, 11, 25), DAY, "Fire.", ["The new day must be later than Wednesday, November 25, 2026."]),
            (date(2026, 11, 24), DAY, "Fire.", ["The new day must be later than Wednesday, November 25, 2026."]),
            (date(2026, 11, 26), DAY, "", ["Say why the deadline is extended."]),
            (date(2026, 11, 30), date(2026, 11, 30), "Fire.", []),
            (date(2026, 11, 30), date(2026, 12, 1), "Fire.", ["The new day has already passed."]),
            (date(2026, 11, 26), None, "Fire.", []),
        ],
    )
    def test_moves_later_only_to_a_day_to_come(self, new, on, reason, against) -> None:
        assert rules.reasons_not_to_extend(old_due=self.OLD, new_due=new, reason=reason, on=on) == against


class TestPlants:
    def test_only_female_flowering_plants_are_mature(self) -> None:
        counts = {
            GrowthStage.GERMINATION: 1, GrowthStage.SEEDLING: 20, GrowthStage.VEGETATIVE: 300,
            GrowthStage.FLOWERING_FEMALE: 4_000, GrowthStage.FLOWERING_MALE: 50_000,
        }  # fmt: skip
        assert rules.mature_count(counts) == 4_000
        assert rules.mature_count({}) == 0

    def test_counts_are_not_below_zero(self) -> None:
        assert rules.reasons_against_counts({GrowthStage.VEGETATIVE: 0}) == []
        assert rules.reasons_against_counts({GrowthStage.FLOWERING_MALE: -1}) == [
            "Flowering male: a count is 0 or more."
        ]

    @pytest.mark.parametrize(("mature", "over"), [(1_999, 0), (2_000, 0), (2_001, 1), (2_500, 500)])
    def test_above_the_authorized_number_are_over_the_limit(self, mature: int, over: int) -> None:
        assert rules.over_limit(mature, 2_000) == over

    @pytest.mark.parametrize(
        ("mature", "authorized", "all_licenses", "proposed"),
        [
            (2_000, 2_000, 0, []),
            (2_001, 2_000, 0, [("PLT-01", 1)]),
            (20_000, 20_000, 20_000, []),
            (20_001, 20_000, 0, [("PLT-01", 1), ("PLT-02", 1)]),
            (12_000, 12_000, 20_005, [("PLT-02", 5)]),
        ],
    )
    def test_propose_what_they_break(self, mature, authorized, all_licenses, proposed) -> None:
        assert rules.proposed_violations(mature, authorized, on=DAY, all_licenses=all_licenses) == proposed

    def test_proposals_are_in_the_catalog(self) -> None:
        catalog = (Path(rules.__file__).parents[1] / "data" / "violations.csv").read_text("utf-8")
        assert all(f"\n{code}," in catalog for code in (rules.OVER_AUTHORIZED, rules.OVER_CAP))

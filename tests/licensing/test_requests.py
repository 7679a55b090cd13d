"""A request about mature plants from the draft to the decision: its machine as one table, and what each step does."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import Role
from casefile.actions import Refused, Stale, act, move, refusals
from casefile.models import Deadline, Notice
from licensing.actions import requests
from licensing.actions.plants import authorize
from licensing.actions.requests import Asked
from licensing.models import License, PlantAuthorization, PlantRequest
from licensing.queries.plants import as_of, licensee_total
from licensing.stages import RequestState as State
from tests import factories
from tests.factories import at
from tests.licensing import asked
from tests.licensing.asked import DECIDED, SENT, fresh, grower, owner_of

SPECIFICATION = """
step                 draft  sent  lacks  look  yes  no  back
submit_request       sent   .     sent   .     .    .   .
take_request         .      same  same   same  .    .   .
reassign_request     .      same  same   same  .    .   .
ask_for_information  .      lacks .      .     .    .   .
find_complete        .      look  .      .     .    .   .
approve_request      .      .     .      yes   .    .   .
deny_request         .      .     no     no    .    .   .
withdraw_request     back   back  back   back  .    .   .
"""
SHORT = dict(zip(("draft", "sent", "lacks", "look", "yes", "no", "back"), State, strict=True))
HEAD, *ROWS = [line.split() for line in SPECIFICATION.strip().splitlines()]
CELLS = [(SHORT[name], row[0], cell) for row in ROWS for name, cell in zip(HEAD[1:], row[1:], strict=True)]


def target(state: State, step: str) -> State | None:
    found = move(PlantRequest(state=state), step)
    return None if found is None else State(found.target or state)


@pytest.mark.parametrize(("state", "step", "cell"), CELLS, ids=[f"{state}-{step}" for state, step, _ in CELLS])
def test_every_step_leads_where_the_table_says(state, step, cell):
    assert target(state, step) == {".": None, "same": state}.get(cell, SHORT.get(cell))


def test_the_table_names_every_state_and_every_step():
    moves = PlantRequest._meta.get_field("state").get_all_transitions(PlantRequest)
    assert len(HEAD) == len(State) + 1 and {row[0] for row in ROWS} == {found.name for found in moves}


def letters(case: PlantRequest) -> list[str]:
    return list(Notice.objects.filter(file=case.file).order_by("pk").values_list("letter", flat=True))


def running(case: PlantRequest) -> dict[str, date]:
    return {row.clock: row.due_on for row in case.file.deadlines.running()}


def ends(case: PlantRequest) -> dict[str, str]:
    return {row.clock: row.end for row in Deadline.objects.filter(file=case.file).exclude(ended_at=None)}


pytestmark = pytest.mark.django_db


class TestStarting:
    def test_the_open_draft_is_gone_on_with(self):
        license = grower()
        first, again = asked.begun(license), asked.begun(license)
        assert first == again and first.state == State.DRAFT and first.file.number is None
        assert asked.begun(license, "decrease") != first

    def test_a_viewer_and_a_stranger_start_nothing(self, stranger):
        license = grower()
        viewer = factories.representative(license.licensee, "viewer")
        for person in (viewer, stranger):
            with pytest.raises(PermissionDenied):
                requests.start_request(license, "increase", by=person, at=SENT)
        assert not license.plant_requests.exists()


class TestFiles:
    def test_are_kept_once_and_sent_with_their_piece(self):
        case = asked.begun()
        owner = owner_of(case.license)
        first = requests.attach_document(case, "water", asked.paper(), by=owner, at=SENT)
        again = requests.attach_document(case, "water", asked.paper("other name.pdf"), by=owner, at=SENT)
        plan = requests.attach_document(case, "water", asked.paper("plan.pdf", words="plan"), by=owner, at=SENT)
        wrong = requests.attach_document(case, "water", asked.paper("cat.pdf", words="cat"), by=owner, at=SENT)
        requests.remove_document(case, "water", wrong, by=owner, at=SENT)
        assert first == again
        requests.submit_request(case, Asked(plants=500), by=owner, at=SENT)
        assert list(case.pieces.get().documents.order_by("pk")) == [first, plan]
        assert not case.file.drafts.exists()
        with pytest.raises(Refused, match="Nothing can be added"):
            requests.remove_document(fresh(case), "water", first, by=owner, at=SENT)

    def test_belong_to_a_piece_of_the_rule(self):
        case = asked.begun()
        with pytest.raises(Refused, match="no such part"):
            requests.attach_document(case, "cat", asked.paper(), by=owner_of(case.license), at=SENT)


class TestSending:
    def test_gives_a_number_a_receipt_and_a_goal(self):
        case = asked.sent()
        assert (case.state, case.file.number, case.sent_at) == (State.SUBMITTED, "26-0001", SENT)
        assert (case.plants, case.at_renewal, case.year_began_on) == (1_000, False, date(2026, 1, 5))
        assert letters(case) == ["licensing.request_receipt"]
        assert running(case) == {"licensing.check_goal": date(2026, 6, 8)}
        assert {it.key for it in case.pieces.all()} == {it.key for it in case.required} and not case.missing()

    @pytest.mark.parametrize(
        ("plants", "reason"), [(None, "Say how many"), (250, "steps of 500"), (4_500, "At most 8 steps")]
    )
    def test_is_judged_by_the_law(self, plants, reason):
        case = asked.begun()
        with pytest.raises(Refused, match=reason):
            requests.submit_request(case, Asked(plants=plants), by=owner_of(case.license), at=SENT)
        assert fresh(case).state == State.DRAFT and fresh(case).file.number is None

    def test_of_a_second_request_waits_for_the_first(self):
        case = asked.sent()
        with pytest.raises(Refused, match="case 26-0001"):
            asked.sent(case.license, "decrease")

    def test_is_refused_twice_in_a_year_and_not_at_renewal(self, dana):
        license = asked.approved(dana).license
        with pytest.raises(Refused, match="already requested this year"):
            asked.sent(license, when=at("2026-08-01 09:00"))
        assert asked.sent(license, when=at("2026-12-01 09:00")).at_renewal

    def test_again_uses_the_one_of_a_year_unless_it_was_withdrawn(self, dana):
        license = asked.withdrawn().license
        second = asked.sent(license, when=at("2026-07-01 09:00"))
        assert not second.at_renewal and second.year_began_on == date(2026, 1, 5)

    def test_the_one_at_renewal_is_used_first_and_then_the_other(self, dana):
        license = asked.approved(dana, when=at("2026-05-01 09:00")).license
        License.objects.filter(pk=license.pk).update(expires_on=date(2026, 6, 20))
        license.refresh_from_db()
        first = asked.denied(dana, license, when=at("2026-06-02 09:00"))
        assert first.at_renewal
        with pytest.raises(Refused, match="already requested"):
            asked.sent(license, when=at("2026-06-16 09:00"))

    @pytest.mark.parametrize(
        ("facts", "reason"),
        [
            ({"level": 3}, "already has level|has level 3"),
            ({"level": None, "type": "retailer"}, "no level"),
            ({"level": None, "status": "revoked"}, "revoked"),
        ],
    )
    def test_a_level_is_asked_once_by_those_who_have_levels(self, facts, reason):
        with pytest.raises(Refused, match=reason):
            asked.sent(grower(**facts), "designation")

    def test_a_microbusiness_gets_no_increase(self):
        with pytest.raises(Refused, match="microbusiness"):
            asked.sent(grower(type="producer_microbusiness", level=None, mature_plants=200))

    def test_what_was_missing_again_may_be_late_and_keeps_the_first_day(self, dana):
        case = asked.incomplete(dana)
        owner = owner_of(case.license)
        with pytest.raises(Refused, match="at least one of the pieces"):
            requests.submit_request(case, Asked(plants=4_000), by=owner, at=asked.SENT_AGAIN)
        late = at("2026-07-20 09:00")
        requests.submit_request(case, Asked(pieces={"inventory": {"mature": "1,880"}}), by=owner, at=late)
        case = fresh(case)
        assert (case.state, case.plants, case.sent_at, case.last_sent_at) == (State.SUBMITTED, 1_000, SENT, late)
        assert case.newest_pieces()["inventory"].typed == {"mature": "1,880"} and case.pieces.count() == 7
        assert ends(case) == {"licensing.check_goal": "met", "licensing.information_due": "late"}
        assert case.file.events.first().facts == {"late": True}


class TestChecking:
    def test_one_officer_takes_it(self, dana):
        case = asked.taken(dana)
        other = factories.user()
        assert case.officer == dana
        with pytest.raises(Refused, match="Dana Ortiz has this request"):
            requests.take_request(case, by=other, at=SENT)
        with pytest.raises(PermissionDenied):
            requests.find_complete(case, by=other, at=SENT)

    def test_a_supervisor_gives_it_to_another(self, dana, marco):
        other = factories.user()
        case = requests.reassign_request(asked.taken(dana), other, by=marco, at=SENT, reason="Leave.")
        assert case.officer == other
        with pytest.raises(PermissionDenied):
            requests.reassign_request(case, dana, by=other, at=SENT)

    def test_what_is_missing_is_asked_for_with_a_date(self, dana):
        case = asked.incomplete(dana)
        assert (case.state, case.wanted) == (State.INCOMPLETE, {"inventory": "Say how much of it is dry."})
        assert running(case) == {"licensing.information_due": date(2026, 7, 3)}
        assert letters(case)[-1] == "licensing.information_wanted"
        assert case.information_by == date(2026, 7, 3)

    @pytest.mark.parametrize(
        ("wanted", "reason"), [({}, "at least one piece"), ({"water": " "}, "Say what is missing")]
    )
    def test_who_asks_says_what(self, dana, wanted, reason):
        with pytest.raises(Refused, match=reason):
            requests.ask_for_information(asked.taken(dana), wanted, by=dana, at=SENT)

    def test_complete_is_the_last_sending_and_starts_ninety_days(self, dana):
        case = asked.in_review(dana)
        assert (case.state, case.complete_at) == (State.IN_REVIEW, SENT)
        assert running(case) == {"licensing.decision_due": date(2026, 8, 31)}  # August 30 is a Sunday
        assert ends(case) == {"licensing.check_goal": "met"}

    def test_the_officer_may_name_another_day(self, dana):
        case = asked.in_review(dana, complete_on=date(2026, 6, 4))
        assert case.complete_at == at("2026-06-04 12:00") and running(case) == {
            "licensing.decision_due": date(2026, 9, 2)
        }

    @pytest.mark.parametrize(
        ("day", "reason"), [(date(2026, 5, 31), "not complete before"), (date(2026, 6, 10), "come")]
    )
    def test_from_the_sending_to_today(self, dana, day, reason):
        with pytest.raises(Refused, match=reason):
            asked.in_review(dana, complete_on=day)

    def test_it_is_not_complete_while_a_piece_lacks(self, dana):
        case = asked.taken(dana, without=("water", "sales"))
        assert [it.split(" has not")[0] for it in refusals(case, "find_complete")] == [
            "Right to the water", "Medical and commercial sales of the last three months",
        ]  # fmt: skip
        with pytest.raises(Refused, match="Right to the water"):
            requests.find_complete(case, by=dana, at=SENT)


class TestApproving:
    def test_an_increase_changes_the_license_and_keeps_what_stood(self, dana):
        case = asked.approved(dana)
        license = case.license
        assert (case.state, case.granted, license.mature_plants, license.level) == (State.APPROVED, 1_000, 4_000, 2)
        before, after = license.authorizations.all()
        assert (before.since, before.mature_plants, before.source) == (date(2026, 1, 5), 3_000, "record")
        assert (after.since, after.mature_plants, after.source) == (DECIDED.date(), 4_000, "increase")
        assert after.request == case and letters(case)[-1] == "licensing.increased"
        assert ends(case)["licensing.decision_due"] == "met" and not running(case)
        assert [as_of(license, day).mature_plants for day in (date(2026, 6, 14), date(2026, 6, 15))] == [3_000, 4_000]
        assert as_of(license, date(2026, 1, 4)) is None

    def test_the_factors_are_kept_as_they_were_seen(self, dana):
        case = asked.approved(dana)
        assert [it["key"] for it in case.factors] == [
            "medical_sales", "sold_share", "enforcement", "shortage", "water", "completeness", "over_count",
        ]  # fmt: skip
        assert {it["finding"] for it in case.factors} <= {"met", "not_met", "not_applicable", "judge"}

    def test_part_is_granted_with_a_reason(self, dana):
        with pytest.raises(Refused, match="Say why less"):
            asked.approved(dana, granted=500)
        license = PlantRequest.objects.get().license
        assert fresh(PlantRequest.objects.get()).state == State.IN_REVIEW and license.mature_plants == 3_000

    @pytest.mark.parametrize(
        ("granted", "reason"), [(250, "steps of 500"), (1_500, "were asked for"), (0, "steps of 500")]
    )
    def test_what_the_law_does_not_allow_is_refused(self, dana, granted, reason):
        case = asked.in_review(dana)
        with pytest.raises(Refused, match=reason):
            requests.approve_request(case, granted=granted, reasons="So.", by=dana, at=DECIDED)

    def test_what_has_stopped_fitting_is_refused_and_the_rest_granted(self, dana):
        license = grower(mature_plants=12_000, level=3)
        case = asked.in_review(dana, license, plants=4_000)
        grower(licensee=license.licensee, mature_plants=6_000)
        with pytest.raises(Refused, match="at most 20,000"):
            requests.approve_request(case, granted=4_000, by=dana, at=DECIDED)
        requests.approve_request(case, granted=2_000, reasons="No more fits.", by=dana, at=DECIDED)
        assert licensee_total(license.licensee) == 20_000

    def test_a_level_and_a_count_inside_it(self, dana):
        case = asked.in_review(dana, kind="designation")
        for level, count in ((2, 2_000), (2, 6_001), (5, 3_000), (None, 3_000)):
            with pytest.raises(Refused):
                requests.approve_request(case, granted=count, level=level, reasons="So.", by=dana, at=DECIDED)
        requests.approve_request(
            case, granted=2_001, level=2, reasons="The water is enough for it.", by=dana, at=DECIDED
        )
        license = fresh(case).license
        assert (license.level, license.mature_plants) == (2, 2_001)
        assert license.authorizations.get().source == "designation" and letters(case)[-1] == "licensing.designated"

    def test_a_decrease_needs_no_piece_and_goes_down_to_what_was_asked(self, dana):
        case = asked.in_review(dana, kind="decrease")
        with pytest.raises(Refused, match="Take away no more"):
            requests.approve_request(case, granted=400, by=dana, at=DECIDED)
        requests.approve_request(case, granted=300, by=dana, at=DECIDED)
        assert fresh(case).license.mature_plants == 2_700 and letters(case)[-1] == "licensing.decreased"

    def test_an_old_page_changes_nothing(self, dana):
        case = asked.in_review(dana)
        with pytest.raises(Stale):
            requests.approve_request(case, granted=1_000, by=dana, at=DECIDED, version=case.version - 1)
        assert fresh(case).license.mature_plants == 3_000


class TestDenying:
    def test_says_why(self, dana):
        with pytest.raises(Refused, match="Say why"):
            asked.denied(dana, reasons=" ")
        case = fresh(PlantRequest.objects.get())
        case = requests.deny_request(case, "Above the count in May.", by=dana, at=DECIDED)
        assert (case.state, case.reasons, case.decided_at) == (State.DENIED, "Above the count in May.", DECIDED)
        assert letters(case)[-1] == "licensing.request_denied" and fresh(case).license.mature_plants == 3_000

    def test_what_lacks_information_only_when_its_time_is_over(self, dana):
        case = asked.incomplete(dana)
        with pytest.raises(Refused, match="has until Friday, July 3, 2026"):
            requests.deny_request(case, "It never came.", by=dana, at=at("2026-07-03 23:00"))
        case = requests.deny_request(case, "It never came.", by=dana, at=at("2026-07-04 08:00"))
        assert case.state == State.DENIED and ends(case)["licensing.information_due"] == "cancelled"


class TestWithdrawing:
    def test_of_a_draft_sends_no_letter(self):
        case = asked.begun()
        requests.withdraw_request(case, by=owner_of(case.license), at=SENT)
        assert fresh(case).state == State.WITHDRAWN and letters(case) == []

    def test_ends_every_clock(self, dana):
        case = asked.in_review(dana)
        requests.withdraw_request(case, by=owner_of(case.license), at=DECIDED, reason="Sold the farm.")
        assert not running(case) and letters(case)[-1] == "licensing.request_withdrawn"

    def test_is_for_the_licensee(self, dana, marco):
        case = asked.in_review(dana)
        for person in (dana, marco):
            with pytest.raises(PermissionDenied):
                requests.withdraw_request(case, by=person, at=DECIDED)


class TestTheRecord:
    def test_a_grant_above_the_cap_is_refused_wherever_it_comes_from(self, marco):
        license = grower(mature_plants=16_000, level=4)
        grower(licensee=license.licensee, mature_plants=3_800)
        facts = {"level": 4, "since": DECIDED.date(), "by": marco, "at": DECIDED}
        with pytest.raises(Refused, match="20,000"):
            authorize(license, mature_plants=16_500, source=PlantAuthorization.Source.INCREASE, **facts)
        authorize(license, mature_plants=16_500, source=PlantAuthorization.Source.CORRECTION, **facts)
        assert License.objects.get(pk=license.pk).mature_plants == 16_500

    def test_history_is_written_forward(self, marco):
        license = grower()
        facts = {"level": 2, "source": PlantAuthorization.Source.CORRECTION, "by": marco, "at": DECIDED}
        authorize(license, mature_plants=2_500, since=date(2026, 6, 10), **facts)
        with pytest.raises(Refused, match="later line of history"):
            authorize(license, mature_plants=2_400, since=date(2026, 6, 9), **facts)
        authorize(license, mature_plants=2_400, since=date(2026, 6, 10), **facts)
        assert (
            as_of(license, date(2026, 6, 10)).mature_plants == License.objects.get(pk=license.pk).mature_plants == 2_400
        )

    def test_a_second_increase_outside_renewal_is_kept_out_by_the_table(self, dana):
        case = asked.approved(dana)
        other = asked.sent(case.license, when=at("2026-12-01 09:00"))
        PlantRequest.objects.filter(pk=other.pk).update(at_renewal=False)
        other = requests.take_request(fresh(other), by=dana, at=DECIDED)
        other = requests.find_complete(other, by=dana, at=at("2026-12-02 09:00"))
        with pytest.raises(IntegrityError), transaction.atomic():
            act(other, "approve_request", by=dana, at=at("2026-12-02 09:00"), level=2, granted=500)

    def test_two_open_requests_of_a_license_are_kept_out_by_the_table(self):
        case = asked.sent()
        second = asked.begun(case.license, "decrease")
        second.plants = 5
        second.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            act(second, "submit_request", by=owner_of(case.license), at=SENT)


class TestWhoIsWrittenTo:
    def test_supervisors_while_nobody_has_it(self, dana, marco):
        factories.user(Role.SUPERVISOR, is_active=False)
        case = asked.sent()
        assert [it.email for it in case.recipients("officer")] == [marco.email]
        case = requests.take_request(case, by=dana, at=SENT)
        assert [it.email for it in case.recipients("officer")] == [dana.email]
        assert [it.email for it in case.recipients("supervisors")] == [marco.email]

    def test_staff_see_what_was_sent_and_strangers_nothing(self, dana, stranger):
        draft, case = asked.begun(), asked.sent()
        assert list(PlantRequest.objects.visible_to(dana)) == [case]
        assert not PlantRequest.objects.visible_to(stranger).exists()
        assert list(PlantRequest.objects.visible_to(owner_of(draft.license))) == [draft]

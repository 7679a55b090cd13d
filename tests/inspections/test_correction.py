"""The licensee's part of an inspection, below the pages: drafts, files, the plan and the proof as they are sent."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from casefile import documents
from casefile.actions import Refused
from casefile.documents import NotTaken
from casefile.models import Document, Draft, Event
from inspections.actions import notice
from inspections.actions.correction import Answer, add_evidence, remove_evidence, send_evidence, submit_cap
from inspections.actions.drafts import Part, save_note, save_plan
from inspections.models import Evidence, PlanItem, Proof
from inspections.stages import State
from tests import factories
from tests.inspections import licensee_stories as stories
from tests.inspections.licensee_stories import LATER, NOW, PLANNED, PROVEN, Story, image

ANSWER = Answer("I will print it again.", "Tomás Lucero", date(2026, 12, 4))


@pytest.fixture(autouse=True)
def without_paper(settings):
    settings.PDF_AT_ONCE = False


@pytest.fixture
def story(dana, marco, tomas, place, holidays) -> Story:
    return Story(dana, marco, tomas, place)


@pytest.fixture
def vera(place):
    """Somebody who may read for the licensee, and no more."""
    return factories.representative(place.licensee, "viewer", name="Vera Sol")


@pytest.fixture
def ana(place):
    """A second person who may answer for the licensee."""
    return factories.representative(place.licensee, "manager", name="Ana Ruiz")


class TestSavingThePlan:
    def save(self, story: Story, by, words: str, seen: str = "", number: int = 1) -> list[int]:
        return save_plan(story.case, {number: {"how": words}}, seen={number: seen}, by=by, at=NOW)

    def test_keeps_the_words_and_who_typed_them(self, story, tomas):
        stories.received(story)
        assert self.save(story, tomas, "13/45") == []
        assert Draft.objects.get().typed == {"1": {"typed": {"how": "13/45"}, "by": tomas.pk, "name": "Tomás Lucero"}}

    def test_leaves_a_part_that_this_page_did_not_touch(self, story, tomas, ana):
        stories.received(story)
        self.save(story, ana, "Ana's")
        assert self.save(story, tomas, "", seen=Part({"how": ""}).digest) == []
        assert Draft.objects.get().typed["1"]["typed"]["how"] == "Ana's"

    def test_says_which_part_two_people_changed(self, story, tomas, ana):
        stories.received(story)
        self.save(story, ana, "Ana's")
        assert self.save(story, tomas, "Mine", seen=Part({"how": ""}).digest) == [1]
        assert self.save(story, tomas, "Mine", seen=Part({"how": "Ana's"}).digest) == []
        assert Draft.objects.get().typed["1"]["name"] == "Tomás Lucero"

    def test_the_same_words_are_no_clash(self, story, tomas, ana):
        stories.received(story)
        self.save(story, ana, "Same")
        assert self.save(story, tomas, "Same") == []

    def test_ends_when_the_plan_is_sent(self, story, tomas):
        stories.reading(story)
        with pytest.raises(Refused):
            self.save(story, tomas, "Too late")

    def test_is_not_for_those_who_only_read_or_for_strangers(self, story, vera, stranger, dana):
        stories.received(story)
        for person in (vera, stranger, dana):
            with pytest.raises(PermissionDenied):
                self.save(story, person, "x")
            with pytest.raises(PermissionDenied):
                save_note(story.case, 1, "x", by=person, at=NOW)


class TestSendingThePlan:
    def test_wants_an_answer_for_each_violation(self, story, tomas):
        stories.received(story)
        with pytest.raises(Refused) as refused:
            submit_cap(story.case, {1: ANSWER, 2: ANSWER}, by=tomas, at=PLANNED)
        assert any("Violation 3" in reason for reason in refused.value.reasons)
        assert not PlanItem.objects.exists()

    def test_wants_a_day_within_the_time_to_correct(self, story, tomas):
        stories.received(story)
        late = Answer("a", "b", date(2026, 12, 19))
        with pytest.raises(Refused) as refused:
            submit_cap(story.case, {1: ANSWER, 2: ANSWER, 3: late}, by=tomas, at=PLANNED)
        assert "December 18" in refused.value.reasons[0]

    def test_leaves_accepted_parts_as_they_are(self, story, tomas):
        stories.changing(story)
        submit_cap(story.case, dict.fromkeys((1, 2, 3), ANSWER), by=tomas, at=LATER)
        assert PlanItem.objects.filter(round=2).count() == 1

    def test_counts_rounds_on_after_a_notice_was_taken_back(self, story, tomas):
        stories.reading(story)
        story.case = notice.rescind_nolv(
            story.case, reason="Wrong rule.", by=story.marco, at=factories.at("2026-11-20 10:00")
        )
        story.serve(at=factories.at("2026-11-20 11:00")).receive(at=factories.at("2026-11-20 11:10")).plan(
            at=factories.at("2026-11-20 12:00")
        )
        assert sorted(PlanItem.objects.filter(violation__number=1).values_list("round", "set_aside")) == [
            (1, True),
            (2, False),
        ]

    def test_drops_the_draft(self, story, tomas):
        stories.received(story)
        save_plan(story.case, {1: {"how": "x"}}, seen={}, by=tomas, at=NOW)
        story.plan()
        assert not Draft.objects.exists()


class TestFiles:
    def test_that_are_refused_leave_neither_row_nor_bytes(self, story, tomas):
        stories.received(story)
        before = Document.objects.count()
        with pytest.raises(NotTaken):
            add_evidence(story.case.violations.first(), SimpleUploadedFile("a.jpg", b"words"), by=tomas, at=NOW)
        assert Document.objects.count() == before

    def test_the_same_bytes_are_kept_once(self, story, tomas):
        stories.received(story)
        data, violation = image().read(), story.case.violations.first()
        first = add_evidence(violation, SimpleUploadedFile("a.jpg", data), by=tomas, at=NOW)
        second = add_evidence(violation, SimpleUploadedFile("b.jpg", data), by=tomas, at=NOW)
        assert first == second
        assert documents.path(first.document.key).exists()

    def test_the_same_bytes_may_be_sent_again_in_a_later_proof(self, story, tomas):
        stories.proving(story)
        data, violation = image().read(), story.case.violations.get(number=1)
        add_evidence(violation, SimpleUploadedFile("a.jpg", data), by=tomas, at=PROVEN)
        send_evidence(story.case, {1: ""}, by=tomas, at=PROVEN)
        add_evidence(violation, SimpleUploadedFile("a.jpg", data), by=tomas, at=LATER)
        assert Evidence.objects.filter(violation=violation, of="correction").count() == 2

    @pytest.mark.parametrize("state", ["closed", "referred", "taken_back"])
    def test_come_in_only_while_proof_is_asked_for(self, story, tomas, state):
        stories.STATES[state](story)
        with pytest.raises(Refused):
            add_evidence(story.case.violations.first(), image(), by=tomas, at=LATER)

    def test_are_not_asked_for_a_violation_that_is_fixed(self, story, tomas):
        stories.more_proof(story)
        with pytest.raises(Refused) as refused:
            add_evidence(story.case.violations.get(number=1), image(), by=tomas, at=LATER)
        assert refused.value.reasons == ["This violation is fixed. We need no more proof of it."]

    def test_are_taken_out_before_they_are_sent_and_never_after(self, story, tomas):
        stories.proving(story).add_file(1)
        evidence = Evidence.objects.get(of="correction")
        remove_evidence(evidence, by=tomas, at=PROVEN)
        assert Document.objects.filter(pk=evidence.document_id).exists()
        line = Event.objects.get(step="remove_evidence")
        assert (line.shown, line.facts["sha256"]) == (False, evidence.document.sha256)
        story.prove(1)
        with pytest.raises(Refused):
            remove_evidence(Evidence.objects.get(of="correction"), by=tomas, at=LATER)

    def test_of_the_office_are_not_the_licensees_to_take_out(self, story, tomas):
        stories.proving(story)
        with pytest.raises(Refused):
            remove_evidence(Evidence.objects.get(of="finding"), by=tomas, at=LATER)

    def test_are_not_for_those_who_only_read(self, story, vera):
        stories.received(story)
        with pytest.raises(PermissionDenied):
            add_evidence(story.case.violations.first(), image(), by=vera, at=NOW)


class TestSendingProof:
    def test_wants_a_violation_and_a_file(self, story, tomas):
        stories.proving(story)
        with pytest.raises(Refused):
            send_evidence(story.case, {}, by=tomas, at=PROVEN)
        with pytest.raises(Refused) as refused:
            send_evidence(story.case, {1: "Done."}, by=tomas, at=PROVEN)
        assert "Add at least one photo or paper" in refused.value.reasons[0]
        assert not Proof.objects.exists()

    def test_moves_the_files_into_it_and_drops_its_note_alone(self, story, tomas):
        stories.proving(story).add_file(1).add_file(2)
        for number in (1, 2):
            save_note(story.case, number, f"Note {number}", by=tomas, at=PROVEN)
        send_evidence(story.case, {1: "Note 1"}, by=tomas, at=PROVEN)
        assert Proof.objects.get().evidence.count() == 1
        assert Draft.objects.get().name == "proof:2"

    def test_a_plan_is_never_taken_for_a_fix(self, story):
        stories.proving(story)
        assert story.again().case.state == State.CORRECTIONS_DUE
        assert not story.case.violations.exclude(verified_at=None).exists()

    def test_late_is_taken_and_marked(self, story, tomas):
        stories.proving(story).add_file(1)
        send_evidence(story.case, {1: ""}, by=tomas, at=factories.at("2026-12-19 08:00"))
        assert Proof.objects.get().late

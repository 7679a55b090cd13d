"""What a licensee sees in every state, what they may do, and what they never learn."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casefile.documents import EMPTY, FILE_LIMIT, TOO_BIG
from casefile.documents.kinds import WRONG_TYPE
from casefile.models import Draft, Event, Notice
from inspections.actions import notice
from inspections.actions.correction import Answer, submit_cap
from inspections.models import Evidence, Inspection, PlanItem, Proof, Receipt
from inspections.stages import AFTER_NOTICE, State
from tests import factories
from tests.inspections import licensee_stories as stories
from tests.inspections.licensee_stories import LATER, NOW, STATES, Story, image
from tests.inspections.plain import hidden, in_order, plain, shown, text

EARLY = ("sent", "received", "grave", "taken_back")
ANSWER = {
    "how": "I will print it again.",
    "who": "Tomás Lucero",
    "by_on_month": "12",
    "by_on_day": "4",
    "by_on_year": "2026",
}


@pytest.fixture(autouse=True)
def clock(time_machine, settings):
    """The pages' clock stands still in the autumn of the stories; letters are put on paper elsewhere."""
    settings.PDF_AT_ONCE = False
    time_machine.move_to(LATER, tick=False)
    return time_machine


@pytest.fixture
def story(dana, marco, tomas, place, holidays) -> Story:
    return Story(dana, marco, tomas, place)


@pytest.fixture
def in_state(story, clock):
    def bring(state: str) -> Story:
        brought = STATES[state](story)
        clock.move_to(NOW if state in EARLY else LATER, tick=False)
        return brought.again()

    return bring


@pytest.fixture
def as_tomas(client, tomas) -> Client:
    client.force_login(tomas)
    return client


def at(story: Story, page: str = "") -> str:
    return f"/notices/{story.key}/{page}"


def typed(page, **parts: dict) -> dict[str, str]:
    """A whole form of the plan: what the page shows of each part, with these answers."""
    body = {name: hidden(page, name) for name in re.findall(r'name="(seen-\d+)"', page.content.decode())}
    for part in [name.removeprefix("seen-") for name in body]:
        said = dict.fromkeys(ANSWER, "") | parts.get(f"v{part}", {})
        body |= {f"v{part}-{name}": value for name, value in said.items()}
    return body


PAGES = ["", "plan/", "plan/check/", "plan/sent/", "proof/", "proof/1/", "proof/sent/"]
SAYS = {
    "sent": ("Your notice: what to do", "Send your plan by", "I got this notice. Start my plan"),
    "received": ("Your notice: what to do", "4 business days left", "Start your plan"),
    "reading": ("Your notice: what to do", "We are reading your plan", "Send your proof by"),
    "changing": ("Your notice: what to do", "1 part needs a change. 2 parts are fine.", "Change your plan by"),
    "proving": ("Your notice: what to do", "We accepted your plan. Fix all 3.", "Send your proof by"),
    "checking": (
        "Your notice: what to do",
        "We are checking it. You do not need to do anything now.",
        "Label 1 is new.",
    ),
    "more_proof": ("Your notice: what to do", "1 violation still needs proof.", "One photo of a new label."),
    "closed": ("Case closed. You are in compliance", "You fixed everything.", "Close Out Letter sent"),
    "grave": ("Your notice: with the Division", "A supervisor will look at your case", "I got this notice"),
    "referred": ("Your notice: with the Division", "You do not need to send a plan now.", "pause your license"),
    "taken_back": ("We took this notice back", "You do not need to do anything.", "Letters we sent you"),
}


SECRETS = ("He was rude", "See it.", "Wrong premises", "No plan came", "follow-up", "reinspect", "Proof reviewed")
ACTS = ("acknowledge/", "plan/", "plan/save/", "plan/check/", "proof/", "proof/1/", "proof/1/save/")


@pytest.mark.parametrize("state", STATES)
class TestEveryState:
    def test_says_what_to_do_in_plain_words_and_few_queries(self, as_tomas, in_state, state):
        story = in_state(state)
        bodies = {}
        for page in ["/notices/", "/notices/record/", *(at(story, page) for page in PAGES)]:
            with CaptureQueriesContext(connection) as asked:
                answer = as_tomas.get(page)
            assert answer.status_code in ((200, 302, 404) if state == "taken_back" else (200, 302)), page
            first = 3 * (page == "/notices/")  # the first page of a session notes that its owner was seen
            assert len(asked) <= 12 + first, (page, len(asked), [query["sql"][:150] for query in asked])
            if answer.status_code == 200:
                bodies[page] = answer.content.decode()
        for page, body in bodies.items():
            plain(body)
            in_order(body)
            assert [secret for secret in SECRETS if secret in body] == [], page
        for page in ("/notices/", "/notices/record/"):
            assert f'href="{at(story)}"' in bodies[page]
        for words in SAYS[state]:
            assert words.lower() in shown(bodies[at(story)]).lower()

    def test_is_shut_to_strangers_and_the_office_and_a_viewer_only_reads(self, in_state, state, stranger, dana, place):
        story = in_state(state)
        vera = factories.representative(place.licensee, "viewer", name="Vera Sol", email="vera@example.test")
        people = {person: Client() for person in (stranger, dana, vera)}
        for person, client in people.items():
            client.force_login(person)
        for page in PAGES:
            assert people[stranger].get(at(story, page)).status_code == 404
            assert people[dana].get(at(story, page)).status_code in (403, 404)
            answer = people[vera].get(at(story, page))
            assert answer.status_code != 200 or answer.content.decode().count("<form") == 1  # to sign out
        if story.case.state in AFTER_NOTICE:
            assert "These people can answer it: Tomás Lucero" in text(people[vera].get(at(story)))
        for page in ACTS:
            assert people[vera].post(at(story, page)).status_code == 404


class TestTheList:
    def test_is_empty_for_a_new_licensee(self, as_tomas, story):
        page = text(as_tomas.get("/notices/"))
        assert "You have no open notices. When we send one, it will show here." in page
        assert "26-" not in page

    def test_knows_nothing_of_a_visit_that_is_planned(self, as_tomas, place, dana):
        factories.planned(dana, premises=place)
        assert place.number not in text(as_tomas.get("/notices/"))
        assert "Case" not in text(as_tomas.get("/notices/record/"))

    def test_says_verb_and_date(self, as_tomas, in_state):
        in_state("received")
        assert "Send your plan by Wed, Nov 25" in text(as_tomas.get("/notices/"))

    def test_asks_as_much_of_the_database_for_ten_as_for_one(self, as_tomas, dana, marco, tomas, place, holidays):
        stories.received(Story(dana, marco, tomas, place))

        def queries(page: str) -> int:
            with CaptureQueriesContext(connection) as asked:
                as_tomas.get(page)
            return len(asked)

        queries("/notices/")  # the first page of a session notes that its owner was seen
        before = [queries(page) for page in ("/notices/", "/notices/record/")]
        for n in range(3):
            other = factories.premises(license=place.license, number=f"{place.license.number}-{n + 2:03}")
            stories.received(Story(dana, marco, tomas, other))
        assert [queries(page) for page in ("/notices/", "/notices/record/")] == before
        assert max(before) <= 12

    def test_the_record_goes_on_without_an_offset(self, as_tomas, dana, tomas, place, holidays, monkeypatch):
        for n in range(3):
            other = factories.premises(license=place.license, number=f"{place.license.number}-{n + 2:03}")
            case = factories.with_findings(dana, premises=other)
            notice.serve_nolv(case, by=dana, at=factories.at(f"2026-11-1{7 + n} 10:00"))
        from inspections.views.licensee import notices

        real = notices.page_of
        monkeypatch.setattr(notices, "page_of", lambda *args, **options: real(*args, size=2, **options))
        first = as_tomas.get("/notices/record/")
        assert first.content.decode().count("<b>Action needed") == 2
        following = re.search(r'href="(\?after=[^"]+)"', first.content.decode())
        assert following
        second = as_tomas.get("/notices/record/" + following[1]).content.decode()
        assert second.count("<b>Action needed") == 1


class TestTheNotice:
    def test_a_look_counts_for_nothing(self, as_tomas, in_state):
        story = in_state("sent")
        for page in ("", "acknowledge/", "plan/"):
            as_tomas.get(at(story, page))
            as_tomas.head(at(story, page))
        assert not Receipt.objects.exists()
        assert story.again().case.received_at is None

    def test_the_button_counts_once_and_starts_both_clocks(self, as_tomas, in_state):
        story = in_state("sent")
        for _ in range(2):
            answer = as_tomas.post(at(story, "acknowledge/"))
            assert answer["Location"] == at(story, "plan/")
        receipt = Receipt.objects.get()
        assert (receipt.kind, receipt.received_at) == ("acknowledged", NOW)
        assert "tomas@example.test" in receipt.proof
        assert story.again().case.file.deadlines.running().count() == 2

    def test_the_button_stays_possible_after_another_receipt_and_moves_nothing(self, as_tomas, in_state):
        story = in_state("received")
        before = list(story.case.file.deadlines.values_list("due_at", "ended_at"))
        page = text(as_tomas.get(at(story)))
        assert "Start your plan" in page and "I got this notice" in page
        as_tomas.post(at(story, "acknowledge/"))
        assert list(story.case.file.deadlines.values_list("due_at", "ended_at")) == before
        assert "I got this notice" not in text(as_tomas.get(at(story)))

    def test_a_notice_that_is_held_is_not_there_yet(self, as_tomas, story):
        from django.utils import timezone

        story.serve(at=timezone.now())
        Inspection.objects.filter(pk=story.case.pk).update(open_to_licensee_at=factories.at("2099-01-01 10:00"))
        assert as_tomas.get(at(story)).status_code == 404
        assert "26-" not in text(as_tomas.get("/notices/"))

    def test_a_notice_that_was_stopped_leaves_no_trace(self, as_tomas, story, dana):
        story.serve(at=factories.at("2026-11-17 10:00"))
        story.case = notice.stop_nolv(story.case, by=dana, at=factories.at("2026-11-17 10:01"))
        assert as_tomas.get(at(story)).status_code == 404
        stories.received(story)
        page = as_tomas.get(at(story)).content.decode()
        assert page.count("Notice of License Violation sent") == 1
        assert page.count("<b>Action needed by") == 1
        assert Notice.objects.filter(letter="inspections.nolv").count() == 2

    def test_lines_of_the_office_stay_there(self, as_tomas, in_state):
        story = in_state("more_proof")
        shown = set(Event.objects.filter(file=story.case.file, shown=True).values_list("title", flat=True))
        hidden_ones = set(Event.objects.filter(file=story.case.file, shown=False).values_list("title", flat=True))
        page = text(as_tomas.get(at(story)))
        assert all(title in page for title in shown)
        assert not any(title in page for title in hidden_ones - shown)

    def test_proof_that_must_be_seen_again_is_just_being_checked(self, as_tomas, in_state):
        page = as_tomas.get(at(in_state("more_proof"), "proof/3/"))
        assert "We are checking your proof" in text(page)

    def test_a_visit_without_findings_is_a_good_end(self, as_tomas, dana, place):
        from inspections.actions import visit

        case = factories.in_progress(dana, premises=place)
        case = visit.end_visit(case, reviewed_with="Tomás", notes="", by=dana, at=factories.MORNING)
        assert "You are in compliance" in text(as_tomas.get(f"/notices/{case.file.key}/"))

    def test_says_it_is_late_and_still_taken(self, as_tomas, in_state, clock, tomas):
        story = in_state("received")
        clock.move_to(factories.at("2026-11-28 09:00"), tick=False)
        as_tomas.force_login(tomas)
        assert "This is late. Send it today" in text(as_tomas.get(at(story)))
        assert "You can still send your plan." in text(as_tomas.get(at(story, "plan/")))


class TestThePlan:
    def test_keeps_what_is_typed_as_it_is_typed(self, as_tomas, in_state):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        odd = {"how": "line\r\none \x00", "who": " x ", "by_on_month": "13", "by_on_day": "45", "by_on_year": "26"}
        answer = as_tomas.post(at(story, "plan/"), typed(page, v2=odd) | {"save": "later"})
        assert answer["Location"] == at(story)
        kept = Draft.objects.get().typed["2"]["typed"]
        assert kept == {"how": "line\none ", "who": " x ", "by_on_month": "13", "by_on_day": "45", "by_on_year": "26"}
        again = as_tomas.get(at(story, "plan/")).content.decode()
        assert 'value="13"' in again and 'value="45"' in again
        assert "usa-error-message" not in again

    def test_is_saved_while_it_is_typed(self, as_tomas, in_state):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        assert f'data-autosave="{at(story, "plan/save/")}"' in page.content.decode()
        assert as_tomas.post(at(story, "plan/save/"), typed(page, v1={"how": "Half a"})).status_code == 204
        assert Draft.objects.get().typed["1"]["typed"]["how"] == "Half a"
        assert as_tomas.get(at(story, "plan/save/")).status_code == 405

    def test_words_changed_back_are_saved_too(self, as_tomas, in_state):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        as_tomas.post(at(story, "plan/save/"), typed(page, v1={"how": "No"}))
        as_tomas.post(at(story, "plan/save/"), typed(page))
        assert Draft.objects.get().typed["1"]["typed"]["how"] == ""

    def test_says_how_far_each_part_is(self, as_tomas, in_state):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        as_tomas.post(
            at(story, "plan/"),
            typed(page, v1=ANSWER, v2=ANSWER | {"by_on_month": ""}, v3={"how": "x"}) | {"save": "later"},
        )
        tags = re.findall(r'class="tag \w*">([^<]+)<', as_tomas.get(at(story, "plan/")).content.decode())
        assert tags == ["Ready to send", "1 answer missing", "In progress"]

    def test_leads_from_part_to_part(self, as_tomas, in_state):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        answer = as_tomas.post(at(story, "plan/"), typed(page, v1=ANSWER) | {"save": "next:2"})
        assert answer["Location"] == at(story, "plan/?open=2#part-2")
        opened = re.findall(
            r'<details class="task" open id="part-(\d)"', as_tomas.get(answer["Location"]).content.decode()
        )
        assert opened == ["2"]

    def test_says_what_is_missing_and_links_to_it(self, as_tomas, in_state):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        late = ANSWER | {"by_on_month": "12", "by_on_day": "30"}
        answer = as_tomas.post(
            at(story, "plan/"), typed(page, v1=late, v2=ANSWER, v3=ANSWER | {"how": " "}) | {"save": "check"}
        )
        body = answer.content.decode()
        assert "<title>Error: " in body
        assert 'href="#id_v1-by_on_0">Violation 1: The day must be on or before December 18, 2026.' in body
        assert 'href="#id_v3-how">Violation 3: Say how you will fix this. One or two sentences is enough.' in body
        assert 'value="30"' in body
        assert Draft.objects.get().typed["1"]["typed"]["by_on_day"] == "30"

    def send(self, client: Client, story: Story, **parts) -> object:
        page = client.get(at(story, "plan/"))
        said = {f"v{n}": ANSWER for n in (1, 2, 3)} | parts
        assert client.post(at(story, "plan/"), typed(page, **said) | {"save": "check"})["Location"] == at(
            story, "plan/check/"
        )
        check = client.get(at(story, "plan/check/"))
        return check, {name: hidden(check, name) for name in ("once", "seen", "version", "author")}

    def test_is_checked_sent_once_and_receipted(self, as_tomas, in_state):
        story = in_state("received")
        check, body = self.send(as_tomas, story)
        assert "I will print it again." in text(check) and "Friday, December 4, 2026" in text(check)
        for _ in range(2):
            answer = as_tomas.post(at(story, "plan/check/"), body)
            assert answer["Location"] == at(story, "plan/sent/")
        assert PlanItem.objects.count() == 3
        assert not Draft.objects.exists()
        receipt = text(as_tomas.get(at(story, "plan/sent/")))
        for words in (
            "We got your plan",
            "Thursday, November 19, 2026, at 9:00 a.m. You were on time.",
            "I will print it again.",
        ):
            assert words in receipt
        assert story.again().case.state == State.CAP_IN_REVIEW

    def test_late_is_taken_and_said(self, as_tomas, in_state, clock, tomas):
        story = in_state("received")
        clock.move_to(factories.at("2026-11-28 09:00"), tick=False)
        as_tomas.force_login(tomas)
        check, body = self.send(as_tomas, story)
        assert "Your plan is late. We still take it" in text(check)
        as_tomas.post(at(story, "plan/check/"), body)
        assert "This was late. We took it, and we noted the day." in text(as_tomas.get(at(story, "plan/sent/")))
        assert PlanItem.objects.filter(late=True).count() == 3

    def test_with_a_gap_is_not_sent(self, as_tomas, in_state):
        story = in_state("received")
        check = as_tomas.get(at(story, "plan/check/"))
        assert "There are 9 things to finish" in text(check)
        assert "Send your plan</button>" not in check.content.decode()
        as_tomas.post(at(story, "plan/check/"), {"once": "k", "seen": hidden_digest(story)})
        assert not PlanItem.objects.exists()

    def test_what_a_colleague_changed_meanwhile_is_read_again_first(self, as_tomas, in_state, place):
        story = in_state("received")
        _, body = self.send(as_tomas, story)
        colleague = Client()
        colleague.force_login(factories.representative(place.licensee, "manager", name="Ana Ruiz"))
        page = colleague.get(at(story, "plan/"))
        said = {f"v{n}": ANSWER for n in (1, 2)} | {"v3": ANSWER | {"who": "Ana Ruiz"}}
        colleague.post(at(story, "plan/"), typed(page, **said) | {"save": "later"})
        answer = as_tomas.post(at(story, "plan/check/"), body)
        assert "Someone changed these answers while you were reading." in text(answer)
        assert not PlanItem.objects.exists()

    def test_of_two_people_at_once_no_word_is_lost(self, as_tomas, in_state, place):
        story = in_state("received")
        colleague = Client()
        colleague.force_login(factories.representative(place.licensee, "manager", name="Ana Ruiz"))
        mine, theirs = as_tomas.get(at(story, "plan/")), colleague.get(at(story, "plan/"))
        colleague.post(at(story, "plan/"), typed(theirs, v1={"how": "Ana's words"}) | {"save": "later"})
        as_tomas.post(at(story, "plan/save/"), typed(mine, v2={"how": "Tomás's words"}))
        kept = Draft.objects.get().typed
        assert (kept["1"]["typed"]["how"], kept["2"]["typed"]["how"]) == ("Ana's words", "Tomás's words")
        clash = as_tomas.post(at(story, "plan/"), typed(mine, v1={"how": "Other words"}) | {"save": "later"})
        assert clash.status_code == 409
        assert "Ana Ruiz changed this part" in text(clash) and "Ana's words" in text(clash)
        assert "Other words" in clash.content.decode()
        assert Draft.objects.get().typed["1"]["typed"]["how"] == "Ana's words"
        as_tomas.post(at(story, "plan/"), typed(clash, v1={"how": "Both words"}) | {"save": "later"})
        assert Draft.objects.get().typed["1"]["typed"]["how"] == "Both words"

    def test_that_a_colleague_sent_is_shown_with_my_words(self, as_tomas, in_state, tomas):
        story = in_state("received")
        page = as_tomas.get(at(story, "plan/"))
        _, body = self.send(as_tomas, story)
        answers = {n: Answer("a", "b", date(2026, 12, 4)) for n in (1, 2, 3)}
        submit_cap(story.case, answers, by=tomas, at=NOW)
        late = as_tomas.post(at(story, "plan/"), typed(page, v1={"how": "My words"}) | {"save": "later"})
        assert late.status_code == 409
        assert "My words" in text(late)
        again = as_tomas.post(at(story, "plan/check/"), body | {"once": "another"})
        assert "This plan was sent on November 19 at 9:00 a.m. You can read it, but not change it." in text(again)

    def test_returned_shows_the_remark_the_old_answer_and_leaves_accepted_parts(self, as_tomas, in_state):
        story = in_state("changing")
        page = as_tomas.get(at(story, "plan/"))
        body = page.content.decode()
        assert "Say who checks it." in text(page)
        assert "I will print label 2 again.</textarea>" in body
        assert 'name="v1-how"' not in body and 'name="v2-how"' in body
        assert re.findall(r'class="tag \w*">([^<]+)<', body) == ["Accepted", "Change this part", "Accepted"]
        answer = as_tomas.post(at(story, "plan/"), typed(page, v2=ANSWER | {"who": "Ana"}) | {"save": "check"})
        assert answer["Location"] == at(story, "plan/check/")
        check = as_tomas.get(at(story, "plan/check/"))
        as_tomas.post(at(story, "plan/check/"), {name: hidden(check, name) for name in ("once", "seen")})
        assert PlanItem.objects.filter(violation__number=2, round=2, who="Ana").exists()
        assert PlanItem.objects.count() == 4


def hidden_digest(story: Story) -> str:
    from inspections.views.licensee.parts import digest_of, parts_of
    from inspections.views.licensee.times import times_of

    return digest_of(parts_of(times_of(story.case, NOW), None, {}))


class TestTheProof:
    def test_takes_every_good_file_and_says_which_failed_and_why(self, as_tomas, in_state):
        story = in_state("received")
        files = [
            image("good.jpg"),
            SimpleUploadedFile("words.jpg", b"not a photo"),
            SimpleUploadedFile("empty.jpg", b""),
            image("../../other.jpg"),
        ]
        answer = as_tomas.post(at(story, "proof/2/"), {"files": files, "note": "By Ana.", "save": "add"})
        page = text(answer)
        assert f"words.jpg: {WRONG_TYPE}" in page and f"empty.jpg: {EMPTY}" in page
        assert "<title>Error: " in answer.content.decode()
        assert sorted(Evidence.objects.filter(of="correction").values_list("document__name", flat=True)) == [
            "good.jpg",
            "other.jpg",
        ]
        assert "good.jpg" in page and "other.jpg" in page
        assert Draft.objects.get(name="proof:2").typed == {"note": "By Ana."}

    def test_a_file_over_the_limit_holds_up_no_other(self, as_tomas, in_state):
        story = in_state("received")
        large = SimpleUploadedFile("film.jpg", b"\xff\xd8\xff" + b"\0" * FILE_LIMIT)
        answer = as_tomas.post(at(story, "proof/1/"), {"files": [large, image("good.jpg")], "save": "add"})
        assert f"film.jpg: {TOO_BIG}" in text(answer)
        assert Evidence.objects.get(of="correction").document.name == "good.jpg"

    def test_the_same_file_twice_is_one_file(self, as_tomas, in_state):
        story = in_state("received")
        data = image().read()
        for name in ("a.jpg", "b.jpg"):
            as_tomas.post(at(story, "proof/1/"), {"files": [SimpleUploadedFile(name, data)], "save": "add"})
        assert Evidence.objects.filter(of="correction").count() == 1

    def test_a_file_can_be_taken_out_until_it_is_sent(self, as_tomas, in_state):
        story = in_state("proving")
        story.add_file(1)
        key = Evidence.objects.get(of="correction").document.key
        as_tomas.post(at(story, "proof/1/"), {"remove": key})
        assert not Evidence.objects.filter(of="correction").exists()
        story.prove(1)
        key = Evidence.objects.get(of="correction").document.key
        as_tomas.post(at(story, "proof/1/"), {"remove": key})
        assert Evidence.objects.filter(of="correction").count() == 1

    def test_without_a_file_there_is_nothing_to_send(self, as_tomas, in_state):
        story = in_state("proving")
        answer = as_tomas.post(at(story, "proof/1/"), {"note": "Done.", "save": "next"})
        assert "Add at least one photo or paper that shows the fix." in text(answer)
        assert "Done." in answer.content.decode()
        assert "Send your proof</button>" not in as_tomas.get(at(story, "proof/")).content.decode()

    @pytest.mark.parametrize("state", ["received", "reading", "proving"])
    def test_is_sent_for_one_or_several_and_receipted(self, as_tomas, in_state, state):
        story = in_state(state)
        for number in (1, 2, 3):
            as_tomas.post(at(story, f"proof/{number}/"), {"files": [image()], "note": f"Note {number}", "save": "next"})
        page = as_tomas.get(at(story, "proof/"))
        body = {name: hidden(page, name) for name in ("once", "seen")}
        for _ in range(2):
            answer = as_tomas.post(at(story, "proof/"), body | {"violations": [1, 3]})
            assert answer.get("Location") == at(story, "proof/sent/"), text(answer)
        assert list(Proof.objects.order_by("violation").values_list("note", flat=True)) == ["Note 1", "Note 3"]
        assert Draft.objects.filter(name__startswith="proof:").count() == 1
        receipt = text(as_tomas.get(at(story, "proof/sent/")))
        assert "We got your proof" in receipt and "Note 3" in receipt and "These still need proof" in receipt

    def test_nothing_chosen_sends_nothing(self, as_tomas, in_state):
        story = in_state("proving")
        story.add_file(1)
        page = as_tomas.get(at(story, "proof/"))
        answer = as_tomas.post(at(story, "proof/"), {name: hidden(page, name) for name in ("once", "seen")})
        assert "Choose at least one violation to send proof for." in text(answer)
        assert not Proof.objects.exists()

    def test_a_file_added_while_reading_is_looked_at_first(self, as_tomas, in_state):
        story = in_state("proving")
        story.add_file(1)
        page = as_tomas.get(at(story, "proof/"))
        story.add_file(1, "another.jpg")
        body = {name: hidden(page, name) for name in ("once", "seen")} | {"violations": [1]}
        assert "Files were added or removed while you were reading." in text(as_tomas.post(at(story, "proof/"), body))
        assert not Proof.objects.exists()

    def test_before_the_receipt_files_are_kept_and_wait(self, as_tomas, in_state):
        story = in_state("sent")
        as_tomas.post(at(story, "proof/1/"), {"files": [image()], "save": "add"})
        page = as_tomas.get(at(story, "proof/"))
        assert "Tell us first that you got the notice." in text(page)
        assert "Send your proof</button>" not in page.content.decode()

    def test_the_note_is_saved_while_it_is_typed(self, as_tomas, in_state):
        story = in_state("proving")
        assert as_tomas.post(at(story, "proof/2/save/"), {"note": "Half"}).status_code == 204
        assert "Half</textarea>" in as_tomas.get(at(story, "proof/2/")).content.decode()
        assert as_tomas.post(at(story, "proof/9/save/"), {"note": "Half"}).status_code == 404

    def test_of_a_closed_case_takes_nothing(self, as_tomas, in_state):
        story = in_state("closed")
        answer = as_tomas.post(at(story, "proof/1/"), {"files": [image()], "save": "add"})
        assert answer.status_code == 409
        assert Evidence.objects.filter(of="correction", proof=None).count() == 0


class TestSignedOut:
    """Words that were sent when the session had ended come back to their author, and to nobody else."""

    def expired(self, client: Client, story: Story) -> tuple[str, dict]:
        page = client.get(at(story, "plan/"))
        body = typed(page, v1={"how": "Long words"}) | {"save": "later", "author": hidden(page, "author")}
        client.logout()
        answer = client.post(at(story, "plan/"), body)
        assert answer["Location"] == f"{reverse('account_login')}?next={at(story, 'plan/')}"
        return answer["Location"], body

    def test_the_words_are_back_after_signing_in(self, as_tomas, in_state, tomas):
        story = in_state("received")
        login, _ = self.expired(as_tomas, story)
        assert "We signed you out to protect your account. Your answers are saved." in text(as_tomas.get(login))
        as_tomas.post(login, {"login": tomas.email, "password": "correct horse battery"})
        page = as_tomas.get(at(story, "plan/"))
        assert "Long words</textarea>" in page.content.decode()
        assert "These are the answers you typed before we signed you out." in text(page)
        assert not Draft.objects.exists()
        as_tomas.post(at(story, "plan/"), typed(page, v1={"how": "Long words"}) | {"save": "later"})
        assert Draft.objects.get().typed["1"]["typed"]["how"] == "Long words"
        assert "before we signed you out" not in text(as_tomas.get(at(story, "plan/")))

    def test_somebody_else_at_the_same_browser_sees_nothing(self, as_tomas, in_state, place):
        story = in_state("received")
        login, _ = self.expired(as_tomas, story)
        other = factories.representative(place.licensee, "manager", name="Ana Ruiz")
        as_tomas.post(login, {"login": other.email, "password": "correct horse battery"})
        page = as_tomas.get(at(story, "plan/"))
        assert page.status_code == 200
        assert "Long words" not in page.content.decode()

    def test_a_form_whose_author_nobody_knows_is_not_kept(self, client, in_state):
        story = in_state("received")
        client.post(at(story, "plan/"), {"v1-how": "x", "author": "1:forged"})
        assert "kept" not in client.session

    def test_words_of_a_proof_are_kept_and_files_asked_for_again(self, as_tomas, in_state, tomas):
        story = in_state("proving")
        page = as_tomas.get(at(story, "proof/1/"))
        body = {"note": "My note", "author": hidden(page, "author"), "files": [image()]}
        as_tomas.logout()
        answer = as_tomas.post(at(story, "proof/1/"), body)
        assert "Then pick your files again." in text(as_tomas.get(answer["Location"]))
        as_tomas.force_login(tomas)
        assert "My note</textarea>" in as_tomas.get(at(story, "proof/1/")).content.decode()

    def test_a_form_from_before_signing_in_anew_comes_back_filled(self, in_state, tomas):
        story = in_state("received")
        client = Client(enforce_csrf_checks=True)
        client.force_login(tomas)
        page = client.get(at(story, "plan/"))
        body = typed(page, v1={"how": "Old form"}) | {"save": "later", "author": hidden(page, "author")}
        answer = client.post(at(story, "plan/"), body | {"csrfmiddlewaretoken": "x" * 64})
        assert (answer.status_code, answer["Location"]) == (302, at(story, "plan/"))
        assert "Old form</textarea>" in client.get(at(story, "plan/")).content.decode()
        body.pop("author")
        assert client.post(at(story, "plan/"), body).status_code == 403

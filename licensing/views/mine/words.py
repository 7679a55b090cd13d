"""What a licensee reads of a license and of a request: what may be asked and when, how it stands, what comes next."""

from datetime import date

from casefile.fields import words as day
from casefile.views.own import Mark
from licensing import rules
from licensing.models import License, PlantAuthorization, PlantRequest
from licensing.queries.mine import Holding
from licensing.stages import REQUEST_STAGES, RequestState
from licensing.views.mine.answers import CALL, Answer, Chance, of_increase, without_level

Kind, State = PlantRequest.Kind, RequestState
TONES = {"review": "violet", "wait": "amber", "plain": "", "done": ""}
ENDS = {State.APPROVED: "green", State.DENIED: "red"}


# A license


def may_ask(holding: Holding) -> list[str]:
    """What may be asked for now, and when it may be asked again."""
    license = holding.license
    if holding.pending is not None:
        return ["A request about this license is open. You can send another one when we have decided."]
    if not holding.has_levels:
        reasons, lines = without_level(license.type, holding.on)
        return [*(it.text for it in reasons), *lines]
    if holding.may_get_a_level and not license.mature_plants:
        return ["This license has no level yet. Ask for one. Then you may grow plants."]
    if license.status != License.Status.ACTIVE:
        return [f"This license is not active. You can not ask for more plants now. {CALL}"]
    if not license.mature_plants:
        return [f"We do not know your number of plants. {CALL}"]
    level = ["This license has no level yet. You may ask for one."] if holding.may_get_a_level else []
    most = holding.largest
    if most:
        return [f"You may ask for up to {most:,} more plants now.", *next_time(holding), *level]
    answer = of_increase(holding.asks(0), Chance(license.level, holding.again()))
    return [answer.title, *(it.text for it in answer.reasons), *answer.lines, *level]


def next_time(holding: Holding) -> list[str]:
    """When more may be asked for once the request of today is sent."""
    again = holding.again(after_this=True)
    if again is None:
        return []
    return [
        f"Next time after that: from {day(again)} on." if again > holding.on else "After that you may ask once more."
    ]


def before_the_end(license: License, on: date) -> list[str]:
    """What to do before the last day of a license."""
    if license.expires_on is None:
        return [f"We do not know the last day of this license. {CALL}"]
    if license.expires_on < on:
        return [f"This license ended on {day(license.expires_on)}. Call us today to renew it."]
    opens_on = rules.renewal_opens_on(license.expires_on)
    if on < opens_on:
        return [f"You can renew it from {day(opens_on)} on."]
    last = day(license.expires_on)
    return [
        f"Renew it by {last}. Call us, and we start the renewal.",
        "Make sure that you owe no tax. Taxation and Revenue must tell us so before we can renew.",
    ]


# A request


def asked_for(case: PlantRequest, plants: int | None = None, level: int | None = None) -> str:
    """ "500 more plants"; for a draft what is typed so far."""
    plants, level = case.plants if plants is None else plants, case.level or level
    if plants is None:
        return {Kind.DESIGNATION: "A level", Kind.INCREASE: "More plants"}.get(Kind(case.kind), "Fewer plants")
    return counted(case.kind, plants, level)


def counted(kind: str, plants: int, level: int | None) -> str:
    """A number of plants as it is asked for or granted."""
    if kind == Kind.DESIGNATION:
        return f"Level {level} with {plants:,} plants"
    return f"{plants:,} {'more' if kind == Kind.INCREASE else 'fewer'} plants"


def status(case: PlantRequest) -> Mark:
    """How a request stands, in one tag."""
    state = State(case.state)
    stage = REQUEST_STAGES[state]
    if state == State.APPROVED and case.in_part:
        return Mark("Approved in part", "green")
    return Mark(stage.licensee, ENDS.get(state, TONES.get(stage.tone, "")))


def heading(case: PlantRequest) -> str:
    """The heading of the page of one request."""
    return {
        State.DRAFT: "Your request: not sent yet",
        State.INCOMPLETE: "Your request: send what is missing",
        State.APPROVED: "We approved a part of your request" if case.in_part else "We approved your request",
        State.DENIED: "We denied your request",
        State.WITHDRAWN: "You took this request back",
    }.get(State(case.state), "Your request: we have it")


def lead(case: PlantRequest) -> str:
    """What happened, and what is asked."""
    if case.state == State.APPROVED:
        return approved(case)
    says = {
        State.DRAFT: "Answer each part. Then send your request. You can stop and come back.",
        State.SUBMITTED: "We check that we have all we need. You do not need to do anything now.",
        State.INCOMPLETE: "We looked at your request. Some things are missing. Send them here.",
        State.IN_REVIEW: "Your request is complete. You do not need to do anything now.",
        State.DENIED: "Your license stays as it is. You can read our reasons below.",
        State.WITHDRAWN: "Nothing has changed. You can send a new request.",
    }
    return says[State(case.state)]


def approved(case: PlantRequest) -> str:
    """What was granted."""
    granted = counted(case.kind, case.granted or 0, case.granted_level)
    said = f"You asked for {asked_for(case).lower()}. We gave you {granted.lower()}." if case.in_part else f"{granted}."
    found = PlantAuthorization.objects.filter(request=case).first()
    if found is None:
        return said
    return f"{said} From {day(found.since)} on you may have {found.mature_plants or 0:,} mature plants."


def steps(case: PlantRequest, decide_by: date | None, on: date) -> list[dict[str, object]]:
    """What happens next, in three steps, the present one marked; nothing when it has ended."""
    now = {State.DRAFT: 0, State.INCOMPLETE: 0, State.SUBMITTED: 1, State.IN_REVIEW: 2}.get(State(case.state))
    if now is None:
        return []
    first = "Send what is missing" if case.state == State.INCOMPLETE else "Send your request"
    days = f"We have {rules.DECISION_DAYS.on(on)} days from the day it is complete."
    by = f"We decide by {day(decide_by)}." if decide_by else days
    texts = [
        (first, "You see all your answers before you send."),
        ("We check that it is complete", "If something is missing, we write to you."),
        ("We decide", f"{by} We write to you."),
    ]
    return [
        {
            "who": ("We do this" if n else "You do this") + (" now" if n == now else ""),
            "ours": bool(n),
            "now": n == now,
            "title": title,
            "text": text,
        }
        for n, (title, text) in enumerate(texts)
    ]


def closed_answer(holding: Holding, kind: str) -> Answer | None:
    """Why nothing of this kind can be asked for now, whatever the number; None when something can."""
    license, pending = holding.license, holding.pending
    if pending is not None:
        return Answer(False, "A request about this license is open.", lines=[
            "Wait for our decision, or take that request back first."
        ])  # fmt: skip
    if kind == Kind.DESIGNATION:
        return _no_level(holding)
    if kind == Kind.INCREASE:
        return _no_increase(holding)
    if not license.mature_plants:
        return Answer(False, "This license has no plants to give up.", lines=["You do not need to do anything."])
    return None


def _no_level(holding: Holding) -> Answer | None:
    license = holding.license
    if not holding.has_levels:
        return Answer(False, "This license gets no level.", *without_level(license.type, holding.on))
    if license.level is not None:
        said = f"This license has level {license.level} already."
        return Answer(False, said, lines=["To grow more plants, ask for an increase."])
    if not holding.may_get_a_level:
        return Answer(False, "This license is not active.", lines=[f"A level is for a license in force. {CALL}"])
    return None


def _no_increase(holding: Holding) -> Answer | None:
    license = holding.license
    if holding.has_levels and not license.mature_plants:
        ask = "Ask for a level first." if holding.may_get_a_level else f"We do not know your number. {CALL}"
        return Answer(False, "This license has no number of plants yet.", lines=[ask])
    if holding.largest:
        return None
    return of_increase(holding.asks(0), Chance(license.level, holding.again()))

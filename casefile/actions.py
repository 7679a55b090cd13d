"""The one door: the only place where a case changes state."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypedDict, TypeVar, Unpack, cast

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import Transition

from accounts.models import User
from accounts.permissions import allows
from casefile import deadlines, notices
from casefile.models import Case, Draft, Event, Submission
from casefile.steps import Unless, following

AnyCase = TypeVar("AnyCase", bound=Case)
Typed = Mapping[str, str]


class Refused(Exception):
    """The step is open to no one now. `reasons` can be shown to the person who asked."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


class Stale(Exception):
    """The case has moved since the page was made. `events` are the lines of the journal written meanwhile."""

    def __init__(self, case: Case, version: int) -> None:
        self.case, self.version = case, version
        super().__init__(f"version {version} is stale, now {case.version}")


def move(case: Case, step: str) -> Transition | None:
    """The transition that `step` makes from where the case stands, if there is one."""
    return next((m for m in _moves(case) if (m.name, m.source) == (step, case.state)), None)


def _moves(case: Case) -> Iterable[Transition]:
    machine: Any = type(case)._meta.get_field("state")  # type: ignore[misc]  # each kind of case brings its own field
    return machine.get_all_transitions(type(case))


def action(case: Case, step: str) -> str:
    """The row of the permission table that speaks of this step."""
    return f"{case._meta.app_label}.{step}"


def refusals(case: Case, step: str) -> list[str]:
    """Why `step` cannot be taken now; empty when it can."""
    if (found := move(case, step)) is None:
        return [f"Not possible while this case is: {case.get_state_display().lower()}."]
    return [reason for condition in found.conditions for reason in cast(Unless, condition).reasons(case)]


def steps(case: Case, user: User) -> dict[str, list[str]]:
    """The steps `user` may take from here, each with what still stands in its way."""
    names = [m.name for m in _moves(case) if m.source == case.state and allows(user, action(case, m.name), case)]
    return {name: refusals(case, name) for name in names}


def locked(case: AnyCase) -> AnyCase:
    """The case as it stands, held until the transaction ends."""
    rows = type(case)._base_manager.select_for_update(of=("self",)).select_related(*case.related)
    return rows.get(pk=case.pk)


@transaction.atomic
def act(
    case: AnyCase, step: str, *, by: User, at: datetime, reason: str = "", version: int | None = None, **facts: Any
) -> AnyCase:
    """Take one step: lock, check, move, journal, stop and start clocks, write letters. All or nothing.

    Raises PermissionDenied, Stale when `version` is not the case's, Refused with the reasons of the law.
    """
    case = locked(case)
    if not allows(by, action(case, step), case):
        raise PermissionDenied(f"{by} may not {step}")
    if version is not None and version != case.version:
        raise Stale(case, version)
    case.gather()
    if reasons := refusals(case, step):
        raise Refused(reasons)
    taken = move(case, step)
    assert taken is not None
    was = case.state
    getattr(case, step)(at=at, **facts)
    case.version += 1
    case.save()
    event = journal(
        case,
        step,
        taken.custom["title"],
        by=by,
        at=at,
        was=was,
        reason=reason,
        facts=facts,
        shown=taken.custom["shown"],
    )
    _follow(taken, case, event, at=at)
    case.release()
    return case


class Line(TypedDict, total=False):
    """What a line of the journal may say beside its title: the state before, why, the facts, who may read it."""

    was: str
    reason: str
    facts: Mapping[str, Any]
    shown: bool


def journal(case: Case, step: str, title: str, *, by: User, at: datetime, **line: Unpack[Line]) -> Event:
    """Write one line of the record of `case`; facts that are not plain values are kept as their words."""
    facts = {name: _plain(value) for name, value in line.get("facts", {}).items()}
    return case.file.events.create(
        step=step, title=title, by=by, at=at, was=line.get("was") or case.state, now=case.state, facts=facts,
        reason=line.get("reason", ""), shown=line.get("shown", False),
    )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | date | None):
        return value
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(part) for part in value]
    return str(value)


def _follow(taken: Transition, case: Case, event: Event, *, at: datetime) -> None:
    for clock in following(taken, "stops", case):
        deadlines.stop(clock, case, at=at)
    for clock in following(taken, "cancels", case):
        deadlines.cancel(clock, case, at=at)
    for clock in following(taken, "starts", case):
        deadlines.start(clock, case, at=at)
    for letter in following(taken, "sends", case):
        notices.queue(letter, case, once=f"event:{event.pk}:{letter.key}", at=at, event=event)


# Once, however often it is sent


@transaction.atomic
def once(key: str, *, by: User, path: str, body: bytes, at: datetime, do: Callable[[], str]) -> str:
    """Do `do` for the form that carries `key`, once, and return the address it answers with.

    The same form sent again, even at the same moment, gets the same answer and has no second effect. Raises Refused
    when the key comes back with other words in it. Where `do` raises, nothing is kept and the form may be sent again.
    """
    digest = sha256(body).hexdigest()
    sent, new = Submission.objects.get_or_create(
        key=key, defaults={"by": by, "path": path, "body_sha256": digest, "at": at}
    )
    if new:
        sent.reply = do()
        sent.save(update_fields=["reply"])
    elif (sent.by_id, sent.path, sent.body_sha256) != (by.pk, path, digest):
        raise Refused(["This form was already sent with other answers. Open the page again to see what was sent."])
    return sent.reply


def replied(key: str, *, by: User, path: str, body: bytes) -> str:
    """The address with which the same form was answered before; nothing for a form that is new."""
    same = Submission.objects.filter(key=key, by=by, path=path, body_sha256=sha256(body).hexdigest())
    return same.values_list("reply", flat=True).first() or ""


# What is typed and not sent


def save_draft(case: Case, name: str, typed: Mapping[str, Any], *, by: User, at: datetime) -> Draft:
    """Keep what was typed, as it was typed; nothing is judged."""
    draft, _ = Draft.objects.update_or_create(
        file=case.file, name=name, defaults={"typed": dict(typed), "by": by, "saved_at": at}
    )
    return draft


@dataclass(frozen=True)
class Part:
    """The fields of one part of a draft as they were typed, whole or not, and who typed them."""

    typed: Typed
    by: int = 0
    name: str = ""

    @property
    def digest(self) -> str:
        """Sixteen signs that change with any word of the part."""
        return sha256(repr(sorted(self.typed.items())).encode()).hexdigest()[:16]


def save_parts(
    case: Case, name: str, parts: Mapping[str, Typed], *, seen: Mapping[str, str], by: User, at: datetime
) -> list[str]:
    """Keep parts of the draft `name`, as they were typed; call with the case locked.

    `seen` is the digest of each part when the page was made. A part that was not touched on this page keeps what a
    colleague wrote meanwhile. One that both changed is not overwritten, and its name is returned.
    """
    draft = case.file.drafts.filter(name=name).first()
    stored = {part: Part(**kept) for part, kept in draft.typed.items()} if draft else {}
    mine = {part: Part(clean(typed), by.pk, by.name) for part, typed in parts.items()}
    changed = {part: it for part, it in mine.items() if touched(stored.get(part), it, seen.get(part, ""))}
    clashes = [part for part, it in changed.items() if clash(stored.get(part), it, seen.get(part, ""))]
    kept = stored | {part: it for part, it in changed.items() if part not in clashes}
    if kept != stored:
        save_draft(case, name, {part: vars(it) for part, it in kept.items()}, by=by, at=at)
    return clashes


def touched(stored: Part | None, mine: Part, seen: str) -> bool:
    """Words were changed on this page, or changed back after they were saved from it."""
    return mine.digest != seen or (stored is not None and stored.by == mine.by and stored.digest != seen)


def clash(theirs: Part | None, mine: Part, seen: str) -> bool:
    """A colleague has written other words here since this page was made."""
    return theirs is not None and theirs.by != mine.by and theirs.digest not in (seen, mine.digest)


def clean(typed: Typed) -> dict[str, str]:
    """Without the one sign that the database can not keep."""
    return {name: words.replace("\0", "") for name, words in typed.items()}


def drop_drafts(case: Case, *names: str) -> None:
    """Throw away drafts that were sent."""
    case.file.drafts.filter(name__in=names).delete()

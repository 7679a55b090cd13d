"""The open work of people, kind by kind: what must not be left behind when somebody goes.

The storeys above name their kinds in `settings.WORK_OF`, so that nobody here has to know them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.module_loading import import_string

from accounts.models import Role, User

CAN_OWN = (Role.OFFICER, Role.SUPERVISOR)


class Line(NamedTuple):
    """One piece of work in a list."""

    words: str
    note: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of work: every open piece of it, what a piece is called, and how it is given to somebody else."""

    key: str
    one: str
    many: str
    open: Callable[[datetime], QuerySet[Any]]
    line: Callable[[Any], Line]
    give: Callable[..., object]  # the piece, its new owner, and by, at, reason
    owner: str = "officer"
    right: str = ""  # the row that opens its lines; empty for everybody who sees the list
    waits: Callable[[datetime], Q] | None = None  # pieces that nobody has and that somebody should have by now
    together: Callable[[Any], object] | None = None  # pieces with the same answer go to the same person
    settle: Callable[..., object] | None = None  # what is done once, after all pieces: the pieces, and by, at, reason

    def of(self, person: User, at: datetime) -> QuerySet[Any]:
        """What `person` has of it."""
        return self.open(at).filter(**{self.owner: person})

    def unowned(self, at: datetime) -> QuerySet[Any]:
        """What belongs to somebody who cannot do it, or to nobody for too long."""
        has = Q(**{f"{self.owner}__isnull": False})
        lost = Q(**{f"{self.owner}__is_active": False}) | ~Q(**{f"{self.owner}__role__in": CAN_OWN})
        found = has & lost
        return self.open(at).filter(found | self.waits(at) if self.waits else found)

    def counted(self, n: int) -> str:
        """ "1 open case", "3 open cases"."""
        return f"{n} {self.one if n == 1 else self.many}"


def kinds() -> list[Kind]:
    """Every kind of work there is."""
    return [import_string(name) for name in settings.WORK_OF]


def unowned_count(at: datetime) -> int:
    """How many pieces of any kind have no owner who can do them, in one query."""
    first, *others = [kind.unowned(at).order_by().values_list("pk") for kind in kinds()]
    return first.union(*others, all=True).count()


def late(at: datetime) -> Q:
    """Pieces that nobody has taken although their date is past, or that have no date."""
    return Q(officer=None) & (Q(file__due_at=None) | Q(file__due_at__lt=at))


def counts(at: datetime, people: Sequence[User] | None = None) -> Mapping[int, Counter[str]]:
    """By person and kind, how many open pieces; of these people only, where they are given."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for kind in kinds():
        rows = kind.open(at).exclude(**{kind.owner: None})
        rows = rows if people is None else rows.filter(**{f"{kind.owner}__in": people})
        for person, n in rows.order_by().values_list(kind.owner).annotate(n=Count("pk")):
            found[person][kind.key] = n
    return found


def left_by(person: User, at: datetime) -> list[str]:
    """What `person` has open, in words: "3 open cases"; empty where nothing is left behind."""
    mine = counts(at, [person]).get(person.pk, Counter())
    return [kind.counted(mine[kind.key]) for kind in kinds() if mine[kind.key]]

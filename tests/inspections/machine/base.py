"""One example: a transaction that is rolled back, its cases, and how a deed is done and judged."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from random import Random

from django.db import connection, transaction
from hypothesis.stateful import RuleBasedStateMachine

from accounts.models import User
from casefile.actions import Refused
from inspections.models import Inspection, Violation
from reports.record import Broken
from tests import invariants
from tests.inspections.machine.world import SEEN, START, World, fingerprint

MINUTE = timedelta(minutes=1)
TALLY: Counter[str] = Counter()  # what all examples of the run came to
TAKEN: Counter[tuple[str, str, str]] = Counter()  # step, from, to
BY_ROLE: Counter[tuple[str, str]] = Counter()  # step, role


class Example(RuleBasedStateMachine):
    """What every rule uses. `dice` falls as Hypothesis says."""

    world: World
    round = 0  # another one lets the dice fall otherwise

    def __init__(self) -> None:
        super().__init__()
        self.now, self.form, self.turn, self.dice = START, 0, 0, Random(0)
        self.cases: dict[int, Inspection] = {}
        self.prints: dict[int, tuple] = {}
        self.example = transaction.atomic()
        self.example._from_testcase = True  # the mail insists on transactions of its own; here all are inside one
        self.example.__enter__()
        TALLY["examples"] += 1

    def teardown(self) -> None:
        try:
            self.kept(invariants.broken_anywhere())
            self._only_own_cases_are_seen()
            self._count()
        finally:
            transaction.set_rollback(True)
            self.example.__exit__(None, None, None)

    def _only_own_cases_are_seen(self) -> None:
        opened = Inspection.objects.filter(open_to_licensee_at__isnull=False)
        theirs = set(opened.values_list("premises__license__licensee", "pk"))
        for (licensee, _), person in self.world.people.items():
            seen = set(Inspection.objects.visible_to(person).values_list("pk", flat=True))
            assert seen == {pk for owner, pk in theirs if owner == licensee}

    def _count(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT step, was, now, role, count(*) FROM casefile_event e JOIN accounts_user u ON u.id = by_id"
                " WHERE now <> '' GROUP BY 1, 2, 3, 4"
            )
            for step, was, now, role, times in cursor.fetchall():
                TAKEN[step, was, now] += times
                BY_ROLE[step, role] += times

    def throw(self, pick: int) -> None:
        """Let every choice from here on follow from one number that Hypothesis drew, and from how far we are."""
        self.turn += 1
        self.dice = Random(f"{self.round} {pick} {self.turn}")

    def some(self, *states: str) -> Inspection | None:
        """One of the cases in these states, or of all."""
        found = [case for case in self.cases.values() if case.state in states or not states]
        return self.dice.choice(found) if found else None

    def one_in(self, n: int) -> bool:
        return self.dice.randrange(n) == 0

    def put(self, case: Inspection) -> Inspection:
        """Read a case again, as if a page were loaded, and look at every promise on its folder."""
        known = self.cases.get(case.pk)
        if known is None:
            known = Inspection.objects.select_related("file", "premises__license__licensee").get(pk=case.pk)
            self.cases[case.pk] = known
        self.prints[case.pk] = fingerprint(case)
        fields = vars(known) | dict(zip(SEEN, self.prints[case.pk], strict=False))
        vars(known).clear()
        vars(known).update({name: value for name, value in fields.items() if name != "_prefetched_objects_cache"})
        self.kept(invariants.broken_of(case.file_id))
        return known

    def kept(self, found: list[Broken]) -> None:
        TALLY["violations"] += len(found)
        assert not found, "\n".join(map(str, found))

    def do(self, what: Callable, case: Inspection, *args: object, by: User, **facts: object) -> bool:
        """Do something to a case as a person would; a refusal has its reasons and leaves everything as it was."""
        self.now += MINUTE
        before = self.prints[case.pk]
        try:
            what(*(args or (case,)), by=by, at=self.now, **facts)
        except Refused as refusal:
            assert refusal.reasons and fingerprint(case) == before
            TALLY["refused"] += 1
            return False
        TALLY["performed"] += 1
        self.put(case)
        return True

    def officer(self, case: Inspection) -> User:
        """Who may act on the case at the office: its officer, or a supervisor now and then."""
        staff = (*self.world.officers, self.world.supervisor)
        return self.world.supervisor if self.one_in(5) else next(it for it in staff if it.pk == case.officer_id)

    def licensee(self, case: Inspection) -> User:
        return self.world.of(case, self.dice.choice(["owner", "manager"]))

    def reason(self, words: str) -> str:
        """A reason, which is forgotten now and then."""
        return "" if self.one_in(16) else words

    def violations(self, case: Inspection) -> list[Violation]:
        return list(Violation.objects.filter(inspection=case).select_related("entry", "inspection__file"))

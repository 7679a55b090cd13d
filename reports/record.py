"""What must be true of the record at every moment, each promise as one query that finds where it is broken.

A query yields the folder (or nothing, where a promise is about no folder) and words that say what is wrong. The tests ask
after every step, `manage.py check_record` asks a running system.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from casefile.models import LAST_SECOND, Delivery
from inspections import clocks, letters, rules
from inspections.models import Inspection
from inspections.stages import AFTER_NOTICE, LICENSEE_CLOCKS, REVIEW_GOALS, State

PROMISES: list["Promise"] = []


@dataclass(frozen=True)
class Promise:
    """One promise: what is true, and the query that yields (file_id, what) wherever it is not."""

    says: str
    sql: str

    def __post_init__(self) -> None:
        PROMISES.append(self)


@dataclass(frozen=True)
class Broken:
    """One place where a promise is broken."""

    says: str
    file_id: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.says}: {self.what}"


def _all(values: Iterable[object]) -> str:
    """A list of values for IN (...)."""
    return ", ".join(f"'{value}'" for value in values)


PLAN_CLOCKS = _all([clocks.CAP_DUE.key, clocks.CAP_RESEND_DUE.key])
PROOF_CLOCKS = _all([clocks.CORRECTIONS_DUE.key, clocks.PROOF_RESEND_DUE.key])
LICENSEES = _all(clock.key for clock in LICENSEE_CLOCKS)
REVIEWS = _all(clock.key for clock in REVIEW_GOALS)
REMINDERS = _all([letters.CAP_REMINDER.key, letters.PROOF_REMINDER.key])
OVERDUE = _all([letters.CAP_OVERDUE.key, letters.PROOF_OVERDUE.key])
NOLVS = _all([letters.NOLV.key, letters.NOLV_WITHOUT_CAP.key])
ENDED = _all([State.CLOSED, State.CANCELLED])
OPEN_COPIES = _all([Delivery.State.QUEUED, Delivery.State.HELD, Delivery.State.UNKNOWN])


def _moves() -> Iterable[tuple[str, str, str, str]]:
    """Every step from a state to a state with the letter that it always sends, or with none."""
    for found in Inspection._meta.get_field("state").get_all_transitions(Inspection):
        targets = getattr(found.target, "allowed_states", [found.target or found.source])
        sent = [letter.key for letter in found.custom["sends"] if hasattr(letter, "key")] or [""]
        yield from ((found.name, found.source, target, letter) for target in targets for letter in sent)


MOVES = ", ".join(f"({_all(move)})" for move in _moves())

# The journal

Promise(
    "Every line of the journal begins where the line before it ended",
    """SELECT file_id, 'event ' || id || ' says the case was ' || was || ', before it the case was ' || before AS what
    FROM (SELECT file_id, id, was, lag(now, 1, 'planned') OVER (PARTITION BY file_id ORDER BY id) AS before
          FROM casefile_event WHERE now <> '') line WHERE was <> before""",
)
Promise(
    "The journal ends where the case stands",
    """SELECT i.file_id, 'the case is ' || i.state || ', its journal says ' || coalesce(
        (SELECT now FROM casefile_event e WHERE e.file_id = i.file_id AND now <> '' ORDER BY e.id DESC LIMIT 1), 'nothing') AS what
    FROM inspections_inspection i WHERE i.state IS DISTINCT FROM
        (SELECT now FROM casefile_event e WHERE e.file_id = i.file_id AND now <> '' ORDER BY e.id DESC LIMIT 1)""",
)
Promise(
    "Every change of state is a step of the machine",
    f"""SELECT file_id, 'event ' || id || ': ' || step || ' from ' || was || ' to ' || now AS what FROM casefile_event
    WHERE was <> now AND now <> '' AND (step, was, now) NOT IN (SELECT a, b, c FROM (VALUES {MOVES}) known (a, b, c, d))""",
)
Promise(
    "Every step has sent its letter",
    f"""SELECT e.file_id, 'event ' || e.id || ', ' || e.step || ', has no letter ' || known.letter AS what
    FROM casefile_event e JOIN (VALUES {MOVES}) known (step, was, now, letter) USING (step, was, now)
    WHERE known.letter <> '' AND NOT EXISTS
        (SELECT FROM casefile_notice n WHERE n.once = 'event:' || e.id || ':' || known.letter AND n.file_id = e.file_id)""",
)

# Numbers

Promise(
    "Public numbers have no gap: as many in a year as the last one says",
    """SELECT NULL::bigint AS file_id, s.year || ': ' || count(f.id) || ' numbers, the last given is ' || s.last AS what
    FROM casefile_numberseries s LEFT JOIN casefile_casefile f ON 2000 + left(f.number, 2)::int = s.year
    GROUP BY s.year, s.last HAVING count(DISTINCT f.number) <> s.last OR max(substr(f.number, 4)::int) IS DISTINCT FROM nullif(s.last, 0)""",
)
Promise(
    "A case has its number from the minute the visit begins, and not before",
    """SELECT f.id AS file_id, i.state || ' with number ' || coalesce(f.number, 'none') AS what
    FROM inspections_inspection i JOIN casefile_casefile f ON f.id = i.file_id
    WHERE (f.number IS NULL) <> (i.visit_began_at IS NULL)""",
)
Promise(
    "A planned visit is known to nobody outside",
    f"""SELECT i.file_id, i.state || ' but open to the licensee or written about' AS what FROM inspections_inspection i
    WHERE i.visit_began_at IS NULL AND (i.state NOT IN ('{State.PLANNED}', '{State.CANCELLED}') OR i.open_to_licensee_at IS NOT NULL
        OR EXISTS (SELECT FROM casefile_notice n WHERE n.file_id = i.file_id)
        OR EXISTS (SELECT FROM casefile_event e WHERE e.file_id = i.file_id AND e.shown))""",
)

# Letters and their copies

Promise(
    "Every letter has somebody it goes to",
    """SELECT file_id, 'notice ' || id || ', ' || letter || ', has no copy' AS what FROM casefile_notice n
    WHERE NOT EXISTS (SELECT FROM casefile_delivery d WHERE d.notice_id = n.id)""",
)
Promise(
    "Every letter of a case was caused by a line of its journal, a clock or a copy that came back",
    """SELECT file_id, 'notice ' || id || ' came from ' || once AS what FROM casefile_notice n WHERE file_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM casefile_event e WHERE e.file_id = n.file_id AND e.at = n.queued_at AND n.once = 'event:' || e.id || ':' || n.letter)
    AND NOT EXISTS (SELECT FROM casefile_deadline d WHERE d.file_id = n.file_id AND n.once LIKE 'deadline:' || d.id || ':%')
    AND NOT EXISTS (SELECT FROM casefile_delivery c JOIN casefile_notice came ON came.id = c.notice_id
                    WHERE came.file_id = n.file_id AND n.once LIKE 'delivery:' || c.id || ':%')""",
)
Promise(
    "The words of a letter are the words that were written",
    r"""SELECT file_id, 'notice ' || id AS what FROM casefile_notice WHERE sha256 <> encode(sha256(
        convert_to(subject, 'UTF8') || '\x00' || convert_to(text, 'UTF8') || '\x00' || convert_to(html, 'UTF8') || '\x00'
        || convert_to(page, 'UTF8')), 'hex') OR (pdf IS NULL) <> (pdf_sha256 = '') OR pdf_sha256 <> encode(sha256(pdf), 'hex')""",
)
Promise(
    "A letter that is held leaves after its time, and one that was stopped never leaves",
    """SELECT n.file_id, 'copy ' || d.id || ' is ' || d.state AS what
    FROM casefile_delivery d JOIN casefile_notice n ON n.id = d.notice_id
    WHERE d.sent_at < n.release_at OR (n.stopped_at IS NOT NULL) <> (d.state = 'stopped') OR (d.state = 'stopped' AND d.attempts > 0)""",
)
Promise(
    "A copy is settled, or a machine will look at it again, or a person is asked",
    f"""SELECT n.file_id, 'copy ' || d.id || ' is ' || d.state AS what
    FROM casefile_delivery d JOIN casefile_notice n ON n.id = d.notice_id
    WHERE d.state IN ({OPEN_COPIES}) AND d.next_at IS NULL AND d.settled_at IS NULL
        OR d.state NOT IN ({OPEN_COPIES}) AND (d.next_at IS NOT NULL OR d.settled_at IS NULL)""",
)
Promise(
    "A notice that came back is a task for the officer",
    f"""SELECT n.file_id, 'copy ' || d.id || ' came back and nobody was told' AS what
    FROM casefile_delivery d JOIN casefile_notice n ON n.id = d.notice_id JOIN inspections_inspection i ON i.file_id = n.file_id
    WHERE d.state = 'bounced' AND n.letter IN ({NOLVS}) AND n.stopped_at IS NULL
        AND n.id = (SELECT max(id) FROM casefile_notice last WHERE last.file_id = n.file_id AND last.letter IN ({NOLVS}))
        AND NOT EXISTS (SELECT FROM casefile_notice told WHERE told.once = 'delivery:' || d.id || ':bounced')""",
)
Promise(
    "What the licensee was sent stays open to them",
    f"""SELECT i.file_id, 'the case is ' || i.state || ' and closed to the licensee' AS what FROM inspections_inspection i
    WHERE i.open_to_licensee_at IS NULL AND EXISTS
        (SELECT FROM casefile_notice n WHERE n.file_id = i.file_id AND n.stopped_at IS NULL AND n.letter IN ({NOLVS}))""",
)

# Clocks

Promise(
    "No clock of the licensee runs without a receipt",
    f"""SELECT d.file_id, d.clock || ' runs' AS what FROM casefile_deadline d JOIN inspections_inspection i USING (file_id)
    WHERE d.ended_at IS NULL AND d.clock IN ({LICENSEES}) AND i.received_at IS NULL""",
)
Promise(
    "The receipt that counts is on record with its proof, for the notice that stands, after it was served",
    f"""SELECT i.file_id, 'received ' || i.received_at AS what FROM inspections_inspection i
    WHERE i.received_at IS NOT NULL AND (i.received_at < i.nolv_served_at OR NOT EXISTS
        (SELECT FROM inspections_receipt r JOIN casefile_notice n ON n.id = r.notice_id WHERE r.inspection_id = i.id AND r.counts
         AND r.received_at = i.received_at AND r.kind = i.received_by_way_of AND r.proof <> '' AND n.stopped_at IS NULL
         AND n.id = (SELECT max(id) FROM casefile_notice last WHERE last.file_id = i.file_id AND last.letter IN ({NOLVS}))))""",
)
Promise(
    "Every date says by which rule and which table of holidays it was counted",
    """SELECT file_id, 'deadline ' || id AS what FROM casefile_deadline
    WHERE counted->>'rule' IS NULL OR counted->>'calendar_version' IS NULL OR (counted->>'due_at')::timestamptz <> due_at
        OR due_on IS NULL OR due_at <> (due_on + time '23:59:59') AT TIME ZONE zone""",
)
Promise(
    "A date never moves earlier, unless an earlier receipt was recorded or a person confirmed the day",
    """SELECT d.file_id, 'deadline ' || d.id || ' is due ' || d.due_at || ', it was due ' || before.due_at AS what
    FROM casefile_deadline d JOIN casefile_deadline before ON before.id = d.follows_id
    WHERE d.due_at < before.due_at AND d.started_at >= before.started_at AND (before.end <> 'superseded' OR d.by_id IS NULL)""",
)
Promise(
    "Proof that was sent back is never due earlier than proof was due before",
    f"""SELECT d.file_id, 'deadline ' || d.id || ' is due ' || d.due_at AS what FROM casefile_deadline d
    WHERE d.clock = '{clocks.PROOF_RESEND_DUE.key}' AND d.due_at < (SELECT max(due_at) FROM casefile_deadline before
        WHERE before.file_id = d.file_id AND before.id < d.id AND before.clock IN ({PROOF_CLOCKS}) AND before.end IN ('met', 'late'))""",
)
Promise(
    "A clock runs once, and the plan and the proof each have one",
    f"""SELECT file_id, string_agg(clock, ' and ') AS what FROM casefile_deadline WHERE ended_at IS NULL
    GROUP BY file_id, CASE WHEN clock IN ({PLAN_CLOCKS}) THEN 'plan' WHEN clock IN ({PROOF_CLOCKS}) THEN 'proof' ELSE clock END
    HAVING count(*) > 1""",
)
Promise(
    "A clock runs only where its act is awaited",
    f"""SELECT d.file_id, d.clock || ' runs while the case is ' || i.state AS what
    FROM casefile_deadline d JOIN inspections_inspection i USING (file_id) WHERE d.ended_at IS NULL AND NOT CASE
        WHEN d.clock IN ({PLAN_CLOCKS}) THEN i.state = '{State.CAP_DUE}'
        WHEN d.clock IN ({PROOF_CLOCKS}) THEN i.state IN ({_all(AFTER_NOTICE)})
        WHEN d.clock = '{clocks.PLAN_REVIEW_GOAL.key}' THEN i.state = '{State.CAP_IN_REVIEW}'
        WHEN d.clock = '{clocks.PROOF_REVIEW_GOAL.key}' THEN i.state = '{State.CORRECTIONS_IN_REVIEW}'
        ELSE i.state IN ('{State.FINDINGS_RECORDED}', '{State.IN_PROGRESS}') END""",
)
Promise(
    "Whoever is waited for has a clock that runs",
    f"""SELECT i.file_id, 'the case is ' || i.state || ' and no clock runs' AS what FROM inspections_inspection i
    WHERE (i.state = '{State.CAP_DUE}' AND i.received_at IS NOT NULL OR i.state IN
        ('{State.CORRECTIONS_DUE}', '{State.CAP_IN_REVIEW}', '{State.FINDINGS_RECORDED}')) AND NOT EXISTS
        (SELECT FROM casefile_deadline d WHERE d.file_id = i.file_id AND d.ended_at IS NULL AND CASE i.state
            WHEN '{State.CAP_DUE}' THEN d.clock IN ({PLAN_CLOCKS})
            WHEN '{State.CORRECTIONS_DUE}' THEN d.clock IN ({PROOF_CLOCKS})
            WHEN '{State.CAP_IN_REVIEW}' THEN d.clock IN ({REVIEWS})
            ELSE d.clock = '{clocks.NOTICE_GOAL.key}' END)""",
)
Promise(
    "No reminder is written after its clock has ended, after its day, or after the case has",
    f"""SELECT n.file_id, 'notice ' || n.id || ', ' || n.once AS what
    FROM casefile_notice n JOIN casefile_deadline d ON d.file_id = n.file_id AND n.once LIKE 'deadline:' || d.id || ':%'
    JOIN inspections_inspection i ON i.file_id = n.file_id WHERE n.letter IN ({REMINDERS}, {OVERDUE})
        AND (n.queued_at > d.ended_at OR n.queued_at > i.closed_at OR (n.letter IN ({REMINDERS}) AND n.queued_at > d.due_at))""",
)
Promise(
    "Overdue is said once, in time's own order, in the journal and in a letter",
    f"""SELECT d.file_id, 'deadline ' || d.id || ' told ' || coalesce(d.told_at::text, 'never') AS what FROM casefile_deadline d
    WHERE d.told_at < d.due_at + interval '{LAST_SECOND.total_seconds()} seconds' OR (d.told_at IS NOT NULL)::int <>
        (SELECT count(*) FROM casefile_event e WHERE e.file_id = d.file_id AND e.step = 'tell_overdue' AND (e.facts->>'deadline')::bigint = d.id)
        OR (d.told_at IS NOT NULL)::int <> (SELECT count(*) FROM casefile_notice n WHERE n.once = 'deadline:' || d.id || ':overdue')""",
)
Promise(
    "How a clock ended is told by the instant of the act",
    """SELECT file_id, 'deadline ' || id || ' ended ' || "end" AS what FROM casefile_deadline
    WHERE "end" = 'met' AND ended_at >= due_at + interval '1 second' OR "end" = 'late' AND ended_at < due_at + interval '1 second'
        OR ended_at IS NOT NULL AND next_at IS NOT NULL""",
)
Promise(
    "The folder carries the earliest of its running dates",
    """SELECT f.id AS file_id, 'the folder says ' || coalesce(f.due_at::text, 'nothing') AS what FROM casefile_casefile f
    WHERE f.due_at IS DISTINCT FROM (SELECT min(due_at) FROM casefile_deadline d WHERE d.file_id = f.id AND d.ended_at IS NULL)""",
)

# Endings

Promise(
    "A case that ended says when, and runs no clock",
    f"""SELECT i.file_id, i.state || ' ' || coalesce(i.closed_at::text, 'at no time') || ' ' || i.outcome AS what FROM inspections_inspection i
    WHERE (i.state IN ({ENDED})) <> (i.closed_at IS NOT NULL) OR (i.state = '{State.CLOSED}' AND i.outcome = '')
        OR i.state IN ({ENDED}) AND EXISTS (SELECT FROM casefile_deadline d WHERE d.file_id = i.file_id AND d.ended_at IS NULL)""",
)
Promise(
    "A case is closed as corrected only when every violation is verified",
    f"""SELECT i.file_id, 'closed as corrected' AS what FROM inspections_inspection i WHERE i.outcome = '{Inspection.Outcome.CORRECTED}'
    AND (NOT EXISTS (SELECT FROM inspections_violation v WHERE v.inspection_id = i.id)
        OR EXISTS (SELECT FROM inspections_violation v WHERE v.inspection_id = i.id AND v.verified_at IS NULL))""",
)
Promise(
    "A violation is verified by proof that was sent, has a file, stands, and was accepted",
    """SELECT i.file_id, 'violation ' || v.number AS what
    FROM inspections_violation v JOIN inspections_inspection i ON i.id = v.inspection_id
    WHERE v.verified_at IS NOT NULL AND NOT EXISTS (SELECT FROM inspections_proof p WHERE p.violation_id = v.id
        AND p.decision = 'accepted' AND NOT p.set_aside AND EXISTS (SELECT FROM inspections_evidence e WHERE e.proof_id = p.id))""",
)
Promise(
    "A penalty names what was counted, within the law, in a case that ended so",
    f"""SELECT i.file_id, 'penalty ' || p.id AS what FROM inspections_penalty p
    JOIN inspections_violation v ON v.id = p.violation_id JOIN inspections_inspection i ON i.id = p.inspection_id
    WHERE v.inspection_id <> i.id OR p.count NOT BETWEEN 1 AND v.count OR i.outcome <> '{Inspection.Outcome.PENALTY}'
        OR p.amount NOT BETWEEN 1 AND {max(amount for _, amount in rules.PENALTY_MAX.versions)}""",
)

# Rounds, and whose they are

Promise(
    "What was sent comes in rounds without a gap, and of the plan only the last round waits",
    " UNION ALL ".join(
        f"""SELECT i.file_id, '{table} of violation ' || v.number AS what FROM inspections_{table} r
        JOIN inspections_violation v ON v.id = r.violation_id JOIN inspections_inspection i ON i.id = v.inspection_id
        GROUP BY i.file_id, v.id, v.number, r.set_aside
        HAVING NOT r.set_aside AND (max(round) - min(round) + 1 <> count(*)
            OR '{table}' = 'planitem' AND max(round) FILTER (WHERE decision = '') < max(round))
            OR count(*) FILTER (WHERE (decision = '') <> (decided_at IS NULL)) > 0"""
        for table in ("planitem", "proof")
    ),
)
Promise(
    "Nothing of one folder stands in another",
    """SELECT i.file_id, 'evidence ' || e.id AS what FROM inspections_evidence e JOIN inspections_violation v ON v.id = e.violation_id
    JOIN inspections_inspection i ON i.id = v.inspection_id JOIN casefile_document d ON d.id = e.document_id
    LEFT JOIN inspections_proof p ON p.id = e.proof_id WHERE d.file_id <> i.file_id OR p.violation_id <> v.id
    UNION ALL SELECT i.file_id, 'receipt ' || r.id AS what FROM inspections_receipt r JOIN inspections_inspection i ON i.id = r.inspection_id
    JOIN casefile_notice n ON n.id = r.notice_id WHERE n.file_id IS DISTINCT FROM i.file_id""",
)
Promise(
    "Who answered for a licensee stood for that licensee at that time",
    """SELECT i.file_id, sent.what || ' ' || sent.id AS what FROM (
        SELECT 'plan' AS what, r.id, v.inspection_id, r.sent_by_id AS who, r.sent_at AS at FROM inspections_planitem r JOIN inspections_violation v ON v.id = r.violation_id
        UNION ALL SELECT 'proof', r.id, v.inspection_id, r.sent_by_id, r.sent_at FROM inspections_proof r JOIN inspections_violation v ON v.id = r.violation_id
        UNION ALL SELECT 'receipt', r.id, r.inspection_id, r.recorded_by_id, r.received_at FROM inspections_receipt r WHERE r.kind = 'acknowledged'
    ) sent JOIN inspections_inspection i ON i.id = sent.inspection_id JOIN licensing_premises p ON p.id = i.premises_id
    JOIN licensing_license l ON l.id = p.license_id WHERE NOT EXISTS (SELECT FROM licensing_representative s
        WHERE s.licensee_id = l.licensee_id AND s.user_id = sent.who AND s.standing IN ('owner', 'manager')
        AND s.added_at <= sent.at AND (s.removed_at IS NULL OR s.removed_at >= sent.at))""",
)
Promise(
    "Violations are numbered from one without a gap",
    """SELECT i.file_id, 'violations up to ' || max(v.number) AS what FROM inspections_violation v
    JOIN inspections_inspection i ON i.id = v.inspection_id GROUP BY i.file_id HAVING count(*) <> max(v.number)""",
)
Promise(
    "A form that acted has its reply on record",
    "SELECT NULL::bigint AS file_id, 'form ' || key AS what FROM casefile_submission WHERE reply = ''",
)


def broken(promises: Sequence[Promise] = PROMISES) -> list[Broken]:
    """Every place in the whole record where a promise is broken; empty is well."""
    found = []
    with connection.cursor() as cursor:
        for promise in promises:
            cursor.execute(promise.sql)
            found += [Broken(promise.says, file_id, what) for file_id, what in cursor.fetchall()]
    return found

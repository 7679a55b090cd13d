"""Clocks run for those who have the notice, to the day that was counted, and are told once."""

from casefile.models import LAST_SECOND
from inspections import clocks
from inspections.stages import AFTER_NOTICE, State
from reports.record.promise import (
    LICENSEES,
    NOLVS,
    OVERDUE,
    PLAN_CLOCKS,
    PROOF_CLOCKS,
    REMINDERS,
    REVIEWS,
    Promise,
    listed,
)

Promise(
    "No clock of the licensee runs without a receipt",
    f"""SELECT d.file_id, d.clock || ' runs' AS what FROM casefile_deadline d
        JOIN inspections_inspection i USING (file_id)
    WHERE d.ended_at IS NULL AND d.clock IN ({LICENSEES}) AND i.received_at IS NULL""",
)
Promise(
    "The receipt that counts is on record with its proof, for the notice that stands, after it was served",
    f"""SELECT i.file_id, 'received ' || i.received_at AS what FROM inspections_inspection i
    WHERE i.received_at IS NOT NULL AND (i.received_at < i.nolv_served_at OR NOT EXISTS
        (SELECT FROM inspections_receipt r JOIN casefile_notice n ON n.id = r.notice_id WHERE r.inspection_id = i.id
        AND r.counts
         AND r.received_at = i.received_at AND r.kind = i.received_by_way_of AND r.proof <> '' AND n.stopped_at IS NULL
         AND n.id = (SELECT max(id) FROM casefile_notice last WHERE last.file_id = i.file_id
         AND last.letter IN ({NOLVS}))))""",
)
Promise(
    "Every date says by which rule and which table of holidays it was counted",
    """SELECT file_id, 'deadline ' || id AS what FROM casefile_deadline
    WHERE counted->>'rule' IS NULL OR counted->>'calendar_version' IS NULL
        OR (counted->>'due_at')::timestamptz <> due_at
        OR (due_on IS NULL) <> (counted->>'rule' ~ '^(hours|local_days)\\(')
        OR due_at <> (due_on + time '23:59:59') AT TIME ZONE zone""",
)
Promise(
    "A date never moves earlier, unless an earlier receipt was recorded or a person confirmed the day",
    """SELECT d.file_id, 'deadline ' || d.id || ' is due ' || d.due_at || ', it was due ' || before.due_at AS what
    FROM casefile_deadline d JOIN casefile_deadline before ON before.id = d.follows_id
    WHERE d.due_at < before.due_at AND d.started_at >= before.started_at AND (before.end <> 'superseded'
        OR d.by_id IS NULL)""",
)
Promise(
    "Proof that was sent back is never due earlier than proof was due before",
    f"""SELECT d.file_id, 'deadline ' || d.id || ' is due ' || d.due_at AS what FROM casefile_deadline d
    WHERE d.clock = '{clocks.PROOF_RESEND_DUE.key}' AND d.due_at < (SELECT max(due_at) FROM casefile_deadline before
        WHERE before.file_id = d.file_id AND before.id < d.id AND before.clock IN ({PROOF_CLOCKS})
        AND before.end IN ('met', 'late'))""",
)
Promise(
    "A clock runs once, and the plan and the proof each have one",
    f"""SELECT file_id, string_agg(clock, ' and ') AS what FROM casefile_deadline WHERE ended_at IS NULL
    GROUP BY file_id, CASE WHEN clock IN ({PLAN_CLOCKS}) THEN 'plan' WHEN clock IN ({PROOF_CLOCKS})
        THEN 'proof' ELSE clock END
    HAVING count(*) > 1""",
)
Promise(
    "A clock runs only where its act is awaited",
    f"""SELECT d.file_id, d.clock || ' runs while the case is ' || i.state AS what
    FROM casefile_deadline d JOIN inspections_inspection i USING (file_id) WHERE d.ended_at IS NULL AND NOT CASE
        WHEN d.clock IN ({PLAN_CLOCKS}) THEN i.state = '{State.CAP_DUE}'
        WHEN d.clock IN ({PROOF_CLOCKS}) THEN i.state IN ({listed(AFTER_NOTICE)})
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
    FROM casefile_notice n
    JOIN casefile_deadline d ON d.file_id = n.file_id AND starts_with(n.once, 'deadline:' || d.id || ':')
    JOIN inspections_inspection i ON i.file_id = n.file_id WHERE n.letter IN ({REMINDERS}, {OVERDUE})
        AND (n.queued_at > d.ended_at OR n.queued_at > i.closed_at OR (n.letter IN ({REMINDERS})
        AND n.queued_at > d.due_at))""",
)
Promise(
    "Overdue is said once, in time's own order, in the journal and in a letter",
    f"""SELECT d.file_id, 'deadline ' || d.id || ' told ' || coalesce(d.told_at::text, 'never') AS what
        FROM casefile_deadline d
    WHERE d.told_at < d.due_at + interval '{LAST_SECOND.total_seconds()} seconds' OR (d.told_at IS NOT NULL)::int <>
        (SELECT count(*) FROM casefile_event e WHERE e.file_id = d.file_id AND e.step = 'tell_overdue'
        AND (e.facts->>'deadline')::bigint = d.id)
        OR (d.told_at IS NOT NULL)::int <> (SELECT count(*) FROM casefile_notice n WHERE n.once = 'deadline:' || d.id
        || ':overdue')""",
)
Promise(
    "How a clock ended is told by the instant of the act",
    """SELECT file_id, 'deadline ' || id || ' ended ' || "end" AS what FROM casefile_deadline
    WHERE "end" = 'met' AND ended_at >= due_at + interval '1 second' OR "end" = 'late'
        AND ended_at < due_at + interval '1 second'
        OR ended_at IS NOT NULL AND next_at IS NOT NULL""",
)
Promise(
    "The folder carries the earliest of its running dates",
    """SELECT f.id AS file_id, 'the folder says ' || coalesce(f.due_at::text, 'nothing') AS what
        FROM casefile_casefile f
    WHERE f.due_at IS DISTINCT FROM (SELECT min(due_at) FROM casefile_deadline d WHERE d.file_id = f.id
        AND d.ended_at IS NULL)""",
)

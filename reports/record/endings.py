"""Cases end as the record bears out, and nothing crosses from one folder to another."""

from inspections import rules
from inspections.models import Inspection
from inspections.stages import State
from reports.record.promise import ENDED, Promise

Promise(
    "A case that ended says when, and runs no clock",
    f"""SELECT i.file_id, i.state || ' ' || coalesce(i.closed_at::text, 'at no time') || ' ' || i.outcome AS what
        FROM inspections_inspection i
    WHERE (i.state IN ({ENDED})) <> (i.closed_at IS NOT NULL) OR (i.state = '{State.CLOSED}' AND i.outcome = '')
        OR i.state IN ({ENDED}) AND EXISTS (SELECT FROM casefile_deadline d WHERE d.file_id = i.file_id
        AND d.ended_at IS NULL)""",
)
Promise(
    "A case is closed as corrected only when every violation is verified",
    f"""SELECT i.file_id, 'closed as corrected' AS what FROM inspections_inspection i
        WHERE i.outcome = '{Inspection.Outcome.CORRECTED}'
    AND (NOT EXISTS (SELECT FROM inspections_violation v WHERE v.inspection_id = i.id)
        OR EXISTS (SELECT FROM inspections_violation v WHERE v.inspection_id = i.id AND v.verified_at IS NULL))""",
)
Promise(
    "A violation is verified by proof that was sent, has a file, stands, and was accepted",
    """SELECT i.file_id, 'violation ' || v.number AS what
    FROM inspections_violation v JOIN inspections_inspection i ON i.id = v.inspection_id
    WHERE v.verified_at IS NOT NULL AND NOT EXISTS (SELECT FROM inspections_proof p WHERE p.violation_id = v.id
        AND p.decision = 'accepted' AND NOT p.set_aside AND EXISTS (SELECT FROM inspections_evidence e
        WHERE e.proof_id = p.id))""",
)
Promise(
    "A penalty names what was counted, within the law, in a case that ended so",
    f"""SELECT i.file_id, 'penalty ' || p.id AS what FROM inspections_penalty p
    JOIN inspections_violation v ON v.id = p.violation_id JOIN inspections_inspection i ON i.id = p.inspection_id
    WHERE v.inspection_id <> i.id OR p.count NOT BETWEEN 1 AND v.count OR i.outcome <> '{Inspection.Outcome.PENALTY}'
        OR p.amount NOT BETWEEN 1 AND {max(amount for _, amount in rules.PENALTY_MAX.versions)}""",
)

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
    """SELECT i.file_id, 'evidence ' || e.id AS what FROM inspections_evidence e
        JOIN inspections_violation v ON v.id = e.violation_id
    JOIN inspections_inspection i ON i.id = v.inspection_id JOIN casefile_document d ON d.id = e.document_id
    LEFT JOIN inspections_proof p ON p.id = e.proof_id WHERE d.file_id <> i.file_id OR p.violation_id <> v.id
    UNION ALL SELECT i.file_id, 'receipt ' || r.id AS what FROM inspections_receipt r
        JOIN inspections_inspection i ON i.id = r.inspection_id
    JOIN casefile_notice n ON n.id = r.notice_id WHERE n.file_id IS DISTINCT FROM i.file_id""",
)
Promise(
    "Who answered for a licensee stood for that licensee at that time",
    """SELECT i.file_id, sent.what || ' ' || sent.id AS what FROM (
        SELECT 'plan' AS what, r.id, v.inspection_id, r.sent_by_id AS who, r.sent_at AS at FROM inspections_planitem r
        JOIN inspections_violation v ON v.id = r.violation_id
        UNION ALL SELECT 'proof', r.id, v.inspection_id, r.sent_by_id, r.sent_at FROM inspections_proof r
        JOIN inspections_violation v ON v.id = r.violation_id
        UNION ALL SELECT 'receipt', r.id, r.inspection_id, r.recorded_by_id, r.received_at FROM inspections_receipt r
        WHERE r.kind = 'acknowledged'
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

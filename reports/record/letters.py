"""Letters leave, stay as they were written, and reach somebody."""

from reports.record.promise import NOLVS, OPEN_COPIES, Promise

Promise(
    "Every letter has somebody it goes to, unless it is about the year or first window of a holder who named nobody",
    """SELECT file_id, 'notice ' || id || ', ' || letter || ', has no copy' AS what FROM casefile_notice n
    WHERE NOT EXISTS (SELECT FROM casefile_delivery d WHERE d.notice_id = n.id) AND NOT EXISTS
        (SELECT FROM (SELECT file_id, license_id FROM licensing_licenseterm
            UNION ALL SELECT file_id, license_id FROM inventory_windows_firstwindow) t
        JOIN licensing_license l ON l.id = t.license_id WHERE t.file_id = n.file_id
        AND NOT EXISTS (SELECT FROM licensing_contact c WHERE c.licensee_id = l.licensee_id AND c.receives_notices))""",
)
Promise(
    "Every letter of a case was caused by a line of its journal, a clock or a copy that came back",
    """SELECT file_id, 'notice ' || id || ' came from ' || once AS what FROM casefile_notice n WHERE file_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM casefile_event e WHERE e.file_id = n.file_id AND e.at = n.queued_at
        AND n.once = 'event:' || e.id || ':' || n.letter)
    AND NOT EXISTS (SELECT FROM casefile_deadline d
                    WHERE d.file_id = n.file_id AND starts_with(n.once, 'deadline:' || d.id || ':'))
    AND NOT EXISTS (SELECT FROM casefile_delivery c JOIN casefile_notice came ON came.id = c.notice_id
                    WHERE came.file_id = n.file_id AND starts_with(n.once, 'delivery:' || c.id || ':'))""",
)
Promise(
    "The words of a letter are the words that were written",
    r"""SELECT file_id, 'notice ' || id AS what FROM casefile_notice WHERE sha256 <> encode(sha256(
        convert_to(subject, 'UTF8') || '\x00' || convert_to(text, 'UTF8') || '\x00' || convert_to(html, 'UTF8')
        || '\x00'
        || convert_to(page, 'UTF8')), 'hex') OR (pdf IS NULL) <> (pdf_sha256 = '')
        OR pdf_sha256 <> encode(sha256(pdf), 'hex')""",
)
Promise(
    "A letter that is held leaves after its time, and one that was stopped never leaves",
    """SELECT n.file_id, 'copy ' || d.id || ' is ' || d.state AS what
    FROM casefile_delivery d JOIN casefile_notice n ON n.id = d.notice_id
    WHERE d.sent_at < n.release_at OR (n.stopped_at IS NOT NULL) <> (d.state = 'stopped') OR (d.state = 'stopped'
        AND d.attempts > 0)""",
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
    FROM casefile_delivery d JOIN casefile_notice n ON n.id = d.notice_id
        JOIN inspections_inspection i ON i.file_id = n.file_id
    WHERE d.state = 'bounced' AND n.letter IN ({NOLVS}) AND n.stopped_at IS NULL
        AND n.id = (SELECT max(id) FROM casefile_notice last WHERE last.file_id = n.file_id
        AND last.letter IN ({NOLVS}))
        AND NOT EXISTS (SELECT FROM casefile_notice told WHERE told.once = 'delivery:' || d.id || ':bounced')""",
)
Promise(
    "What the licensee was sent stays open to them",
    f"""SELECT i.file_id, 'the case is ' || i.state || ' and closed to the licensee' AS what
        FROM inspections_inspection i
    WHERE i.open_to_licensee_at IS NULL AND EXISTS
        (SELECT FROM casefile_notice n WHERE n.file_id = i.file_id AND n.stopped_at IS NULL
        AND n.letter IN ({NOLVS}))""",
)

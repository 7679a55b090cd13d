"""The journal tells the whole story, and the public numbers betray nothing."""

from inspections.stages import State
from reports.record.promise import MOVES, Promise

Promise(
    "Every line of the journal begins where the line before it ended",
    """SELECT file_id, 'event ' || id || ' says the case was ' || was || ', before it the case was ' || before AS what
    FROM (SELECT file_id, e.id, was, lag(now, 1, CASE WHEN i.id IS NULL THEN was ELSE 'planned' END)
          OVER (PARTITION BY file_id ORDER BY e.id) AS before
          FROM casefile_event e LEFT JOIN inspections_inspection i USING (file_id) WHERE now <> '') line
    WHERE was <> before""",
)
Promise(
    "The journal ends where the case stands",
    """SELECT i.file_id, 'the case is ' || i.state || ', its journal says ' || coalesce(
        (SELECT now FROM casefile_event e WHERE e.file_id = i.file_id AND now <> ''
        ORDER BY e.id DESC LIMIT 1), 'nothing') AS what
    FROM inspections_inspection i WHERE i.state IS DISTINCT FROM
        (SELECT now FROM casefile_event e WHERE e.file_id = i.file_id AND now <> '' ORDER BY e.id DESC LIMIT 1)""",
)
Promise(
    "Every change of state is a step of the machine",
    f"""SELECT file_id, 'event ' || id || ': ' || step || ' from ' || was || ' to ' || now AS what FROM casefile_event
    WHERE was <> now AND now <> '' AND (step, was, now) NOT IN (SELECT a, b, c
        FROM (VALUES {MOVES}) known (a, b, c, d))""",
)
Promise(
    "Every step has sent its letter",
    f"""SELECT e.file_id, 'event ' || e.id || ', ' || e.step || ', has no letter ' || known.letter AS what
    FROM casefile_event e JOIN (VALUES {MOVES}) known (step, was, now, letter) USING (step, was, now)
    WHERE known.letter <> '' AND NOT EXISTS
        (SELECT FROM casefile_notice n WHERE n.once = 'event:' || e.id || ':' || known.letter
        AND n.file_id = e.file_id)""",
)

Promise(
    "Public numbers have no gap: as many in a year as the last one says",
    """SELECT NULL::bigint AS file_id, s.year || ': ' || count(f.id) || ' numbers, the last given is ' || s.last AS what
    FROM casefile_numberseries s LEFT JOIN casefile_casefile f ON 2000 + left(f.number, 2)::int = s.year
    GROUP BY s.year, s.last HAVING count(DISTINCT f.number) <> s.last OR max(substr(f.number, 4)::int) IS DISTINCT
        FROM nullif(s.last, 0)""",
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
    WHERE i.visit_began_at IS NULL AND (i.state NOT IN ('{State.PLANNED}', '{State.CANCELLED}')
        OR i.open_to_licensee_at IS NOT NULL
        OR EXISTS (SELECT FROM casefile_notice n WHERE n.file_id = i.file_id)
        OR EXISTS (SELECT FROM casefile_event e WHERE e.file_id = i.file_id AND e.shown))""",
)

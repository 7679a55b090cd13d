"""Requests about plants end as the record bears out, and a license is authorized for what its history says."""

from licensing.models import PlantAuthorization, PlantRequest
from licensing.queries.plants import COUNTING
from licensing.rules import PLANT_CAP
from licensing.stages import DECIDED, RequestState
from reports.record.promise import Promise, listed

Source, Kind = PlantAuthorization.Source, PlantRequest.Kind
NEWEST = (
    """SELECT DISTINCT ON (license_id) * FROM licensing_plantauthorization ORDER BY license_id, since DESC, id DESC"""
)
GRANTS = listed([Source.DESIGNATION, Source.INCREASE])
OVER = listed([*DECIDED, RequestState.WITHDRAWN])

Promise(
    "A license is authorized for what the newest line of its history says",
    f"""SELECT NULL::bigint AS file_id, 'license ' || l.number AS what FROM licensing_license l
        JOIN ({NEWEST}) a ON a.license_id = l.id
    WHERE a.level IS DISTINCT FROM l.level OR a.mature_plants IS DISTINCT FROM l.mature_plants""",
)
Promise(
    "No grant took a licensee above the most mature plants of one licensee",
    f"""SELECT NULL::bigint AS file_id, 'licensee ' || l.licensee_id AS what FROM licensing_license l
        JOIN ({NEWEST}) a ON a.license_id = l.id WHERE l.status IN ({listed(COUNTING)}) GROUP BY l.licensee_id
    HAVING sum(l.mature_plants) > {max(cap for _, cap in PLANT_CAP.versions)}
        AND (array_agg(a.source ORDER BY a.id DESC))[1] IN ({GRANTS})""",
)
Promise(
    "An approved request has changed its own license by what was granted, and no other request has",
    f"""SELECT r.file_id, r.kind || ' ' || coalesce(r.granted::text, 'of nothing') AS what FROM licensing_plantrequest r
        LEFT JOIN licensing_plantauthorization a ON a.request_id = r.id
    WHERE (r.state = '{RequestState.APPROVED}') <> (a.id IS NOT NULL) OR a.license_id <> r.license_id
        OR a.id IS NOT NULL AND (a.source <> r.kind OR r.kind = '{Kind.DESIGNATION}'
        AND (a.level IS DISTINCT FROM r.granted_level OR a.mature_plants <> r.granted))""",
)
Promise(
    "A request that was decided says when, keeps its factors, and runs no clock",
    f"""SELECT r.file_id, r.state || ' ' || coalesce(r.decided_at::text, 'at no time') AS what
        FROM licensing_plantrequest r
    WHERE (r.state IN ({OVER})) <> (r.decided_at IS NOT NULL)
        OR r.state IN ({listed(DECIDED)}) AND r.factors IS NULL
        OR r.state IN ({OVER}) AND EXISTS (SELECT FROM casefile_deadline d WHERE d.file_id = r.file_id
        AND d.ended_at IS NULL)""",
)
Promise(
    "A request that waits for its decision was complete, and its time to be decided runs from then",
    f"""SELECT r.file_id, 'to decide' AS what FROM licensing_plantrequest r
    WHERE r.state = '{RequestState.IN_REVIEW}' AND NOT EXISTS (SELECT FROM casefile_deadline d
        WHERE d.file_id = r.file_id AND d.clock = 'licensing.decision_due' AND d.ended_at IS NULL
        AND d.started_at = r.complete_at)""",
)

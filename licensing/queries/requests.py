"""What the law and the office want to know of requests: chances of a year, what may be asked for or granted, pieces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casefile.calendar import months_before
from casefile.models import Document
from licensing import rules
from licensing.models import License, PlantRequest
from licensing.policies import YEAR_USED_BY
from licensing.queries.plants import licensee_total, others_total
from licensing.rules import decision
from licensing.stages import PENDING

FILES = "files"  # the draft that holds which documents were added to which piece and not sent
Kind = PlantRequest.Kind


@dataclass(frozen=True)
class Chance:
    """The license year a request of a day counts for, whether it is the one at renewal, and what was asked before."""

    year_began_on: date
    at_renewal: bool
    others: int  # outside renewal in the same license year
    renewals: int  # at the same renewal


def chance(license: License, on: date, *, besides: PlantRequest | None = None) -> Chance:
    """How a request for an increase that is sent on a day counts; the one at renewal is used first."""
    sent = license.plant_requests.filter(**that_count(on)).exclude(pk=besides.pk if besides else 0)
    return chance_after(license, list(sent), on)


def chance_after(license: License, before: Sequence[PlantRequest], on: date) -> Chance:
    """The same, where the requests are known that used up a chance of this license before."""
    year, opens_on = year_of(license, on), rules.renewal_opens_on(license.expires_on) if license.expires_on else None
    renewals = sum(it.at_renewal and opens_on is not None and (it.asked_on or on) >= opens_on for it in before)
    return Chance(
        year_began_on=year,
        at_renewal=bool(license.expires_on and rules.is_at_renewal(license.expires_on, on) and not renewals),
        others=sum(not it.at_renewal and it.year_began_on == year for it in before),
        renewals=renewals,
    )


def year_of(license: License, on: date) -> date:
    """The first day of the license year; where the day of issue is unknown, from the last day or by calendar."""
    began = license.issued_on or (months_before(license.expires_on, 12) if license.expires_on else date(on.year, 1, 1))
    return rules.license_year(began, max(began, on))[0]


def that_count(on: date, used_by: Sequence[str] | None = None) -> dict[str, Any]:
    """Which requests use up a chance, as a filter; `used_by` where the open point was asked already."""
    used_by = YEAR_USED_BY.on(on) if used_by is None else used_by
    return {"kind": Kind.INCREASE, "sent_at__isnull": False, "state__in": [*PENDING, *used_by]}


def asked(
    license: License,
    plants: int,
    *,
    on: date,
    besides: PlantRequest | None = None,
    counts: Chance | None = None,
    total: int | None = None,
) -> rules.IncreaseAsked:
    """What the law wants to know of an increase by `plants`; `counts` and `total` of the licensee where known."""
    counts = counts or chance(license, on, besides=besides)
    return rules.IncreaseAsked(
        license_type=license.type,
        authorized=license.mature_plants or 0,
        licensee_total=licensee_total(license.licensee) if total is None else total,
        asked=plants,
        at_renewal=counts.at_renewal,
        other_requests_this_year=counts.others,
        on=on,
        status_active=license.status == License.Status.ACTIVE,
        renewal_requests=counts.renewals,
    )


def reasons_not_to_ask(
    license: License, kind: str, *, level: int | None, plants: int, on: date, besides: PlantRequest | None = None
) -> list[str]:
    """Why this can not be asked for on that day, each reason with its citation; empty when it can."""
    waiting = license.plant_requests.pending().exclude(pk=besides.pk if besides else 0)
    if (other := waiting.select_related("file").first()) is not None:
        return [f"Another request about this license is open: case {other.file.ref}. Wait for it, or take it back."]
    if kind == Kind.INCREASE:
        return [str(it) for it in rules.reasons_not_to_ask_increase(asked(license, plants, on=on, besides=besides))]
    if kind == Kind.DESIGNATION:
        once = decision.reasons_not_to_ask_designation(level=license.level, status=license.status)
        return once or _against_designation(license, level, plants, on)
    return _against_decrease(license, plants)


def reasons_not_to_grant(case: PlantRequest, *, level: int | None, granted: int, on: date) -> list[str]:
    """Why this can not be granted on that day; empty when it can."""
    license = case.license
    if case.kind == Kind.INCREASE:
        return [str(it) for it in rules.reasons_not_to_grant(decided(case, on), granted)]
    if case.kind == Kind.DESIGNATION:
        return _against_designation(license, level, granted, on)
    over = [f"{case.plants:,} fewer plants were asked for. Take away no more than that."] * (
        granted > (case.plants or 0)
    )
    return _against_decrease(license, granted) + over


def decided(case: PlantRequest, on: date) -> rules.IncreaseAsked:
    """A request for an increase as it stands on the day it is decided; it keeps the chance it was sent with."""
    others = getattr(case, "others_now", None)
    if others is None:
        same = case.license.plant_requests.filter(**that_count(on), at_renewal=False, year_began_on=case.year_began_on)
        others = same.exclude(pk=case.pk).count()
    counts = Chance(case.year_began_on or on, case.at_renewal, others, renewals=0)
    return asked(case.license, case.plants or 0, on=on, counts=counts, total=getattr(case, "total_now", None))


def largest_grant(case: PlantRequest, on: date) -> int:
    """The most that fits now: of an increase at most what was asked for, in whole steps; else what was asked for."""
    most = case.plants or 0
    if case.kind != Kind.INCREASE:
        return most
    step = rules.INCREMENT.on(on)
    return min(rules.largest_increase(decided(case, on)), most // step * step)


def _against_designation(license: License, level: int | None, count: int, on: date) -> list[str]:
    return rules.reasons_not_to_designate(
        license_type=license.type, level=level or 0, count=count, on=on, other_licenses=others_total(license)
    )


def _against_decrease(license: License, plants: int) -> list[str]:
    found = rules.reasons_not_to_ask_decrease(
        license_type=license.type, authorized=license.mature_plants or 0, asked=plants
    )
    return [str(it) for it in found]


# What is added and not sent


def unsent(case: PlantRequest) -> dict[str, list[Document]]:
    """The documents that were added to each piece and not sent, in the order they came."""
    draft = case.file.drafts.filter(name=FILES).first()
    keys: dict[str, list[str]] = draft.typed if draft else {}
    found = {it.key: it for it in Document.objects.filter(file=case.file, key__in=sum(keys.values(), []))}
    return {piece: [found[key] for key in of if key in found] for piece, of in keys.items() if of}

"""The licenses of the demonstration: levels with their history, years with their clocks, and some that want a look."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from accounts.models import User
from casefile.calendar import local_day, local_hour, months_before
from demonstration.people import World, address_of
from licensing import rules
from licensing.actions.keep_terms import take_up
from licensing.actions.new_license import add_licensee, apply_license
from licensing.actions.plants import authorize
from licensing.actions.terms import approve_license, record_tax_clearance
from licensing.models import License, LicenseTerm, PlantAuthorization

Source = PlantAuthorization.Source
ENDS_IN = 45
STEP = 500
MIGRATED = "The count came with the old register."
PLACE = {"name": "Second field", "street": "40 Acequia Lane", "city": "Corrales", "zip_code": "87048"}


def tell(world: World, at: datetime) -> None:
    """Give every license its history and its year; tell of a few what an office would look at."""
    by, today = world.supervisors[0], local_day(at)
    licenses = _distinct(world)
    farms = [it for it in licenses if rules.has_levels(it.type)]
    _designate(farms[:2] + farms[4:], by)
    for license in farms[2:3]:
        _migrate(license, by)
    for license in farms[3:4]:
        _grow_past_the_levels(license, by, today, at)
    _end_on(licenses[1], today + timedelta(days=ENDS_IN))
    _end_on(licenses[-1], today - timedelta(days=400))
    _end_on(licenses[-2], today + timedelta(days=ENDS_IN + 15))
    _second(world, at, by)
    _applied(at, by)
    take_up(at=at)
    _ready_to_renew(licenses[-2], by, today, at)


def _distinct(world: World) -> list[License]:
    """Each license once, in the order of its first premises."""
    return list({place.license_id: place.license for place in world.premises}.values())


def _designate(farms: list[License], by: User) -> None:
    for license in farms:
        assert license.issued_on and license.mature_plants
        found = rules.level_of(license.mature_plants, on=license.issued_on)
        license.level = found.number if found else None
    License.objects.bulk_update(farms, ["level"], batch_size=500)
    PlantAuthorization.objects.bulk_create(_lines(farms, by))


def _lines(farms: list[License], by: User) -> Iterator[PlantAuthorization]:
    for license in farms:
        assert license.issued_on
        yield PlantAuthorization(
            license=license, since=license.issued_on, level=license.level, mature_plants=license.mature_plants,
            source=Source.DESIGNATION, by=by, at=local_hour(license.issued_on, 12),
        )  # fmt: skip


def _migrate(license: License, by: User) -> None:
    """A license from before the levels, with a number that fits none of their steps."""
    _from_the_start(license, 1, 2_437, Source.RECORD, by, reason=MIGRATED)


def _grow_past_the_levels(license: License, by: User, today: date, at: datetime) -> None:
    """From the top of level 4 by one step to a count that no level holds."""
    _from_the_start(license, 4, 16_000, Source.DESIGNATION, by)
    since = today - timedelta(days=60)
    authorize(license, level=4, mature_plants=16_000 + STEP, since=since, source=Source.INCREASE, by=by, at=at)


def _from_the_start(license: License, level: int, count: int, source: str, by: User, *, reason: str = "") -> None:
    """What a license has had since it was issued, instead of what the dice gave it."""
    assert license.issued_on
    License.objects.filter(pk=license.pk).update(level=None, mature_plants=None)
    authorize(
        license, level=level, mature_plants=count, since=license.issued_on, source=source, reason=reason, by=by,
        at=local_hour(license.issued_on, 12),
    )  # fmt: skip


def _end_on(license: License, last: date) -> None:
    license.expires_on = last
    license.issued_on = months_before(last, 24)
    license.save(update_fields=["expires_on", "issued_on"])


def _ready_to_renew(license: License, by: User, today: date, at: datetime) -> None:
    """Its taxes are cleared and its time of renewal has begun."""
    term = LicenseTerm.objects.get(license=license, state=LicenseTerm.State.IN_FORCE)
    record_tax_clearance(term, cleared_on=today - timedelta(days=3), evidence="Letter 2026-118", by=by, at=at)


def _second(world: World, at: datetime, by: User) -> None:
    """The best known firm has two licenses, which share one cap."""
    issued = local_day(at) - timedelta(days=200)
    term = apply_license(
        world.premises[0].licensee, {"type": "vertically_integrated", "market": "both"},
        place=PLACE | {"county": "Sandoval"}, by=by, at=at - timedelta(days=220),
    )  # fmt: skip
    authorize(
        term.license, level=3, mature_plants=8_000, since=issued, source=Source.DESIGNATION, by=by,
        at=at - timedelta(days=201),
    )  # fmt: skip
    approve_license(
        term, by=by, at=at - timedelta(days=200), issued_on=issued, biotrack_account="HIGH-MESA-2",
        biotrack_email=address_of("Tomás Lucero"),
    )  # fmt: skip


def _applied(at: datetime, by: User) -> None:
    """Somebody new has applied and waits for a level and the approval."""
    when = at - timedelta(days=6)
    holder = add_licensee(
        {
            "name": "Llano Quemado Growers", "trade_name": "", "contact_name": "Inés Romero",
            "contact_email": address_of("Inés Romero"),
        },
        by=by, at=when,
    )  # fmt: skip
    apply_license(
        holder, {"type": "producer", "market": "both"},
        place={"name": "Llano Quemado Growers", "street": "7 Camino Real", "city": "Ranchos de Taos",
               "zip_code": "87557", "county": "Taos"},
        by=by, at=when,
    )  # fmt: skip

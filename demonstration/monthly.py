"""What the licensees of the demonstration reported: eight months, a few late, corrected, missing or above the count."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from accounts.models import User
from casefile.calendar import local_day, months_before
from demonstration.people import World
from demonstration.time import office_hour
from licensing import rules
from licensing.actions.report_import import import_reports
from licensing.models import License, MonthlyReport
from licensing.queries.reports import reporter_of
from licensing.register.files import Extract, Row
from licensing.report_import.rows import NEEDED
from licensing.rules.reporting import owes_report

MONTHS = 8
Numbers = dict[str, int | Decimal]
MISCOUNT = "We counted one drying room twice."
BEFORE_MARKED = 2  # licenses at the front: those of the two firms whose people sign in


def tell(world: World, at: datetime, seed: int) -> None:
    """Every license that reports has sent its months, but for some; a file with two rows in doubt came as well."""
    today = local_day(at)
    months = rules.months_between(months_before(today, MONTHS), months_before(today, 1))
    rows: list[MonthlyReport] = []
    for nth, license in enumerate(_licenses(world)):
        dice = Random(f"{seed}:reports:{license.number}")
        owed = [month for month in months if owes_report(reporter_of(license), month)]
        rows += _reports(dice, license, world.owners[license.licensee_id], _sent(nth, owed), nth, at)
    MonthlyReport.objects.bulk_create(rows, batch_size=2_000)
    _doubtful_file(world.officers[0], months[-2], at)


def _licenses(world: World) -> list[License]:
    """The well-known firms first, so that each odd turn has its license."""
    known = [place.licensee.pk for place in world.premises[:BEFORE_MARKED]]
    rows = list(License.objects.filter(licensee__in=world.owners).order_by("pk"))
    return sorted(rows, key=lambda license: (license.licensee_id not in known, license.pk))


def _sent(nth: int, owed: list[date]) -> list[date]:
    """The first license has its last month still to send, the fourth never sent one, some are slow with the last."""
    if nth == 3:
        return owed[:3] + owed[4:]
    return owed[:-1] if nth == 0 or nth % 17 == 5 else owed


def _reports(
    dice: Random, license: License, by: User, months: list[date], nth: int, at: datetime
) -> Iterator[MonthlyReport]:
    """The reports of one license, each month's stock carried on to the next."""
    stock = Decimal(dice.randrange(8, 40) * 1_000)
    for month in months:
        over = nth == 1 and month in months[-2:-1]
        numbers = _month(dice, license, stock, above_the_count=over)
        stock = Decimal(numbers["stock_g"])
        sent_at = min(_sent_at(dice, month, late=(nth + month.month) % 23 == 7), at)
        facts = {"license": license, "month": month, "source": MonthlyReport.Source.ONLINE, "sent_by": by}
        facts["sent_on"] = local_day(sent_at)
        corrected = month in months[-3:-2] if nth == 1 else nth % 19 == 11 and month == months[0]
        if corrected:
            again_at = min(sent_at + timedelta(days=4, hours=3), at)
            wrong = numbers | {"stock_g": Decimal(numbers["stock_g"]) * 2}
            yield MonthlyReport(**facts, **wrong, sent_at=sent_at, replaced_at=again_at)
            facts |= {"revision": 2, "reason": MISCOUNT}
            sent_at = again_at
        yield MonthlyReport(**facts, **numbers, sent_at=sent_at)


def _sent_at(dice: Random, month: date, *, late: bool) -> datetime:
    due = rules.report_due_on(month)
    return office_hour(dice, due + timedelta(days=dice.randrange(1, 9) if late else -dice.randrange(13)))


def _month(dice: Random, license: License, stock: Decimal, *, above_the_count: bool) -> Numbers:
    """Numbers that fit together and are about as large as such a license's would be."""
    plants = _plants(dice, license, above_the_count) if rules.TYPES[license.type].cultivates else {}
    made = Decimal(plants.get("harvested_plants", 0)) * dice.randrange(85, 125)
    bought = Decimal(0) if plants else Decimal(dice.randrange(8, 30) * 1_000)
    there = stock + made + bought
    sold = min(there, ((made or bought) * dice.randrange(82, 104) / 100).quantize(Decimal("0.1")))
    medical = (sold * dice.randrange(15, 40) / 100).quantize(Decimal("0.1"))
    left = there - sold
    return {
        **plants, "produced_g": made, "sold_g": sold, "sold_medical_g": medical, "sold_commercial_g": sold - medical,
        "stock_g": left, "stock_medical_g": (left * dice.randrange(6, 25) / 100).quantize(Decimal("0.1")),
    }  # fmt: skip


def _plants(dice: Random, license: License, above_the_count: bool) -> dict[str, int]:
    authorized = license.mature_plants or 200
    mature = authorized + 37 if above_the_count else authorized * dice.randrange(70, 99) // 100
    return {
        "germination": mature // 20, "seedling": mature // 10, "vegetative": mature * dice.randrange(40, 80) // 100,
        "flowering_female": mature, "flowering_male": dice.randrange(4), "medical_plants": mature // 6,
        "harvested_plants": mature * dice.randrange(22, 34) // 100,
    }  # fmt: skip


def _doubtful_file(by: User, month: date, at: datetime) -> None:
    """Two rows that the office has to look at."""
    numbers = dict.fromkeys(NEEDED[1:], "0")
    cells = [
        {"license_number": "CCD-2019-0007"} | numbers,
        {"license_number": "CCD-19-7"} | numbers | {"sold_g": "4,200", "sold_medical_g": "4200"},
    ]
    rows = [Row(line, facts) for line, facts in enumerate(cells, start=2)]
    name = f"phoned-in-{month:%Y-%m}.csv"
    import_reports(Extract(name, "0" * 64, rows), month, by=by, at=at - timedelta(days=2))

"""The accounts, licensees, licenses and premises of the demonstration."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from accounts.models import Role, User
from demonstration import names
from licensing.counties import COUNTIES
from licensing.models import Contact, License, Licensee, Premises, Representative
from licensing.rules import expires_on

PASSWORD = "demonstration only"
DOMAIN = "demo.example"
SPARE = 100  # days for which no license of the demonstration ends by accident
KINDS = (
    ("retailer", 40), ("producer", 16), ("vertically_integrated", 16), ("producer_microbusiness", 10),
    ("integrated_microbusiness", 6), ("manufacturer", 8), ("courier", 2), ("testing_laboratory", 1),
    ("consumption_area", 1),
)  # fmt: skip
PLANTS = {"producer": (500, 1500, 2000, 4500, 6000, 9000), "vertically_integrated": (2000, 6000, 8000, 12000)}


@dataclass
class World:
    """Everyone and every place of the demonstration."""

    officers: list[User]
    supervisors: list[User]
    premises: list[Premises]
    owners: dict[int, User]  # by licensee: who answers for it

    def officer_of(self, place: Premises) -> User:
        """Each officer has some counties; the two best known firms are Dana Ortiz's."""
        if place in self.premises[:2]:
            return self.officers[0]
        return self.officers[COUNTIES.index(place.county) * 5 % len(self.officers)]

    def supervisor_of(self, place: Premises) -> User:
        """Half of the counties each."""
        return self.supervisors[COUNTIES.index(place.county) % len(self.supervisors)]


def address_of(name: str) -> str:
    """An address of nobody: dana.ortiz@demo.example."""
    plain = name.lower().translate(str.maketrans("áéíóúñ", "aeioun"))
    return f"{plain.replace(' ', '.')}@{DOMAIN}"


def populate(rng: Random, *, at: datetime, today: date, premises: int = 300) -> World:
    """Make everyone and every place, as they were at `at`; the same `rng` makes the same ones."""
    password = make_password(PASSWORD)
    staff = {role: _staff(role, people, password) for role, people in _roles().items()}
    places = _places(rng, at=at, today=today, premises=premises)
    owners = _owners(rng, {place.licensee.pk: place.licensee for place in places}, password, at=at)
    return World(staff[Role.OFFICER], staff[Role.SUPERVISOR], places, owners)


def _roles() -> dict[Role, tuple[str, ...]]:
    return {
        Role.OFFICER: names.OFFICERS, Role.SUPERVISOR: names.SUPERVISORS, Role.ADMINISTRATOR: (names.ADMINISTRATOR,),
        Role.AUDITOR: (names.AUDITOR,),
    }  # fmt: skip


def _staff(role: Role, people: tuple[str, ...], password: str) -> list[User]:
    users = [
        User(email=address_of(name), name=name, role=role, phone=f"505-555-01{10 + n}", password=password)
        for n, name in enumerate(people)
    ]
    return User.objects.bulk_create(users)


def _places(rng: Random, *, at: datetime, today: date, premises: int) -> list[Premises]:
    firms = [f"{first} {second}" for first in names.FIRST for second in names.SECOND]
    rng.shuffle(firms)
    firms = ["High Mesa Organics", "Enchanted Acre Farm"] + [
        firm for firm in firms if firm not in ("High Mesa Organics", "Enchanted Acre Farm")
    ]
    made: list[Premises] = []
    for serial, firm in enumerate(firms, start=1):
        if len(made) >= premises:
            break
        licensed = _license(rng, firm, serial, at=at, today=today)
        for suffix in range(1, min(rng.choice((1, 1, 1, 2, 3)), premises - len(made)) + 1):
            made.append(_premises(rng, licensed, suffix))
    return made


def _license(rng: Random, firm: str, serial: int, *, at: datetime, today: date) -> License:
    kind = "producer" if serial <= 2 else rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
    holder = Licensee.objects.create(name=firm, trade_name="" if rng.random() < 0.7 else f"{firm} LLC")
    issued = at.date() - timedelta(days=rng.randrange(20, 1200))
    if (_last_day(issued, today) - today).days < SPARE:
        issued -= timedelta(days=SPARE + 20)
    return License.objects.create(
        number=f"CCD-{issued.year}-{serial:04}", licensee=holder, type=kind, issued_on=issued,
        market=rng.choice(["both", "both", "commercial"]), expires_on=_last_day(issued, today),
        mature_plants=_plants(rng, kind),
    )  # fmt: skip


def _last_day(issued: date, today: date) -> date:
    """The last day of the license year that runs today."""
    last = expires_on(issued)
    while last <= today:
        last = expires_on(last)
    return last


def _plants(rng: Random, kind: str) -> int | None:
    if kind in PLANTS:
        return rng.choice(PLANTS[kind])
    return rng.choice((100, 200)) if kind.endswith("microbusiness") else None


def _premises(rng: Random, licensed: License, suffix: int) -> Premises:
    at = rng.choices(names.TOWNS, [int(town.weight) for town in names.TOWNS])[0]
    name = licensed.licensee.name if suffix == 1 else f"{licensed.licensee.name}, {at.town}"
    return Premises.objects.create(
        number=f"{licensed.number}-{suffix:03}", license=licensed, name=name, operating=rng.random() < 0.95,
        street=f"{rng.randrange(100, 9900)} {rng.choice(names.STREETS)}", city=at.town, county=at.county,
        zip_code=at.zip_code,
    )  # fmt: skip


def _owners(rng: Random, licensees: dict[int, Licensee], password: str, *, at: datetime) -> dict[int, User]:
    owners = {}
    for n, (key, licensee) in enumerate(licensees.items()):
        name = (
            ("Tomás Lucero", "Rosa Archuleta")[n] if n < 2 else f"{rng.choice(names.GIVEN)} {rng.choice(names.FAMILY)}"
        )
        email = address_of(name) if n < 2 else address_of(f"{name} {n}")
        phone = f"575-555-{n:04}"
        owner = User.objects.create(email=email, name=name, role=Role.REPRESENTATIVE, phone=phone, password=password)
        Representative.objects.create(licensee=licensee, user=owner, standing="owner", added_at=at, added_by=None)
        Contact.objects.create(licensee=licensee, name=name, email=email, phone=phone, title="Owner")
        owners[key] = owner
    return owners


def signins() -> list[tuple[str, str]]:
    """One sign-in for each role, two for licensees: what they are, and the address."""
    return [
        ("Compliance Officer", address_of(names.OFFICERS[0])),
        ("Supervisor", address_of(names.SUPERVISORS[0])),
        ("Administrator", address_of(names.ADMINISTRATOR)),
        ("Auditor", address_of(names.AUDITOR)),
        ("Licensee, High Mesa Organics", address_of("Tomás Lucero")),
        ("Licensee, Enchanted Acre Farm", address_of("Rosa Archuleta")),
    ]

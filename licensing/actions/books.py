"""The record while rows are taken into it: licensees, licenses and premises in memory first, then written at once."""

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from licensing.models import License, Licensee, Premises
from licensing.queries.record import BATCH, licensees_named, licenses_by_number, premises_by_number
from licensing.register.compare import (
    Differences,
    LicenseOnRecord,
    PlaceOnRecord,
    license_differences,
    place_differences,
)
from licensing.register.rows import Address, Doubt, Facts, Reason, plain
from licensing.rules import LicenseNumber

LICENSE_FACTS = ["type", "status", "market", "issued_on", "expires_on"]
PLACE_FACTS = ["name", "street", "city", "zip_code", "county"]
UPDATES = 500  # rows in one UPDATE
Changes = dict[str, Any]


class Fate(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    HELD = "held"


class Books:
    """What is on record of everything that some rows name. `take` notes what changes; `write` writes all of it."""

    def __init__(self, rows: Iterable[Facts]) -> None:
        rows = list(rows)
        self.licenses = licenses_by_number({facts.number.license for facts in rows})
        self.places = premises_by_number({str(facts.number) for facts in rows if facts.number.suffix})
        self.holders: dict[str, list[Licensee]] = defaultdict(list)
        for licensee in licensees_named({f.name for f in rows if f.number.license not in self.licenses}):
            self.holders[plain(licensee.name)].append(licensee)
        self.was = {number: _license_as_it_is(license) for number, license in self.licenses.items()}
        self.new_licensees: list[Licensee] = []
        self.new_licenses: list[License] = []
        self.new_places: list[Premises] = []
        self.changed_licenses: set[License] = set()
        self.changed_places: set[Premises] = set()
        self.taken: set[str] = set()
        self.repeats = 0

    def take(self, facts: Facts, *, overrule: bool = False) -> Fate | list[Doubt]:
        """Take one row in, or say why a person has to decide. `overrule` takes over what is disputed as well."""
        if str(facts.number) in self.taken:
            self.repeats += 1
            return Fate.UNCHANGED
        doubts, changes = self._differences(facts, overrule=overrule)
        if doubts:
            return doubts
        self.taken.add(str(facts.number))
        is_new = self._add(facts)
        self._change(facts.number, changes)
        return Fate.CREATED if is_new else Fate.UPDATED if any(changes) else Fate.UNCHANGED

    def _differences(self, facts: Facts, *, overrule: bool) -> tuple[list[Doubt], tuple[Changes, Changes]]:
        """What stands against the row, and what it changes of its license and of its premises."""
        number = facts.number
        of_license, of_place = Differences(), Differences()
        if was := self.was.get(number.license):
            of_license = license_differences(facts, was)
        if (place := self.places.get(str(number))) and place.pk:
            of_place = place_differences(facts, _place_as_it_is(place))
        doubts = [
            Doubt(Reason.ON_RECORD, words)
            for each in (of_license, of_place)
            if each.refused or not overrule
            for words in each.doubts
        ]
        if number.license not in self.licenses and len(self.holders[plain(facts.name)]) > 1:
            doubts.append(Doubt(Reason.SEVERAL_LICENSEES, f"There are several licensees named {facts.name} on record."))
        return doubts, (of_license.taken_over(overrule), of_place.taken_over(overrule))

    def _add(self, facts: Facts) -> bool:
        """Add the license, its holder and the premises as far as they are not on record; say whether one was."""
        number = facts.number
        is_new = number.license not in self.licenses
        license = self.licenses.get(number.license) or self._new_license(facts)
        if not number.suffix or str(number) in self.places:
            return is_new
        place = Premises(
            number=str(number), license=license, name=facts.facility, street=facts.address.street,
            city=facts.address.city, zip_code=facts.address.zip_code, county=facts.address.county,
        )  # fmt: skip
        self.places[place.number] = place
        self.new_places.append(place)
        return True

    def _new_license(self, facts: Facts) -> License:
        holders = self.holders[plain(facts.name)]
        if not holders:
            holders.append(Licensee(name=facts.name, trade_name=facts.trade_name))
            self.new_licensees.append(holders[0])
        license = License(
            number=facts.number.license, licensee=holders[0], type=facts.type, status=facts.status, market=facts.market,
            issued_on=facts.issued_on, expires_on=facts.expires_on,
        )  # fmt: skip
        self.licenses[license.number] = license
        self.new_licenses.append(license)
        return license

    def _change(self, number: LicenseNumber, changes: tuple[Changes, Changes]) -> None:
        of_license, of_place = changes
        if of_license:
            _set(license := self.licenses[number.license], of_license)
            self.changed_licenses.add(license)
        if of_place:
            _set(place := self.places[str(number)], of_place)
            self.changed_places.add(place)

    def write(self) -> None:
        """Write everything that was noted, in as many statements as there are thousands of rows."""
        Licensee.objects.bulk_create(self.new_licensees, batch_size=BATCH)
        License.objects.bulk_create(self.new_licenses, batch_size=BATCH)
        Premises.objects.bulk_create(self.new_places, batch_size=BATCH)
        License.objects.bulk_update(self.changed_licenses, LICENSE_FACTS, batch_size=UPDATES)
        Premises.objects.bulk_update(self.changed_places, PLACE_FACTS, batch_size=UPDATES)


def _set(thing: License | Premises, values: Changes) -> None:
    for name, value in values.items():
        setattr(thing, name, value)


def _license_as_it_is(license: License) -> LicenseOnRecord:
    return LicenseOnRecord(
        license.licensee.name, license.type, license.status, license.market, license.issued_on, license.expires_on
    )


def _place_as_it_is(place: Premises) -> PlaceOnRecord:
    address = Address(place.street, place.city, place.zip_code, place.county)
    return PlaceOnRecord(place.license.number, place.name, address)

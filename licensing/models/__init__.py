"""Who is licensed for what, where, and who answers for them."""

from licensing.models.licensees import Contact, Licensee, LicenseeQuerySet, Representative
from licensing.models.licenses import LICENSE_TYPES, License, LicenseQuerySet, Premises, PremisesQuerySet
from licensing.models.register import HeldRow, HeldRowQuerySet, RegisterRun

__all__ = [
    "LICENSE_TYPES",
    "Contact",
    "HeldRow",
    "HeldRowQuerySet",
    "License",
    "LicenseQuerySet",
    "Licensee",
    "LicenseeQuerySet",
    "Premises",
    "PremisesQuerySet",
    "RegisterRun",
    "Representative",
]

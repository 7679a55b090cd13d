"""Who is licensed for what, where, and who answers for them."""

from licensing.models.about import AboutLicense
from licensing.models.licensees import Contact, Licensee, LicenseeQuerySet, Representative
from licensing.models.licenses import LICENSE_TYPES, License, LicenseQuerySet, Premises, PremisesQuerySet
from licensing.models.plants import PlantAuthorization
from licensing.models.register import HeldRow, HeldRowQuerySet, RegisterRun
from licensing.models.reports import HeldReport, MonthlyReport, ReportDraft, ReportImport
from licensing.models.requests import PlantRequest, PlantRequestQuerySet, RequestPiece
from licensing.models.shortage import MeasureLetter, ShortageEvent, ShortageFinding, ShortageMeasure
from licensing.models.terms import LicenseTerm

__all__ = [
    "LICENSE_TYPES",
    "AboutLicense",
    "Contact",
    "HeldReport",
    "HeldRow",
    "HeldRowQuerySet",
    "License",
    "LicenseQuerySet",
    "LicenseTerm",
    "Licensee",
    "LicenseeQuerySet",
    "MeasureLetter",
    "MonthlyReport",
    "PlantAuthorization",
    "PlantRequest",
    "PlantRequestQuerySet",
    "Premises",
    "PremisesQuerySet",
    "RegisterRun",
    "ReportDraft",
    "ReportImport",
    "Representative",
    "RequestPiece",
    "ShortageEvent",
    "ShortageFinding",
    "ShortageMeasure",
]

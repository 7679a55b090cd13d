"""Inspections and what hangs on them, to look at."""

from django.contrib import admin

from accounts.window import Window
from inspections.models import (
    CatalogEntry,
    Evidence,
    Inspection,
    Penalty,
    PlanItem,
    PlantCount,
    Proof,
    Receipt,
    Violation,
)


@admin.register(Inspection)
class InspectionWindow(Window):
    search_fields = ["file__number", "premises__number"]


@admin.register(CatalogEntry)
class CatalogWindow(Window):
    search_fields = ["code", "title"]


admin.site.register([Evidence, Penalty, PlanItem, PlantCount, Proof, Receipt, Violation], Window)

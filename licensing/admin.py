"""Licensees, licenses and premises, to look at."""

from django.contrib import admin

from accounts.window import Window
from licensing.models import Contact, HeldRow, License, Licensee, Premises, RegisterRun, Representative


@admin.register(Licensee)
class LicenseeWindow(Window):
    search_fields = ["name", "trade_name"]


@admin.register(License, Premises)
class NumberedWindow(Window):
    search_fields = ["number"]


admin.site.register([Contact, HeldRow, RegisterRun, Representative], Window)

"""Licensees, licenses and premises, and what moves on them, to look at."""

from django.apps import apps
from django.contrib import admin

from accounts.window import Window
from licensing.models import License, Licensee, Premises


@admin.register(Licensee)
class LicenseeWindow(Window):
    search_fields = ["name", "trade_name"]


@admin.register(License, Premises)
class NumberedWindow(Window):
    search_fields = ["number"]


OTHERS = [it for it in apps.get_app_config("licensing").get_models() if not admin.site.is_registered(it)]
admin.site.register(OTHERS, Window)

from django.apps import AppConfig
from django.contrib.admin import apps as admin


class AccountsConfig(AppConfig):
    """Who may come in, and what they may do."""

    name = "accounts"
    default = True
    default_auto_field = "django.db.models.BigAutoField"


class WindowConfig(admin.AdminConfig):
    """The Django admin, as a window only."""

    default = False
    default_site = "accounts.window.House"

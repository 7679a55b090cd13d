from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in, and what they may do."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

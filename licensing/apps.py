from django.apps import AppConfig


class LicensingConfig(AppConfig):
    """Who is licensed for what, and where."""

    name = "licensing"
    default_auto_field = "django.db.models.BigAutoField"

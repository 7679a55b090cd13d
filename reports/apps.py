from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What supervisors read; it reads every app and writes only the mail of the week."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """Invented people and half a year of invented cases, for showing and training."""

    name = "demonstration"
    default_auto_field = "django.db.models.BigAutoField"

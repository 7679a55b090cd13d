from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Visits, violations, correction, close-out or discipline."""

    name = "inspections"
    default_auto_field = "django.db.models.BigAutoField"

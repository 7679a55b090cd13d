from django.apps import AppConfig


class SchedulesConfig(AppConfig):
    """Which premises are visited in a month, by whom and when. Nothing below this storey knows of it."""

    name = "schedules"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class HelpCenterConfig(AppConfig):
    """What people ask again and again, answered once; and the questions that remain."""

    name = "help_center"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class CasefileConfig(AppConfig):
    """What is on record, and the one door through which a case moves."""

    name = "casefile"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from casefile import checks  # noqa: F401

from django.apps import AppConfig


class InventoryWindowsConfig(AppConfig):
    """The time in which a licensee enters seeds and clones into BioTrack, and approvals for BioTrack."""

    name = "inventory_windows"
    default_auto_field = "django.db.models.BigAutoField"

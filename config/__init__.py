"""What joins the house: settings, addresses, the doorbell."""

from config.celery import app as celery_app

__all__ = ["celery_app"]

"""The settings of the house as a deployment has them, but beat ticks every two seconds: a test does not wait a minute."""

from config.settings import *  # noqa: F403
from config.settings import CELERY_BEAT_SCHEDULE

CELERY_BEAT_SCHEDULE = {"sweep": CELERY_BEAT_SCHEDULE["sweep"] | {"schedule": 2.0}}

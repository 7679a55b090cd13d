"""What each state of a plan is called, and what a planned visit is for."""

from django.db import models


class PlanState(models.TextChoices):
    """Where the plan of a month stands."""

    DRAFT = "draft", "Being made"
    PROPOSED = "proposed", "Proposed"
    PUBLISHED = "published", "Published"
    REPLACED = "replaced", "Replaced"
    DISCARDED = "discarded", "Discarded"


class Purpose(models.TextChoices):
    """Why somebody drives there. The same keys as the kinds of an inspection, where it becomes one."""

    ROUTINE = "routine", "Coverage of the year"
    FOLLOW_UP = "follow_up", "Follow-up"
    COMPLAINT = "complaint", "Complaint"
    INVESTIGATION = "investigation", "Investigation"

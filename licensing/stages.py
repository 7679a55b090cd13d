"""What each state of a request and of a license's term is called, whose turn it is, and what they do next."""

from django.db import models

from casefile.stages import Stage


class RequestState(models.TextChoices):
    """Where a request about mature plants stands."""

    DRAFT = "draft", "Not sent yet"
    SUBMITTED = "submitted", "To check"
    INCOMPLETE = "incomplete", "Waiting for information"
    IN_REVIEW = "in_review", "To decide"
    APPROVED = "approved", "Approved"
    DENIED = "denied", "Denied"
    WITHDRAWN = "withdrawn", "Withdrawn"


class TermState(models.TextChoices):
    """Where a license stands in one of its years."""

    APPLIED = "applied", "Applied for"
    IN_FORCE = "in_force", "In force"
    RENEWED = "renewed", "Renewed"
    EXPIRED = "expired", "Expired"
    DENIED = "denied", "Denied"
    ENDED = "ended", "Ended"


PENDING = [RequestState.SUBMITTED, RequestState.INCOMPLETE, RequestState.IN_REVIEW]
OPEN = [RequestState.DRAFT, *PENDING]
DECIDED = [RequestState.APPROVED, RequestState.DENIED]


REQUEST_STAGES = {
    RequestState.DRAFT: Stage("plain", "licensee", "Not sent yet", "Finish and send your request"),
    RequestState.SUBMITTED: Stage("review", "division", "Check that it is complete", "We are checking your request"),
    RequestState.INCOMPLETE: Stage("wait", "licensee", "Waiting for information", "Send what is missing"),
    RequestState.IN_REVIEW: Stage("review", "division", "Decide", "We are deciding on your request"),
    RequestState.APPROVED: Stage("done", "", "Approved", "Approved"),
    RequestState.DENIED: Stage("done", "", "Denied", "Denied"),
    RequestState.WITHDRAWN: Stage("done", "", "Withdrawn", "Withdrawn"),
}
TERM_STAGES = {
    TermState.APPLIED: Stage("review", "division", "Approve or deny the license", "We are deciding on your license"),
    TermState.IN_FORCE: Stage("plain", "", "In force", "In force"),
    TermState.RENEWED: Stage("done", "", "Renewed", "Renewed"),
    TermState.EXPIRED: Stage("late", "licensee", "Expired", "Your license has expired"),
    TermState.DENIED: Stage("done", "", "Denied", "Denied"),
    TermState.ENDED: Stage("done", "", "Ended", "Ended"),
}

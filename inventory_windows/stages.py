"""What each state is called, whose turn it is, and what they do next: one table for pages and lists."""

from django.db import models

from casefile.stages import Stage


class RequestState(models.TextChoices):
    """Where a request for a window stands."""

    DRAFT = "draft", "Not sent yet"
    REQUESTED = "requested", "New"
    DOCUMENTS_ASKED = "documents_asked", "Documents asked for"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


class FirstState(models.TextChoices):
    """Where a first window stands."""

    READY = "ready", "Not open yet"
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"


class CorrectionState(models.TextChoices):
    """Where a request for State approval stands."""

    DRAFT = "draft", "Not sent yet"
    REQUESTED = "requested", "To decide"
    ASKED = "asked", "Question asked"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


TO_REVIEW = [RequestState.REQUESTED, RequestState.IN_REVIEW]
UNDECIDED = [*TO_REVIEW, RequestState.DOCUMENTS_ASKED]
PENDING = [*UNDECIDED, RequestState.APPROVED]
DONE = [RequestState.SHUT, RequestState.REFUSED, RequestState.WITHDRAWN]
CORRECTIONS_PENDING = [CorrectionState.REQUESTED, CorrectionState.ASKED]


REQUEST_STAGES = {
    RequestState.DRAFT: Stage("", "licensee", "Not sent yet", "Finish and send it"),
    RequestState.REQUESTED: Stage("violet", "division", "Review the request", "We got your request"),
    RequestState.DOCUMENTS_ASKED: Stage("blue", "licensee", "Waiting for documents", "Send papers"),
    RequestState.IN_REVIEW: Stage("violet", "division", "Decide the request", "We are looking at it"),
    RequestState.APPROVED: Stage("amber", "division", "Open it in BioTrack", "Approved, not open yet"),
    RequestState.OPEN: Stage("green", "licensee", "Open", "Open now"),
    RequestState.SHUT: Stage("", "division", "Shut it in BioTrack", "Shut"),
    RequestState.REFUSED: Stage("", "", "Refused", "Refused"),
    RequestState.WITHDRAWN: Stage("", "", "Withdrawn", "Taken back"),
}
FIRST_STAGES = {
    FirstState.READY: Stage("", "division", "Not open yet", "Not open yet"),
    FirstState.OPEN: Stage("green", "licensee", "Open", "Open now"),
    FirstState.SHUT: Stage("", "division", "Shut it in BioTrack", "Shut"),
}
CORRECTION_STAGES = {
    CorrectionState.DRAFT: Stage("", "licensee", "Not sent yet", "Finish and send it"),
    CorrectionState.REQUESTED: Stage("violet", "division", "Decide the request", "We are looking at it"),
    CorrectionState.ASKED: Stage("blue", "licensee", "Waiting for an answer", "Answer our question"),
    CorrectionState.APPROVED: Stage("", "", "Approved", "Approved"),
    CorrectionState.REFUSED: Stage("", "", "Refused", "Refused"),
    CorrectionState.WITHDRAWN: Stage("", "", "Withdrawn", "Taken back"),
}

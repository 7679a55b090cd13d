"""Windows, the requests for them, and requests for State approval of corrections."""

from inventory_windows.models.base import OfLicense, Opened, Paper, Question, holder_of
from inventory_windows.models.corrections import Correction, CorrectionQuerySet
from inventory_windows.models.first import FirstWindow, FirstWindowQuerySet
from inventory_windows.models.openings import Opening, OpeningQuerySet, RequestSeries
from inventory_windows.models.requests import WindowItem, WindowRequest, WindowRequestQuerySet

__all__ = [
    "Correction",
    "CorrectionQuerySet",
    "FirstWindow",
    "FirstWindowQuerySet",
    "OfLicense",
    "Opened",
    "Opening",
    "OpeningQuerySet",
    "Paper",
    "Question",
    "RequestSeries",
    "WindowItem",
    "WindowRequest",
    "WindowRequestQuerySet",
    "holder_of",
]

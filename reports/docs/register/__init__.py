"""The register of 16.8.8 NMAC: every paragraph with what carries it and what tests it, or why it asks for nothing."""

from reports.docs.register.limits import GENERAL, LEVELS
from reports.docs.register.paragraph import Paragraph
from reports.docs.register.requests import REQUESTS
from reports.docs.register.shortage import SHORTAGE

REGISTER: tuple[Paragraph, ...] = (*GENERAL, *LEVELS, *REQUESTS, *SHORTAGE)

__all__ = ["REGISTER", "Paragraph"]

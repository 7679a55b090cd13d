"""The demonstration's mailbox: every mail that left, for staff to read as a recipient would."""

from email.message import EmailMessage
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.calendar import clock_time, local_day, short_day
from casefile.mailbox import Kept, Mailbox

ON_A_PAGE = 25


class MailPage(Guarded, TemplateView):
    """A page of the mailbox; in a house that sends real mail there is none."""

    rights = "casefile.see_mail"
    lists = True
    box: Mailbox

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if settings.MAIL.folder is None:
            raise Http404("Mail leaves this house.")
        self.box = Mailbox(settings.MAIL.folder)


class MailList(MailPage):
    """The newest first; a page begins after the last mail of the page before."""

    template_name = "casefile/mail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before = Kept.read(self.request.GET.get("before", ""))
        found = self.box.latest(ON_A_PAGE + 1, before)
        shown = found[:ON_A_PAGE]
        more = f"?before={shown[-1].cursor}" if len(found) > ON_A_PAGE else ""
        return super().get_context_data(**kwargs) | {
            "columns": ["Subject", "To", "Sent"],
            "rows": [self._row(kept) for kept in shown],
            "next_url": more,
            "first_url": reverse("casefile:mail") if before else "",
        }

    def _row(self, kept: Kept) -> dict[str, Any]:
        message = self.box.read(kept.name) or EmailMessage()
        return {
            "text": str(message["Subject"] or "No subject"),
            "url": reverse("casefile:mail_message", args=[kept.name]),
            "cells": [{"label": "To", "text": str(message["To"] or "")}, {"label": "Sent", "text": when(message)}],
        }


class MailMessage(MailPage):
    """One mail as plain text. Its HTML says the same words and is never run here."""

    template_name = "casefile/mail_message.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message = self.box.read(self.kwargs["name"])
        if message is None:
            raise Http404("No such mail.")
        facts = [("From", message["From"]), ("To", message["To"]), ("Sent", when(message))]
        return super().get_context_data(**kwargs) | {
            "subject": str(message["Subject"] or "No subject"),
            "rows": [{"label": label, "value": str(value or "")} for label, value in facts],
            "text": words_of(message),
            "files": [part.get_filename() or "Paper" for part in message.iter_attachments()],
        }


def words_of(message: EmailMessage) -> str:
    """The text part; empty where there is none."""
    part = message.get_body(("plain",))
    return str(part.get_content()) if part is not None else ""


def when(message: EmailMessage) -> str:
    """The date it bears, on Denver's clock."""
    try:
        at = message["Date"].datetime
    except (AttributeError, ValueError):
        return ""
    at = at if at.tzinfo else timezone.make_aware(at)
    return f"{short_day(local_day(at))}, {clock_time(at)}"

"""Mail for nobody outside: Django's messages go into a Maildir on this machine."""

from collections.abc import Sequence
from mailbox import Maildir

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class MaildirBackend(BaseEmailBackend):
    """Keep every message in DATA_DIR/mail."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = settings.DATA_DIR / "mail"
        folder.parent.mkdir(parents=True, exist_ok=True)
        box = Maildir(folder, create=True)
        for message in email_messages:
            box.add(message.message().as_bytes())
        return len(email_messages)

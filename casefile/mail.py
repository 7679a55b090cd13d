"""The mail itself: a letter as text, as HTML with the same words, and on paper where it has one."""

from email import policy
from email.headerregistry import Address
from email.message import EmailMessage

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from casefile.letters import LETTERS
from casefile.models import Delivery, Notice

PLAIN = policy.SMTP.clone(cte_type="7bit")  # every server takes it, whatever else it can do


def as_html(subject: str, text: str) -> str:
    """The same words as `text`, as an HTML mail: paragraphs, lists and links, nothing added."""
    return render_to_string("layouts/mail.html", {"subject": subject, "text": text})


def compose(delivery: Delivery, paper: bytes | None) -> EmailMessage:
    """The mail of one copy of a letter, the same at every attempt. Raises ValueError for an address that is none."""
    notice, message = delivery.notice, EmailMessage(policy=PLAIN)
    message["Subject"] = notice.subject
    message["From"] = settings.MAIL.sender
    message["To"] = Address(display_name=" ".join(delivery.name.split()), addr_spec=in_ascii(delivery.email))
    message["Date"] = notice.release_at
    message["Message-ID"] = delivery.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.text)
    message.add_alternative(notice.html, subtype="html")
    if paper is not None:
        message.add_attachment(paper, maintype="application", subtype="pdf", filename=paper_name(notice))
    return message


def paper_name(notice: Notice) -> str:
    """What the PDF of a letter is called: notice-of-license-violation-26-0187.pdf."""
    title = LETTERS[notice.letter].title
    return f"{slugify(title)}{f'-{notice.file.ref}' if notice.file else ''}.pdf"


def in_ascii(email: str) -> str:
    """The address as every mail server takes it. Raises ValueError (UnicodeError) where there is no such form."""
    local, _, domain = email.rpartition("@")
    return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"

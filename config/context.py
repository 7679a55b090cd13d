"""What the frame of every page shows: the main menu and who is signed in. All lazy, so an error page asks nothing."""

from dataclasses import dataclass
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from accounts.permissions import ever_allows
from config.sessions import seconds_left


class Page(NamedTuple):
    """A page that the main menu may offer: its words, its URL name, the row of rights that opens it."""

    label: str
    name: str
    right: str


MENU = (
    Page("My work", "inspections:work", "inspections.see_work"),
    Page("Team today", "reports:team", "reports.see_team"),
    Page("Premises", "licensing:premises", "licensing.see_premises"),
    Page("Licenses", "licensing:licenses", "licensing.see_licenses"),
    Page("Requests", "licensing:requests", "licensing.see_requests"),
    Page("Cases", "inspections:cases", "inspections.see_cases"),
    Page("Licensees", "licensing:licensees", "licensing.see_licensees"),
    Page("Reports", "licensing:reports", "licensing.see_reports"),
    Page("Register", "licensing:held", "licensing.see_register"),
    Page("Windows", "inventory_windows:desk", "inventory_windows.see_desk"),
    Page("Questions", "help_center:desk", "help_center.see_questions"),
    Page("Mail", "casefile:mail", "casefile.see_mail"),
    Page("Settings", "casefile:settings", "casefile.see_holidays"),
    Page("Notices", "inspections:notices", "inspections.see_notice"),
    Page("Licenses", "licensing:my_licenses", "licensing.see_mine"),
    Page("Windows", "inventory_windows:windows", "inventory_windows.see_own"),
    Page("Questions", "help_center:own_questions", "help_center.see_own_questions"),
)
NOTICES = "inspections:notices"
PROFILE = "accounts:profile"
MAILBOX = "casefile:mail"
HELP = "help_center:help"


@dataclass(frozen=True)
class Entry:
    """One link of the main menu."""

    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Give templates `menu`, `person` (name, role), `profile_url`, `notices_url`, `help_url`, `session_seconds`."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "person": SimpleLazyObject(lambda: person(request)),
        "profile_url": SimpleLazyObject(lambda: address(PROFILE)),
        "notices_url": SimpleLazyObject(lambda: address(NOTICES)),
        "help_url": SimpleLazyObject(lambda: address(HELP)),
        "session_seconds": SimpleLazyObject(lambda: seconds_left() if signed_in(request) else 0),
    }


def signed_in(request: HttpRequest) -> User | None:
    """The person who is signed in, if there is one."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def person(request: HttpRequest) -> dict[str, str] | None:
    """The name and the role that stand in the header."""
    user = signed_in(request)
    return {"name": user.name, "role": user.get_role_display()} if user else None


def menu(request: HttpRequest) -> list[Entry]:
    """The pages this person may open; the one that the reader is in is marked."""
    user = signed_in(request)
    if user is None:
        return []
    offered = [(page.label, url) for page in MENU if (url := address(page.name)) and ever_allows(user, page.right)]
    here = max((url for _, url in offered if request.path.startswith(url)), key=len, default="")
    return [Entry(label, url, url == here) for label, url in offered]


def address(name: str) -> str:
    """Where a page is; empty in a house without that page, such as a mailbox where mail leaves."""
    if name == MAILBOX and settings.MAIL.folder is None:
        return ""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

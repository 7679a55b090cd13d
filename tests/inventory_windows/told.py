"""Requests told up to a point, each through the door."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import User
from inventory_windows import rules
from inventory_windows.actions import asking, corrections, openings, review
from inventory_windows.actions.corrections import Words
from inventory_windows.endings import shut_what_is_over
from inventory_windows.models import Correction, FirstWindow, WindowRequest
from licensing.models import License, Licensee
from tests import factories

ASKED = factories.at("2026-11-17 10:00")
OPENS = factories.at("2026-11-19 09:00")
HOUR = timedelta(hours=1)
ITEMS = (
    rules.Item(rules.SEED, "Sandia Haze", 40, "Mesa Seed Bank"),
    rules.Item(rules.CLONE, "Blue Piñon", 12, "Our own mother plants"),
)


def owner_of(license: License) -> User:
    found = license.licensee.representatives.filter(removed_at=None, standing="owner").first()
    return found.user if found else factories.representative(license.licensee)


def asked(**facts) -> rules.Asked:
    return rules.Asked(**{
        "items": ITEMS, "purpose": "new", "message": "We want to grow two new strains.", "contact": "Tomás Lucero",
        "phone": "505-555-0142", "email": "tomas@example.test",
    } | facts)  # fmt: skip


def drafted(license: License | None = None, *, at: datetime = ASKED) -> WindowRequest:
    license = license or factories.license()
    return asking.begin_request(license, by=owner_of(license), at=at)


def requested(license: License | None = None, *, at: datetime = ASKED, **facts) -> WindowRequest:
    case = drafted(license, at=at)
    return asking.submit_window_request(case, asked(**facts), company="High Mesa", by=owner_of(case.license), at=at)


def in_review(officer: User, license: License | None = None, *, at: datetime = ASKED, **facts) -> WindowRequest:
    return review.begin_review(requested(license, at=at, **facts), by=officer, at=at + HOUR)


def documents_asked(officer: User, license: License | None = None, *, at: datetime = ASKED) -> WindowRequest:
    return review.ask_documents(in_review(officer, license, at=at), "Send the invoice.", by=officer, at=at + HOUR)


def approved(
    officer: User, license: License | None = None, *, at: datetime = ASKED, opens_at: datetime | None = None, **facts
) -> WindowRequest:
    case = in_review(officer, license, at=at, **facts)
    return review.approve_window(case, opens_at or at + 47 * HOUR, by=officer, at=at + 2 * HOUR)


def opened(officer: User, license: License | None = None, *, at: datetime = ASKED, **facts) -> WindowRequest:
    """Open since 47 hours after `at`: for the usual one November 19, 9 a.m."""
    case = approved(officer, license, at=at, **facts)
    return openings.confirm_opened(case, case.opens_at, by=officer, at=case.opens_at)


def shut(officer: User, license: License | None = None, *, at: datetime = ASKED, **facts) -> WindowRequest:
    case = opened(officer, license, at=at, **facts)
    shut_what_is_over(at=case.opening.closes_at)
    return fresh(case)


def refused(officer: User, license: License | None = None, *, at: datetime = ASKED) -> WindowRequest:
    case = in_review(officer, license, at=at)
    return review.refuse_window(case, ground="papers", reason="The invoice is missing.", by=officer, at=at + 3 * HOUR)


def withdrawn(license: License | None = None, *, at: datetime = ASKED) -> WindowRequest:
    case = requested(license, at=at)
    return asking.withdraw_window_request(case, by=owner_of(case.license), at=at + HOUR)


def first(license: License | None = None, *, at: datetime = ASKED, by: User | None = None) -> FirstWindow:
    license = license or factories.license()
    return openings.open_first_window(license, at, by=by or User.objects.clockwork(), at=at)


def fresh(case):
    return type(case).objects.with_license().get(pk=case.pk)


WORDS = Words("884213", "Move 12 plants to room B.", "A worker chose the wrong room.", "Tomás Lucero", "505-555-0142")


def correction(license: License | None = None, *, at: datetime = ASKED, words: Words = WORDS) -> Correction:
    license = license or factories.license()
    owner = owner_of(license)
    return corrections.submit_correction(corrections.begin_correction(license, by=owner, at=at), words, by=owner, at=at)


def every(firm: Licensee, officer: User) -> dict[str, Any]:
    """One window in each state that a page speaks of, two corrections, and a license that could have its first window."""
    owner = firm.representatives.filter(standing="owner", removed_at=None).first().user  # type: ignore[union-attr]
    found: dict[str, Any] = {}

    def license() -> License:
        return factories.license(licensee=firm, issued_on=date(2026, 10, 1), mature_plants=100)

    found["drafted"] = drafted(license())
    words = {"lines": "1", "item-0-kind": "seed", "item-0-strain": "Sandia Haze", "item-0-quantity": "40"}
    words |= {"item-0-source": "Mesa Seed Bank", "company": firm.name, "contact": owner.name, "phone": "505-555-0142"}
    words |= {"email": owner.email, "purpose": "new", "message": "We want to grow a new strain."}
    asking.keep_words(found["drafted"], words, seen="", right="begin_request", by=owner, at=ASKED)
    about = {name: words[name] for name in ("contact", "phone")} | {
        "ticket": "884213",
        "what": "A move.",
        "why": "A slip.",
    }
    begun = corrections.begin_correction(found["drafted"].license, by=owner, at=ASKED)
    asking.keep_words(begun, about, seen="", right="begin_correction", by=owner, at=ASKED)
    found["requested"] = requested(license())
    other = factories.licensee(name="Enchanted Acre Farm")
    many = (rules.Item(rules.CLONE, "Blue Piñon", 2500, f"Clones from {other.name}"), *ITEMS)
    found["in_review"] = in_review(officer, license(), items=many)
    found["documents_asked"] = documents_asked(officer, license())
    found["approved"] = approved(officer, license())
    found["open"] = opened(officer, license(), at=ASKED - 47 * HOUR)
    found["shut"] = shut(officer, license(), at=ASKED - 120 * HOUR)
    found["first"] = first(license())
    found["correction"] = correction(license())
    found["correction_asked"] = corrections.ask_about_correction(
        correction(license()), "Which room?", by=officer, at=ASKED + HOUR
    )
    found["new"] = license()
    return found

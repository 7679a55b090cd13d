"""How a page writes days, times, deadlines and icons. Always the Division's clock, America/Denver."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casefile import deadlines
from casefile.models import Deadline

register = template.Library()

DENVER = ZoneInfo("America/Denver")
SOON = 3
DIVISION = {
    "name": "Cannabis Control Division",
    "department": "New Mexico Regulation and Licensing Department",
    "phone": "505-555-0100",
    "email": "ccd@example.nm.gov",
    "hours": "Monday to Friday, 8 a.m. to 5 p.m.",
}


@register.simple_tag
def division(fact: str) -> str:
    """One fact about the Division: name, department, phone, email or hours. `settings.DIVISION` may replace any."""
    facts: dict[str, str] = DIVISION | getattr(settings, "DIVISION", {})
    return facts[fact]


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture from our sprite, hidden from screen readers; the words beside it carry the meaning."""
    source = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="ico" aria-hidden="true" focusable="false"><use href="{}"/></svg>', source)


@register.simple_tag
def segments(done: int, half: int, total: int) -> list[str]:
    """One mark per part of a whole: `on`, then `half`, then empty."""
    return (["on"] * done + ["half"] * (half or 0) + [""] * total)[:total]


def in_denver(value: date | datetime) -> date | datetime:
    """An instant as the Division's clock shows it; a day stays a day."""
    return value.astimezone(DENVER) if isinstance(value, datetime) else value


def _day(value: date | datetime) -> date:
    local = in_denver(value)
    return local.date() if isinstance(local, datetime) else local


@register.filter
def day_long(value: date | datetime | None) -> str:
    """ "Wednesday, November 25, 2026"; nothing for nothing."""
    return f"{_day(value):%A, %B} {_day(value).day}, {_day(value).year}" if value else ""


@register.filter
def day_plain(value: date | datetime | None) -> str:
    """ "November 25, 2026"; nothing for nothing."""
    return f"{_day(value):%B} {_day(value).day}, {_day(value).year}" if value else ""


@register.filter
def day_short(value: date | datetime | None) -> str:
    """ "Wed, Nov 25"; nothing for nothing."""
    return f"{_day(value):%a, %b} {_day(value).day}" if value else ""


@register.filter
def time_12(value: datetime | None) -> str:
    """ "4:12 p.m."; nothing for nothing."""
    if not value:
        return ""
    local = value.astimezone(DENVER)
    return f"{local.hour % 12 or 12}:{local:%M} {'a.m.' if local.hour < 12 else 'p.m.'}"


@register.filter
def instant(value: datetime | None) -> str:
    """ "Tue, Nov 17, 4:12 p.m."; nothing for nothing."""
    return f"{day_short(value)}, {time_12(value)}" if value else ""


@register.filter
def machine_time(value: date | datetime | None) -> str:
    """What stands in the `datetime` attribute of a `time` element."""
    return in_denver(value).isoformat() if value else ""


@register.filter
def due_words(due: datetime, at: datetime) -> str:
    """ "Overdue since Tue, Nov 17", "Due today by 11:59 p.m.", "Due tomorrow, Fri, Nov 20" or "Due Wed, Nov 25"."""
    if due < at:
        return f"Overdue since {day_short(due)}"
    days = (_day(due) - _day(at)).days
    if days == 0:
        return f"Due today by {time_12(due)}"
    return f"Due {'tomorrow, ' if days == 1 else ''}{day_short(due)}"


@register.filter
def left(deadline: Deadline, at: datetime) -> str:
    """ "2 business days left", "10 days left" or "Last day", in the days that its reminders count."""
    return deadlines.left(deadline, at)


@register.filter
def due_tone(due: datetime, at: datetime) -> str:
    """The shape of the icon: `over` when late, `soon` within three weekdays, else `later`."""
    if due < at:
        return "over"
    day, left = _day(at), 0
    while day < _day(due) and left <= SOON:
        day += timedelta(days=1)
        left += day.weekday() < 5
    return "soon" if left <= SOON else "later"

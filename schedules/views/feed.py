"""The private calendar feed: the page on which an officer makes its address, and the feed itself."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.generic import TemplateView
from icalendar import Calendar, Event

from accounts.models import User
from accounts.rights import OPEN, Guarded
from casefile.calendar import local_day
from casefile.views.calendar import MAKER
from schedules.actions.feeds import end_feed, make_feed, officer_of
from schedules.actions.reads import note_feed
from schedules.models import Feed
from schedules.queries.month import field_days

PAST = timedelta(days=31)
WRONG = "wrong_feed"  # the limit of wrong keys in the settings


class FeedPage(Guarded, TemplateView):
    """One's own feed: make a new address, which is shown once, or end it."""

    rights = "schedules.see_own_month"
    template_name = "schedules/feed.html"
    address = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A new address stands on the answer itself: it is kept nowhere, so no other page can show it."""
        if request.POST.get("act") == "end":
            end_feed(self.user)
            messages.success(request, "The feed has ended. Remove it from your calendar.")
            return HttpResponseRedirect(reverse("schedules:feed_page"))
        key = make_feed(self.user, at=timezone.now())
        self.address = f"{settings.BASE_URL}{reverse('schedules:feed', args=[key])}"
        response = self.render_to_response(self.get_context_data(**kwargs))
        response["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "feed": Feed.objects.filter(officer=self.user).first(),
            "address": self.address,
        }


@method_decorator(login_not_required, name="dispatch")
class FeedFile(Guarded):
    """The feed of whoever's key stands in the address; a calendar asks for it without signing in."""

    http_method_names = ["get", "head", "options"]
    rights = OPEN

    def get(self, request: HttpRequest, feed: str) -> HttpResponse:
        officer = officer_of(feed)
        if officer is None:
            if too_many := ratelimit.consume_or_429(request, action=WRONG, limit_get=True):
                return too_many
            raise Http404("No such feed.")
        at = timezone.now()
        note_feed(officer, at=at)
        response = HttpResponse(as_calendar(officer, at), content_type="text/calendar; charset=utf-8")
        response["Cache-Control"] = "private, no-store"
        response["Content-Disposition"] = 'inline; filename="field-days.ics"'
        response["X-Robots-Tag"] = "noindex"
        return response


def as_calendar(officer: User, at: datetime) -> bytes:
    """The field days of an officer (RFC 5545): no name, no number, no town of a licensee."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Field days")
    for day, visits, counties in field_days(officer, local_day(at) - PAST):
        calendar.add_component(entry_of(officer, day, visits, counties, at))
    return calendar.to_ical()


def entry_of(officer: User, day: date, visits: int, counties: list[str], at: datetime) -> Event:
    """A whole day, with how many visits, and where only as far as it does not say which premises."""
    event = Event()
    where = f", {' and '.join(counties)} County" if counties else ""
    event.add("uid", f"field-day.{officer.pk}.{day.isoformat()}@{settings.MAIL.domain}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("summary", f"Field day, {visits} visit{'s' * (visits != 1)}{where}")
    event.add("description", "Sign in to see where.")
    event.add("url", f"{settings.BASE_URL}{reverse('schedules:my_month', args=[f'{day:%Y-%m}'])}")
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "OPAQUE")
    event.add("class", "CONFIDENTIAL")
    return event

"""Whoever works stays signed in: a session counts from the last page, written at most ten times in its length.

Whoever comes back too late loses no word: what they sent is kept until they have signed in again.
"""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views import csrf

from casefile.views import kept

SEEN = "seen"


def step() -> int:
    """How many seconds may pass before the session is written anew."""
    return settings.SESSION_COOKIE_AGE // 10


def seconds_left() -> int:
    """How long somebody who opens a page now surely stays signed in."""
    return settings.SESSION_COOKIE_AGE - step()


class KeepSession:
    """Middleware: move the end of a session forward while its owner opens pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            if now - request.session.get(SEEN, 0) >= step():
                request.session[SEEN] = now
        return self.get_response(request)


class AskToSignIn(LoginRequiredMiddleware):
    """Middleware: send whoever is not signed in to the page for that, with their words in keeping."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        if request.method == "POST" and kept.keep(request):
            kept.say_so(request)
        return super().handle_no_permission(request, view_func)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form from before its author signed in anew comes back filled in; any other is refused."""
    if kept.keep(request) and kept.kept(request) is not None:
        return HttpResponseRedirect(request.path)
    return csrf.csrf_failure(request, reason)

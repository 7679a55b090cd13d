"""Whoever works stays signed in: a session counts from the last page, written at most ten times in its length."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

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

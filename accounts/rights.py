"""How a page names the row of the table that opens it, and what everybody else gets.

A representative who may not see a page gets the same answer as for a page that is not there. Staff are told that the
right is missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views import View

from accounts.models import Role, User
from accounts.permissions import TABLE, Thing, allows, ever_allows

SIGNED_IN = "signed in"  # in place of a row: a page of one's own, for everyone who is signed in
OPEN = "open"  # in place of a row: a page for everyone; it is also marked login_not_required


@dataclass(frozen=True)
class Standing:
    """What the reader is to the licensee of a thing that they may see: owner, manager, viewer, or nothing."""

    value: str

    def is_assigned_to(self, user: User) -> bool:
        return False

    def standing_of(self, user: User) -> str:
        return self.value


def check(user: User, row: str, thing: Thing | None = None, *, lists: bool = False) -> None:
    """Let `user` pass or raise PermissionDenied. A list has no thing: it asks whether the row is ever open to them."""
    if row in (SIGNED_IN, OPEN):
        return
    if not (ever_allows(user, row) if lists else allows(user, row, thing)):
        raise PermissionDenied(f"{user} may not {row}")


def named(rights: str, kwargs: dict[str, Any]) -> str:
    """The row that `rights` names; "inspections.{step}" takes the step from the address, or raises Http404."""
    row = rights.format(**kwargs)
    if row != rights and row not in TABLE:
        raise Http404
    return row


class Guarded(View):
    """Base of every page: `rights` names its row, `get_guarded()` gives the thing that the row is asked about.

    Load the thing in `setup()` from `visible_to(request.user)`. `rights_to_post` is for a page that more people may
    read than write. `lists` marks a page that shows what `visible_to` leaves of many things.
    """

    rights: str
    rights_to_post = ""
    lists = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Turn away a licensee to whom such a page is never open before anything is looked up.

        So what is forbidden also takes as long as what is not there.
        """
        super().setup(request, *args, **kwargs)
        row = named(self.row_asked, kwargs)
        of_licensee = getattr(request.user, "role", "") == Role.REPRESENTATIVE
        if of_licensee and row not in (SIGNED_IN, OPEN) and not ever_allows(self.user, row):
            raise refusal(self.user)

    @property
    def row_asked(self) -> str:
        """The row of the table that this request asks about, as the page names it."""
        return self.rights_to_post if self.rights_to_post and self.request.method == "POST" else self.rights

    @property
    def user(self) -> User:
        """Who reads the page."""
        return cast(User, self.request.user)

    def get_guarded(self) -> Thing | None:
        return None

    def may(self, row: str) -> bool:
        """Whether the person who reads the page may also do this; for buttons."""
        return allows(self.user, row, self.get_guarded())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            check(self.user, named(self.row_asked, self.kwargs), self.get_guarded(), lists=self.lists)
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            raise refusal(self.user) from None


def guarded(
    rights: str, *, thing: Callable[..., Thing | None] | None = None, to_post: str = "", lists: bool = False
) -> Callable:
    """The same for a view that is a function; `thing` gets the request and what the address holds."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            row = named(to_post if to_post and request.method == "POST" else rights, kwargs)
            about = thing(request, **kwargs) if thing else None
            try:
                check(request.user, row, about, lists=lists)  # type: ignore[arg-type]
                return view(request, *args, **kwargs)
            except PermissionDenied:
                raise refusal(request.user) from None

        page.rights, page.rights_to_post = rights, to_post  # type: ignore[attr-defined]
        return page

    return decorate


def refusal(user: Any) -> Exception:
    """What somebody without the right gets: a licensee cannot tell it from a page that is not there."""
    if getattr(user, "role", Role.REPRESENTATIVE) == Role.REPRESENTATIVE:
        return Http404()
    return PermissionDenied()

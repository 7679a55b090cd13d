"""Words that were sent after their author had been signed out: kept until they sign in again, and shown to nobody else.

A form that carries `author` (see `components/act_fields.html`) is protected. Its words wait in the session of the
browser that sent them, by the address of its page; files are not kept.
"""

from collections.abc import Mapping
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.core.signing import BadSignature, Signer
from django.forms.utils import ErrorDict
from django.http import HttpRequest, QueryDict

FormOf = TypeVar("FormOf", bound=forms.BaseForm)

KEPT = "kept"
AUTHOR = "author"
NOT_WORDS = ("csrfmiddlewaretoken", "once", "version", AUTHOR)
MOST_SIGNS = 200_000
MOST_PAGES = 5
SAVED = "We signed you out to protect your account. Your answers are saved. Sign in to go on."
PICK_AGAIN = "Then pick your files again."


def signed(request: HttpRequest) -> str:
    """Who fills in a form, so that it can be told when the session is over."""
    return Signer(salt=__name__).sign(str(request.user.pk))


def keep(request: HttpRequest) -> bool:
    """Keep the words of a form whose author is signed out; False where nobody can tell whose they are."""
    try:
        author = int(Signer(salt=__name__).unsign(request.POST.get(AUTHOR, "")))
    except (BadSignature, ValueError):
        return False
    words = request.POST.copy()
    for name in NOT_WORDS:
        words.pop(name, None)
    text = words.urlencode()
    if len(text) > MOST_SIGNS:
        return False
    others = [(path, entry) for path, entry in _all(request).items() if path != request.path]
    request.session[KEPT] = dict(others[1 - MOST_PAGES :]) | {request.path: {"author": author, "words": text}}
    return True


def say_so(request: HttpRequest) -> None:
    """Tell who was signed out that nothing is lost."""
    messages.info(request, f"{SAVED} {PICK_AGAIN}" if request.FILES else SAVED)


def kept(request: HttpRequest) -> QueryDict | None:
    """The words that wait for this person on this page."""
    entry = _all(request).get(request.path)
    if entry is None or entry["author"] != request.user.pk:
        return None
    return QueryDict(entry["words"])


def forget(request: HttpRequest) -> None:
    """The words of this page were sent."""
    others = _all(request)
    if others.pop(request.path, None) is not None:
        request.session[KEPT] = others


def as_typed(form: FormOf, words: Mapping | None) -> FormOf:
    """`form` showing `words` as they were typed, with nothing judged yet; without words as it is."""
    if words is not None:
        form.is_bound, form.data = True, words
        form._errors = ErrorDict()  # type: ignore[attr-defined]
    return form


def _all(request: HttpRequest) -> dict[str, dict]:
    return dict(request.session.get(KEPT, {}))

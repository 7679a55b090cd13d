"""What the pages of the settings share: the row of tabs above them."""

from typing import Any

from django.urls import reverse
from django.views.generic.base import ContextMixin, RedirectView

from accounts.permissions import ever_allows
from accounts.rights import Guarded

TABS = [
    ("Holidays", "casefile:holidays", "casefile.see_holidays"),
    ("Open points of law", "casefile:policies", "casefile.see_policies"),
    ("People", "casefile:staff", "accounts.see_staff"),
]


class SettingsPage(ContextMixin):
    """A page under Settings."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request = self.request  # type: ignore[attr-defined]
        open_to = [(label, reverse(name)) for label, name, row in TABS if ever_allows(request.user, row)]
        tabs = [{"label": label, "url": url, "current": request.path.startswith(url)} for label, url in open_to]
        return super().get_context_data(**kwargs) | {"tabs": tabs}


class Settings(Guarded, RedirectView):
    """The settings begin with what everybody here may see."""

    rights = "casefile.see_holidays"
    pattern_name = "casefile:holidays"

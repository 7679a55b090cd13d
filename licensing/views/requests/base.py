"""What every page of one request begins with, and how a form of it looks."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.rights import Guarded
from casefile.calendar import local_day
from casefile.views.acts import ActPage
from licensing.models import PlantRequest
from licensing.queries.request_pages import weighed
from licensing.queries.request_steps import tone_of

TABS = (("Overview", "request"), ("Papers", "request_papers"), ("Letters and history", "request_record"))


def request_url(name: str, case: PlantRequest) -> str:
    return reverse(f"licensing:{name}", args=[case.file.ref])


class OfRequest(Guarded):
    """A page of one request, whose address names it as `ref`. `draft` is the draft that it shows."""

    rights = "licensing.see_requests"
    draft = ""
    case: PlantRequest
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        self.weighed = weighed(self.user, kwargs["ref"], on=local_day(self.at), draft=self.draft)
        self.case = self.weighed.case

    def get_guarded(self) -> PlantRequest:
        return self.case

    def crumbs(self, *here: str) -> list[tuple[str, str]]:
        """The way from the desk to this page."""
        number = (f"Case {self.case.file.ref}", request_url("request", self.case) if here else "")
        return [("Requests", reverse("licensing:requests")), number, *((name, "") for name in here)]


class RequestPage(OfRequest):
    """A page of one request that asks nothing."""

    here = "request"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = [label for label, name in TABS[1:] if name == self.here]
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "case": self.case,
            "tone": tone_of(self.case),
            "crumbs": self.crumbs(*labels),
            "facts": facts_of(self.case),
            "tabs": [
                {"label": label, "url": request_url(name, self.case), "current": name == self.here}
                for label, name in TABS
            ],
        }


def facts_of(case: PlantRequest) -> list[tuple[str, str]]:
    """What stands below the name of the licensee."""
    officer = case.officer.name if case.officer else "nobody yet"
    return [("Case", case.file.ref), ("License", case.license.number), ("Officer", officer)]


class RequestAct(OfRequest, ActPage):
    """A form of the office about one request."""

    template_name = "licensing/request_act.html"

    def trail(self) -> list[tuple[str, str]]:
        return self.crumbs(self.title)

"""One license: what it allows, until when, and where."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.rights import Guarded
from licensing.models import License
from licensing.queries.compliance import compliance_record
from licensing.views.premises import layout

MOST_PLACES = 200


class LicensePage(Guarded, TemplateView):
    """A license with its premises and its cases."""

    rights = "licensing.see"
    template_name = "licensing/license.html"
    license: License

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = License.objects.visible_to(self.user).select_related("licensee")
        self.license = get_object_or_404(rows, number=kwargs["number"])

    def get_guarded(self) -> License:
        return self.license

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = list(self.license.premises.order_by("number")[:MOST_PLACES])
        return super().get_context_data(**kwargs) | {
            "layout": layout(self.user.is_division),
            "office": self.user.is_division,
            "license": self.license,
            "places": places,
            "record": compliance_record(self.user, places, at=timezone.now()),
        }

"""What the pages of the notice, the reviews and the outcomes have in common: their frame, and drafts that are kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Prefetch, prefetch_related_objects
from django.template.defaultfilters import filesizeformat

from casefile.templatetags.ccd import instant
from casefile.views import drafted, kept
from inspections.models import Evidence, Inspection, Violation
from inspections.views.base import OfCase
from inspections.views.cards import document_url, photo
from inspections.views.office import OfficeAct, crumbs_of
from inspections.views.rows import case_url

WITH_ROUNDS = ("plans", "proofs__evidence__document", "evidence__document")
KINDS = {"application/pdf": "PDF"}


def load(case: Inspection, *rounds: str) -> list[Violation]:
    """The violations of `case` with these of their rounds and files, once; the case's own questions use them too."""
    wanted = Violation.objects.select_related("entry", "verified_by").prefetch_related(*rounds or WITH_ROUNDS)
    prefetch_related_objects([case], Prefetch("violations", wanted))
    return list(case.violations.all())


class Framed(OfCase):
    """A page of a case that asks nothing."""

    title = ""
    lead = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "case": self.case,
            "title": self.title,
            "lead": self.lead,
            "crumbs": crumbs_of(self.case, self.title),
            "back_url": case_url("case", self.case),
        }


class LastLook(OfficeAct):
    """An act with its consequence in one sentence above its button."""

    template_name = "inspections/notice_act.html"

    def get_form(self, form_class: type[forms.Form] | None = None) -> forms.Form:
        """The form; its parts too are filled with what was sent when the author had been signed out."""
        form = super().get_form(form_class)
        words = None if self.request.method == "POST" else kept.kept(self.request)
        for part in getattr(form, "parts", ()):
            kept.as_typed(part, words)
        return form


class Drafted(drafted.Drafted, LastLook):
    """An act on each of some violations, whose words are kept as they are typed."""

    def get_parts(self) -> list[Violation]:
        """The violations that are asked about."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        typed = {} if self.request.method == "POST" else self.get_typed()
        return super().get_form_kwargs() | {"typed": typed, "violations": self.get_parts()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"has_errors": context["form"].has_errors}


def photos_among(evidence: Iterable[Evidence], number: int) -> list[dict[str, str]]:
    """Those of these files that can be looked at in the page, as the photos component wants them."""
    shown = [row for row in evidence if row.document.has_copy]
    return [photo(row, n, number) for n, row in enumerate(shown, start=1)]


def facts_among(evidence: Iterable[Evidence]) -> list[dict[str, str]]:
    """What is known of the files behind these photos, each with its original."""
    shown = [row.document for row in evidence if row.document.has_copy]
    return [
        {
            "name": f"Original of photo {n}",
            "url": document_url(document),
            "words": f"{filesizeformat(document.size)}, received {instant(document.received_at)}",
        }
        for n, document in enumerate(shown, start=1)
    ]


def papers(evidence: Iterable[Evidence]) -> list[dict[str, str]]:
    """The files that can not be looked at in the page, as the document component wants them."""
    return [
        {
            "name": row.document.name,
            "url": document_url(row.document),
            "kind": KINDS.get(row.document.media_type, row.document.media_type),
            "size": filesizeformat(row.document.size),
            "note": f"Received {instant(row.document.received_at)}",
        }
        for row in evidence
        if not row.document.has_copy
    ]

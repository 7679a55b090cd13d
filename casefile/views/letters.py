"""A letter on record: its words as they were sent, its paper, and what became of each copy."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from accounts.models import Role
from accounts.rights import Guarded
from casefile import delivery, notices
from casefile.forms import SettleForm
from casefile.letters import LETTERS
from casefile.mail import paper_name
from casefile.models import Case, Delivery, Notice
from casefile.views.once import OnceView

TONES = {
    Delivery.State.ACCEPTED: "green",
    Delivery.State.ACKNOWLEDGED: "green",
    Delivery.State.BOUNCED: "red",
    Delivery.State.UNKNOWN: "amber",
    Delivery.State.HELD: "amber",
    Delivery.State.QUEUED: "blue",
    Delivery.State.SENT: "blue",
}


class OfLetter(Guarded):
    """A page of one letter. Its case says who may see it; a licensee sees the letters to them that have left."""

    rights = "casefile.see_letter"
    notice: Notice
    case: Case

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = Notice.objects.select_related("file").filter(key=kwargs["key"]).first()
        if found is None or found.file is None or not self._is_shown(found):
            raise Http404("No such letter.")
        self.notice, self.case = found, found.file.case

    def _is_shown(self, notice: Notice) -> bool:
        if getattr(self.request.user, "role", Role.REPRESENTATIVE) != Role.REPRESENTATIVE:
            return True
        to_them = LETTERS[notice.letter].to == "licensee"
        return to_them and notice.stopped_at is None and notice.release_at <= timezone.now()

    def get_guarded(self) -> Case:
        return self.case


class ShowLetter(OfLetter, TemplateView):
    """The letter. The office sees each copy and what became of it; a licensee sees the letter."""

    def get_template_names(self) -> list[str]:
        return ["casefile/letter.html" if self.user.is_division else "casefile/letter_to_licensee.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        assert self.notice.file is not None
        return super().get_context_data(**kwargs) | {
            "notice": self.notice,
            "title": LETTERS[self.notice.letter].title,
            "ref": self.notice.file.ref,
            "letters_url": self.case.letters_url if self.user.is_division else "",
            "paper": paper_name(self.notice) if self.notice.page else "",
            "copies": self._copies() if self.user.is_division else [],
        }

    def _copies(self) -> list[dict[str, Any]]:
        may = self.may("casefile.settle_delivery")
        return [
            {
                "copy": copy,
                "tone": TONES.get(Delivery.State(copy.state), ""),
                "at": copy.sent_at or copy.settled_at,
                "settle_url": self._settle_url(copy) if may and self._waits(copy) else "",
            }
            for copy in self.notice.deliveries.all()
        ]

    def _waits(self, copy: Delivery) -> bool:
        copy.notice = self.notice
        return bool(delivery.choices_by_hand(copy))

    def _settle_url(self, copy: Delivery) -> str:
        return reverse("casefile:settle_delivery", args=[self.notice.key, copy.pk])


class LetterPaper(OfLetter):
    """The PDF of a letter, made when it is first wanted where it was not made at once."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        if not self.notice.page:
            raise Http404("This letter went by mail alone.")
        response = HttpResponse(notices.pdf_of(self.notice), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{paper_name(self.notice)}"'
        response["Cache-Control"] = "private, no-store"
        return response


class SettleDelivery(OfLetter, OnceView):
    """A person says what became of a copy that no machine knows of."""

    rights = "casefile.settle_delivery"
    template_name = "casefile/settle_delivery.html"
    form_class = SettleForm
    done = "It is on record what became of the letter."
    copy: Delivery

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = self.notice.deliveries.filter(pk=kwargs["copy"]).first()
        if found is None:
            raise Http404("No such copy.")
        self.copy = found
        self.copy.notice = self.notice

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"choices": delivery.choices_by_hand(self.copy)}

    def get_success_url(self) -> str:
        return reverse("casefile:letter", args=[self.notice.key])

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        said = form.cleaned_data
        delivery.settle_by_hand(self.copy, said["state"], detail=said["detail"], **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        facts = {"notice": self.notice, "copy": self.copy, "open": bool(delivery.choices_by_hand(self.copy))}
        return super().get_context_data(**kwargs) | facts

"""The contact form, for people who are signed in and for everybody else."""

from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView

from accounts.models import Role, User
from accounts.rights import OPEN, Guarded
from casefile.actions import Refused, once, replied
from casefile.models import new_key
from casefile.views.acts import body_of
from help_center.actions.questions import Asker, ask_question
from help_center.forms.ask import AskForm
from help_center.models import Question
from help_center.views.public import InLanguage
from licensing.models import Licensee

MAY_ASK = ("owner", "manager")


@method_decorator(login_not_required, name="dispatch")
class Ask(InLanguage, Guarded, FormView):
    """A question to the officers. Sent twice it is asked once; too many from one place wait."""

    rights = OPEN
    form_class = AskForm
    template_name = "help_center/ask.html"

    @property
    def person(self) -> User | None:
        """The representative who asks; staff write down what somebody else asks, as somebody outside does."""
        return self.user if getattr(self.user, "role", "") == Role.REPRESENTATIVE else None

    @property
    def is_signed_in(self) -> bool:
        return bool(self.request.user.is_authenticated)

    @cached_property
    def licensees(self) -> list[Licensee]:
        """Those that this person may ask for."""
        if self.person is None:
            return []
        stands = self.person.represents.filter(removed_at=None, standing__in=MAY_ASK).select_related("licensee")
        return [it.licensee for it in stands.order_by("licensee__name", "pk")]

    def get_initial(self) -> dict[str, Any]:
        return {"subject": self.request.GET.get("q", "").replace("\0", "")[:100]}

    def get_form_kwargs(self) -> dict[str, Any]:
        known = {"is_known": self.person is not None, "licensees": self.licensees}
        return super().get_form_kwargs() | {"words": self.said} | known

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        by = self.user if self.is_signed_in else User.objects.clockwork()
        key = self.request.POST.get("once", "")[:64] or new_key()
        sent = {"by": by, "path": self.request.path, "body": body_of(self.request)}
        if address := replied(key, **sent):
            return HttpResponseRedirect(address)
        if not self._is_in_measure(form.cleaned_data):
            form.add_error(None, self.said["too_many"])
            return self.render_to_response(self.get_context_data(form=form), status=429)
        at = timezone.now()
        try:
            address = once(key, at=at, do=lambda: self._ask(form.cleaned_data, by, at), **sent)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
            return self.form_invalid(form)
        if self.person:
            messages.success(self.request, "We got your question. The answer comes by email and stands here.")
        return HttpResponseRedirect(address)

    def _is_in_measure(self, typed: dict[str, Any]) -> bool:
        """Count this question; False where there were too many from this network, this address or this person."""
        if self.is_signed_in:
            return ratelimit.consume(self.request, action="ask_question_as")
        return ratelimit.consume(self.request, action="ask_question", key=typed["email"].lower())

    def _ask(self, typed: dict[str, Any], by: User, at: Any) -> str:
        question = ask_question(
            self._asker(typed), subject=typed["subject"], text=typed["text"], language=self.language, by=by, at=at
        )
        return self._after(question)

    def _asker(self, typed: dict[str, Any]) -> Asker:
        if self.person is None:
            return Asker(typed["name"], typed["email"])
        chosen = next((it for it in self.licensees if it.key == typed.get("licensee")), None)
        return Asker(self.person.name, self.person.email, self.person, chosen)

    def _after(self, question: Question) -> str:
        if self.person:
            return reverse("help_center:own_question", args=[question.file.key])
        if self.is_signed_in:
            return question.get_absolute_url()
        return reverse("help_center:sent") + ("?lang=es" if self.language == "es" else "")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"once": self.request.POST.get("once") or new_key()}


@method_decorator(login_not_required, name="dispatch")
class Sent(InLanguage, Guarded, TemplateView):
    """The same page after every question from outside; it says nothing of what was asked."""

    rights = OPEN
    template_name = "help_center/sent.html"

"""A person's own pages: where they begin, who they are, and how they come in for the first time."""

from copy import copy
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, UpdateView

from accounts.actions import accept_invitation
from accounts.forms import NewPasswordForm, ProfileForm
from accounts.models import Invitation, User
from accounts.rights import OPEN, SIGNED_IN, Guarded, guarded


@guarded(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """Send each person to where their work begins."""
    try:
        return redirect(settings.HOMES[request.user.role])  # type: ignore[union-attr]
    except NoReverseMatch:
        return redirect("accounts:profile")


class Profile(Guarded, UpdateView):
    """One's own name and phone."""

    rights = SIGNED_IN
    form_class = ProfileForm
    template_name = "accounts/profile.html"
    success_url = reverse_lazy("accounts:profile")

    def get_object(self, queryset: Any = None) -> User:
        return copy(self.request.user)  # type: ignore[return-value]  # so that the header does not show what is not saved

    def form_valid(self, form: ModelForm) -> HttpResponse:
        messages.success(self.request, "Your changes are saved.")
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        layout = "office" if self.request.user.is_division else "public"  # type: ignore[union-attr]
        return super().get_context_data(**kwargs) | {"layout": f"layouts/{layout}.html"}


@method_decorator([login_not_required, never_cache, sensitive_post_parameters()], name="dispatch")
class AcceptInvitation(Guarded, FormView):
    """Choose a password from the link in the mail. Opening the page uses nothing up; sending the form does, once."""

    rights = OPEN
    form_class = NewPasswordForm
    template_name = "accounts/invitation.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        open_now = Invitation.objects.of_key(kwargs["key"]).open(timezone.now())
        self.invitation = open_now.select_related("user", "invited_by").first()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.invitation is None:
            return self.gone()
        return super().dispatch(request, *args, **kwargs)

    def gone(self) -> HttpResponse:
        """The same page for a link that was used, is too old, or never was."""
        return self.response_class(self.request, "accounts/invitation_gone.html", status=410)

    def get_form_kwargs(self) -> dict[str, Any]:
        assert self.invitation
        return super().get_form_kwargs() | {"user": self.invitation.user}

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        user = accept_invitation(self.kwargs["key"], form.cleaned_data["password1"], at=timezone.now())
        if user is None:
            return self.gone()
        login(self.request, user, backend="accounts.adapter.Backend")
        messages.success(self.request, "Your password is saved. You are signed in.")
        return HttpResponseRedirect(reverse("accounts:home"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"invitation": self.invitation}

"""Who works at the Division: the list, a person, and what an administrator may do."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.generic import ListView

from accounts.models import User
from accounts.rights import Guarded
from casefile import people
from casefile.forms import RoleForm, StaffForm
from casefile.views.once import OnceView
from casefile.views.settings import SettingsPage
from casefile.work import left_by


class StaffList(SettingsPage, Guarded, ListView):
    """Everybody who works here; those who were let go stand last."""

    rights = "accounts.see_staff"
    template_name = "casefile/staff.html"

    def get_queryset(self) -> Any:
        return User.objects.staff()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.may("accounts.change_staff")
        return super().get_context_data(**kwargs) | {
            "rows": [row_of(person, may) for person in self.object_list],
            "columns": ["Name", "Role", "Phone", "Can sign in"],
            "add": ("Add a person", reverse("casefile:staff_add")) if may else None,
        }


def row_of(person: User, linked: bool) -> dict[str, Any]:
    """A line of the list."""
    return {
        "text": person.name,
        "sub": person.email,
        "url": reverse("casefile:staff_member", args=[person.pk]) if linked else "",
        "cells": [
            {"label": "Role", "text": person.get_role_display()},
            {"label": "Phone", "text": person.phone or "Not given"},
            {"label": "Can sign in", "text": status_of(person), "tone": "" if person.is_active else "red"},
        ],
    }


def status_of(person: User) -> str:
    """Whether a person can come in, in a word or two."""
    if not person.is_active:
        return "Let go"
    return "Yes" if person.has_usable_password() else "Invited"


class AddStaff(SettingsPage, OnceView):
    """Ask a person in."""

    rights = "accounts.change_staff"
    form_class = StaffForm
    template_name = "casefile/staff_add.html"
    success_url = reverse_lazy("casefile:staff")
    done = "The invitation is on its way."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.invite_staff(**form.cleaned_data, **common)


class OnPerson(SettingsPage, OnceView):
    """A page about one person who works here."""

    rights = "accounts.change_staff"
    member: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.member = get_object_or_404(User.objects.staff(), pk=kwargs["member"])

    def get_success_url(self) -> str:
        return reverse("casefile:staff_member", args=[self.member.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"member": self.member, "status": status_of(self.member)}


class StaffMember(OnPerson):
    """One person: the role, and the ways to let them go or in."""

    form_class = RoleForm
    template_name = "casefile/staff_member.html"
    done = "The role is changed."

    def get_initial(self) -> dict[str, Any]:
        return {"role": self.member.role}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.change_role(self.member, role=form.cleaned_data["role"], by=self.user)


class LetGo(OnPerson):
    """Take all access away, and say which work is left behind."""

    template_name = "casefile/staff_let_go.html"

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.deactivate(self.member, by=self.user)
        left = left_by(self.member, common["at"])
        self.done = "They are signed out everywhere and can not sign in."
        if left:
            self.done += f" They leave {', '.join(left)}. Ask a supervisor to hand this over today."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"left": left_by(self.member, timezone.now())}


class LetIn(OnPerson):
    template_name = "casefile/staff_let_in.html"
    done = "They can sign in again."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.reactivate(self.member, by=self.user)


class InviteAgain(OnPerson):
    template_name = "casefile/staff_invite.html"
    done = "A new invitation is on its way."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.invite_again(self.member, **common)

"""Handing over: who has how much, what one person has and who would get it, and work that nobody has."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.generic import TemplateView

from accounts.models import STAFF, User
from accounts.permissions import ever_allows
from accounts.rights import Guarded
from casefile.calendar import local_day
from casefile.views.once import OnceView
from casefile.work import CAN_OWN, Kind, counts, kinds
from schedules.actions.handover import hand_over
from schedules.actions.reads import note_read
from schedules.forms.officers import HandOverForm, TakersForm
from schedules.queries.handover import Piece, by_taker, pieces_of, seal

MOST = 50


class ChoosePerson(Guarded, TemplateView):
    """Everybody who has open work; those who cannot do it any longer stand first."""

    rights = "schedules.hand_over"
    template_name = "schedules/hand_over_choose.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = counts(timezone.now())
        people = User.objects.filter(role__in=STAFF).order_by("is_active", "name", "pk")
        rows = [person_row(it, found.get(it.pk, Counter())) for it in people if it.is_active or it.pk in found]
        columns = ["Name", *(capfirst(kind.many) for kind in kinds()), "Can sign in"]
        return super().get_context_data(**kwargs) | {"rows": rows, "columns": columns}


def person_row(person: User, found: "Counter[str]") -> dict[str, Any]:
    """A line of the list: how much of each kind."""
    cells: list[dict[str, Any]] = [
        {"label": capfirst(kind.many), "text": found[kind.key], "num": True} for kind in kinds()
    ]
    last = {
        "label": "Can sign in",
        "text": "Yes" if person.is_active else "No",
        "tone": "" if person.is_active else "red",
    }
    url = reverse("schedules:hand_over", args=[person.pk]) if found else ""
    return {"text": person.name, "sub": person.get_role_display(), "url": url, "cells": [*cells, last]}


class HandOver(OnceView):
    """All open work of one person: choose who takes it, look at the list, then hand it over."""

    rights = "schedules.hand_over"
    form_class = HandOverForm
    template_name = "schedules/hand_over.html"
    person: User

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()
        self.person = get_object_or_404(User.objects.filter(role__in=STAFF), pk=kwargs["person"])

    def people(self) -> QuerySet[User]:
        """Those who can take work."""
        return User.objects.filter(role__in=CAN_OWN, is_active=True).exclude(pk=self.person.pk)

    def chosen(self) -> TakersForm:
        """The form of the address that says who takes it."""
        asked = self.request.GET if "to" in self.request.GET else None
        return TakersForm(asked, people=self.people())

    def takers(self) -> list[User]:
        form = self.chosen()
        return list(form.cleaned_data["to"]) if form.is_bound and form.is_valid() else []

    def get_initial(self) -> dict[str, Any]:
        return {"leaves": not self.person.is_active}

    def get_success_url(self) -> str:
        return reverse("schedules:hand_over_choose")

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        said = form.cleaned_data
        given = hand_over(
            self.person, self.takers(), reason=said["reason"], leaves=said["leaves"], seen=said["seen"], **common
        )
        shared = ", ".join(f"{name} {n}" for name, n in by_taker(given).items())
        self.done = f"All work of {self.person.name} is handed over. {shared}." if given else "There was nothing open."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        takers = self.takers()
        pieces = pieces_of(self.person, takers or [self.person], self.at)
        if any(piece.kind.right == "schedules.see_plans" for piece in pieces):
            note_read(
                self.user, month=local_day(self.at), page="schedules:hand_over", of=self.person, at=self.at
            )  # fmt: skip
        choose = [("Hand over", reverse("schedules:hand_over_choose")), (self.person.name, "")]
        return super().get_context_data(**kwargs) | {
            "goes": self.person,
            "crumbs": choose,
            "groups": groups_of(pieces),
            "takers": takers,
            "chooser": self.chosen(),
            "seal": seal(pieces) if takers else "",
            "shares": by_taker(pieces) if takers else {},
            "count": len(pieces),
            "here": f"{self.request.path}?{urlencode([('to', it.pk) for it in takers])}" if takers else "",
            "back_url": self.request.path if takers else reverse("schedules:hand_over_choose"),
        }


def groups_of(pieces: list[Piece]) -> list[dict[str, Any]]:
    """The pieces by kind."""
    return [
        {
            "title": kind.counted(len(mine)), "key": kind.key,
            "lines": [{"line": piece.line, "to": piece.to.name} for piece in mine],
        }
        for kind in kinds()
        if (mine := [piece for piece in pieces if piece.kind is kind])
    ]  # fmt: skip


class Unowned(Guarded, TemplateView):
    """Work that belongs to somebody who cannot do it, or to nobody for too long."""

    rights = "schedules.see_officers"
    template_name = "schedules/unowned.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        groups = [group for kind in kinds() if (group := self._group(kind, list(kind.unowned(at)[: MOST + 1])))]
        return super().get_context_data(**kwargs) | {
            "groups": groups,
            "most": MOST,
            "may_hand_over": self.may("schedules.hand_over"),
        }

    def _group(self, kind: Kind, rows: list[Any]) -> dict[str, Any] | None:
        """One kind of work; what only some may read is counted for the others."""
        if not rows:
            return None
        shown = not kind.right or ever_allows(self.user, kind.right)
        return {
            "title": capfirst(kind.many), "key": kind.key, "count": len(rows[:MOST]), "more": len(rows) > MOST,
            "lines": [{"line": kind.line(row), "who": owner_words(kind, row)} for row in rows[:MOST]] if shown else [],
        }  # fmt: skip


def owner_words(kind: Kind, row: Any) -> str:
    """Who has it, and why that does not help."""
    owner = getattr(row, kind.owner)
    if owner is None:
        return "Nobody has it"
    return (
        f"{owner.name} was let go" if not owner.is_active else f"{owner.name} is {owner.get_role_display().lower()} now"
    )

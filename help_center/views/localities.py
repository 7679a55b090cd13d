"""Whom to call about odor, for those who keep the list."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from casefile.templatetags.ccd import day_plain, instant
from casefile.views.once import OnceView
from help_center.actions.localities import add_place, change_contact
from help_center.forms.articles import ContactForm, PlaceForm
from help_center.models import Locality, LocalityContact
from help_center.views.desk import DeskPage

COLUMNS = ["Place", "Office", "Phone", "Email", "Last changed"]
HISTORY = ["Version", "Contact", "Known from", "When", "By"]
TYPED = ("office", "phone", "email", "website")


class Localities(DeskPage, TemplateView):
    """Every place, with whom to call there today."""

    rights = "help_center.see_localities"
    template_name = "help_center/localities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        places = list(Locality.objects.with_contact())
        without = sum(not it.last or it.last[0].is_empty for it in places)
        return super().get_context_data(**kwargs) | {
            "columns": COLUMNS,
            "rows": [_row(it) for it in places],
            "without": without,
            "may_change": self.may("help_center.change_contact"),
        }


def _row(place: Locality) -> dict[str, Any]:
    last = place.last[0] if place.last else None
    facts = {"Office": "office", "Phone": "phone", "Email": "email"}
    cells = [{"label": label, "text": getattr(last, name) if last else ""} for label, name in facts.items()]
    return {
        "text": str(place),
        "sub": "" if place.kind == Locality.Kind.COUNTY else f"{place.county} County",
        "url": reverse("help_center:locality", args=[place.pk]),
        "cells": [*cells, {"label": "Last changed", "text": day_plain(last.at) if last else "No contact on record"}],
    }


class ChangeContact(DeskPage, OnceView):
    """The contact of one place with its versions; a change is a new version."""

    rights = "help_center.see_localities"
    rights_to_post = "help_center.change_contact"
    form_class = ContactForm
    template_name = "help_center/locality.html"
    done = "The contact is on record."
    place: Locality

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.place = get_object_or_404(Locality, pk=kwargs["place"])
        self.contacts = list(self.place.contacts.select_related("by"))

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.contacts[0], name) for name in TYPED} if self.contacts else {}

    def get_success_url(self) -> str:
        return reverse("help_center:localities")

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        assert isinstance(form, ContactForm)
        change_contact(self.place, form.contact(), source=form.cleaned_data["source"], **common)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "place": self.place,
            "columns": HISTORY,
            "rows": [_version(it) for it in self.contacts],
            "may_change": self.may("help_center.change_contact"),
        }


def _version(contact: LocalityContact) -> dict[str, Any]:
    said = ", ".join(filter(None, (getattr(contact, name) for name in TYPED)))
    return {
        "text": f"Version {contact.number}",
        "cells": [
            {"label": "Contact", "text": said or "Taken off"},
            {"label": "Known from", "text": contact.source},
            {"label": "When", "text": instant(contact.at)},
            {"label": "By", "text": contact.by.name},
        ],
    }


class AddPlace(DeskPage, OnceView):
    """A city, town or village."""

    rights = "help_center.change_contact"
    form_class = PlaceForm
    template_name = "help_center/locality_add.html"
    done = "The place is on the list. Now write down whom to call."

    def perform(self, form: forms.BaseForm, **common: Any) -> str:
        typed = form.cleaned_data
        place = add_place(typed["kind"], " ".join(typed["name"].split()), typed["county"], by=self.user)
        return reverse("help_center:locality", args=[place.pk])

"""Who may act for a licensee, and who is written to: the same pages for its own people and for the office."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from accounts.rights import Guarded
from casefile.views.once import OnceView
from licensing.actions import contacts, people
from licensing.forms.people import ContactForm, PersonForm, StandingForm
from licensing.models import Contact, Licensee, Representative


class OfLicensee(Guarded):
    """A page about the people of one licensee."""

    licensee: Licensee

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.licensee = get_object_or_404(Licensee.objects.visible_to(self.user), key=kwargs["key"])

    def get_guarded(self) -> Licensee:
        return self.licensee

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        layout = "layouts/office.html" if self.user.is_division else "layouts/public.html"
        facts = {"licensee": self.licensee, "layout": layout, "tabs": self.tabs()}
        return super().get_context_data(**kwargs) | facts  # type: ignore[misc]

    def tabs(self) -> list[dict[str, Any]]:
        here = self.request.path
        pages = [("People", "licensing:people"), ("Contacts", "licensing:contacts")]
        addresses = [(label, reverse(name, args=[self.licensee.key])) for label, name in pages]
        return [{"label": label, "url": url, "current": here.startswith(url)} for label, url in addresses]


class People(OfLicensee, TemplateView):
    """Who may act for this licensee."""

    rights = "licensing.see_people"
    template_name = "licensing/people.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.may("licensing.change_people")
        found = self.licensee.representatives.filter(removed_at=None).select_related("user").order_by("added_at", "pk")
        return super().get_context_data(**kwargs) | {
            "may_change": may,
            "columns": ["Name", "What they may do", "Signs in"],
            "rows": [row_of_person(person, self.licensee, linked=may) for person in found],
        }


def row_of_person(person: Representative, licensee: Licensee, *, linked: bool) -> dict[str, Any]:
    """A line of the list."""
    return {
        "text": person.user.name,
        "sub": person.user.email,
        "url": reverse("licensing:person", args=[licensee.key, person.pk]) if linked else "",
        "cells": [
            {"label": "What they may do", "text": person.get_standing_display()},
            {"label": "Signs in", "text": "Yes" if person.user.has_usable_password() else "Invited, not yet"},
        ],
    }


class ChangePeople(OfLicensee, OnceView):
    """A form about the people of a licensee."""

    rights = "licensing.change_people"

    def get_success_url(self) -> str:
        return reverse("licensing:people", args=[self.licensee.key])


class AddPerson(ChangePeople):
    form_class = PersonForm
    template_name = "licensing/people_add.html"
    done = "The person is added. We sent them an email."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.invite_person(self.licensee, **form.cleaned_data, **common)


class ChangePerson(ChangePeople):
    """What one person may do."""

    form_class: type[forms.BaseForm] = StandingForm
    template_name = "licensing/people_person.html"
    done = "Your change is saved."
    found: Representative

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        current = self.licensee.representatives.filter(removed_at=None).select_related("user", "licensee")
        self.found = get_object_or_404(current, pk=kwargs["person"])

    def get_initial(self) -> dict[str, Any]:
        return {"standing": self.found.standing}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"found": self.found}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.change_standing(self.found, standing=form.cleaned_data["standing"], **common)


class RemovePerson(ChangePerson):
    form_class = forms.Form
    template_name = "licensing/people_remove.html"
    done = "They are off the list and signed out."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        people.remove_person(self.found, **common)

    def get_success_url(self) -> str:
        return "/" if self.found.user_id == self.user.pk else super().get_success_url()


# Who is written to


class Contacts(OfLicensee, TemplateView):
    """Who is written to."""

    rights = "licensing.see_people"
    template_name = "licensing/people_contacts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = self.may("licensing.change_contacts")
        return super().get_context_data(**kwargs) | {
            "may_change": may,
            "columns": ["Name", "Email", "Phone", "Gets notices"],
            "rows": [row_of_contact(contact, self.licensee, linked=may) for contact in self.licensee.contacts.all()],
        }


def row_of_contact(contact: Contact, licensee: Licensee, *, linked: bool) -> dict[str, Any]:
    """A line of the list."""
    return {
        "text": contact.name,
        "sub": contact.title,
        "url": reverse("licensing:contact", args=[licensee.key, contact.pk]) if linked else "",
        "cells": [
            {"label": "Email", "text": contact.email},
            {"label": "Phone", "text": contact.phone or "Not given"},
            {"label": "Gets notices", "text": "Yes" if contact.receives_notices else "No"},
        ],
    }


class ChangeContacts(OfLicensee, OnceView):
    """A form about one contact; with none in the address, a new one."""

    rights = "licensing.change_contacts"
    form_class: type[forms.BaseForm] = ContactForm
    template_name = "licensing/people_contact.html"
    done = "The contact is saved."
    contact: Contact | None = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if "contact" in kwargs:
            own = self.licensee.contacts.select_related("licensee", "changed_by")
            self.contact = get_object_or_404(own, pk=kwargs["contact"])

    def get_initial(self) -> dict[str, Any]:
        names = ContactForm.base_fields if self.contact else ()
        return {name: getattr(self.contact, name) for name in names}

    def get_success_url(self) -> str:
        return reverse("licensing:contacts", args=[self.licensee.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"contact": self.contact}

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        contacts.save_contact(self.licensee, self.contact, form.cleaned_data, **common)


class RemoveContact(ChangeContacts):
    form_class = forms.Form
    template_name = "licensing/people_contact_remove.html"
    done = "The contact is removed."

    def perform(self, form: forms.BaseForm, **common: Any) -> None:
        assert self.contact
        contacts.remove_contact(self.contact, by=common["by"])

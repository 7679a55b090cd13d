"""Who may act for a licensee, and who is written to."""

from django import forms

from licensing.models import Representative

STANDINGS = [
    ("owner", "Owner: everything, and who is on this list"),
    ("manager", "Manager: plans, proof, contacts"),
    ("viewer", "Can read only"),
]


class StandingForm(forms.Form):
    """How far a person may act."""

    standing = forms.ChoiceField(
        label="What may they do?", choices=STANDINGS, widget=forms.RadioSelect, initial=Representative.Standing.MANAGER
    )


class PersonForm(StandingForm):
    """A person who is asked in."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Email", help_text="We send the invitation there. They sign in with it.")

    field_order = ["name", "email", "standing"]


class ContactForm(forms.Form):
    """Someone who is written to."""

    name = forms.CharField(label="Name", max_length=120)
    title = forms.CharField(label="Job title", max_length=80, required=False)
    email = forms.EmailField(label="Email")
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    receives_notices = forms.BooleanField(
        label="Send notices here", required=False, initial=True, help_text="Notices and their dates go to this email."
    )

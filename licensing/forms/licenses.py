"""What is typed about a license and its years."""

from typing import Any

from django import forms

from casefile.fields import MemorableDateField, Sheet
from licensing.counties import COUNTIES
from licensing.forms.filters import Sorted, words
from licensing.models import LICENSE_TYPES, License
from licensing.queries.licenses import ANY_LEVEL, NO_COUNTY, NO_LEVEL

LEVELS = [(ANY_LEVEL, "All that grow plants"), *((str(n), f"Level {n}") for n in range(1, 5)), (NO_LEVEL, "No level")]
IN_FORCE = "in_force"
DAYS = ("30", "60", "90")


class LicenseFilter(Sorted):
    """Words, type, status, level, county, and what needs a look."""

    q = words("Number or licensee")
    type = forms.ChoiceField(label="License type", required=False, choices=[("", "All types"), *LICENSE_TYPES])
    status = forms.ChoiceField(
        label="Status", required=False,
        choices=[("", "Any status"), (IN_FORCE, "Active or suspended"), *License.Status.choices],
    )  # fmt: skip
    level = forms.ChoiceField(label="Level", required=False, choices=[("", "Any"), *LEVELS])
    county = forms.ChoiceField(
        label="County", required=False,
        choices=[("", "All counties"), *((name, name) for name in COUNTIES), (NO_COUNTY, "No county on record")],
    )  # fmt: skip
    expiring = forms.ChoiceField(
        label="Last day", required=False,
        choices=[("", "Any"), *((n, f"In the next {n} days") for n in DAYS), ("past", "Past its last day")],
    )  # fmt: skip
    odd = forms.ChoiceField(label="Numbers", required=False, choices=[("", "Any"), ("yes", "Odd numbers")])


class OnDayForm(forms.Form):
    """A day in the past or to come."""

    on = forms.DateField(
        label="Day", widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Write the day like 2026-11-17."},
    )  # fmt: skip


class ApproveForm(forms.Form):
    """The facts that the Division enters when it approves a license."""

    helper = Sheet()

    issued_on = MemorableDateField(
        label="Day of issue", help_text="The license is valid for twelve months from this day.",
        error_messages={"required": "Enter the day of issue."},
    )  # fmt: skip
    market = forms.ChoiceField(label="The license is for", choices=License.Market.choices)
    biotrack_account = forms.CharField(
        label="Account in BioTrack", max_length=120, required=False,
        help_text="Needed for licenses that grow plants. It stands in the mail to the licensee.",
    )  # fmt: skip
    biotrack_email = forms.EmailField(
        label="Email of its administrator in BioTrack", required=False,
        error_messages={"invalid": "Enter a whole email address, such as name@example.com."},
    )  # fmt: skip


def reason(label: str, hint: str, missing: str) -> forms.CharField:
    """A box for the reason of an act."""
    return forms.CharField(
        label=label, help_text=hint, max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
    )  # fmt: skip


class DenyForm(forms.Form):
    helper = Sheet()
    reason = reason("Why is the license denied?", "The letter gives your words.", "Say why the license is denied.")


class EndForm(forms.Form):
    helper = Sheet()
    reason = reason("Why does the license end?", "The mail to the licensee gives your words.", "Say why it ends.")


class ExpiryForm(forms.Form):
    helper = Sheet()
    reason = reason(
        "How do you know that it was not renewed?", "For example: the licensee said so by phone.", "Say how you know."
    )


class LiftForm(forms.Form):
    helper = Sheet()
    reason = reason(
        "Why is the suspension over?", "For example: its last day has passed.", "Say why the suspension is over."
    )


class ClearanceForm(forms.Form):
    """What Taxation and Revenue has confirmed, and what says so."""

    helper = Sheet()
    cleared_on = MemorableDateField(
        label="Day of the confirmation", help_text="For example: 11 17 2026",
        error_messages={"required": "Enter the day of the confirmation."},
    )  # fmt: skip
    evidence = forms.CharField(
        label="Letter or number that says so", max_length=200,
        error_messages={"required": "Name the letter or number that says so."},
    )  # fmt: skip


class OperationsForm(forms.Form):
    """The days on which work began and ended."""

    helper = Sheet()
    began_on = MemorableDateField(
        label="Work began on", required=False, help_text="Leave it empty if it has not begun."
    )
    ended_on = MemorableDateField(label="Work ended on", required=False, help_text="Leave it empty while it goes on.")


class HolderForm(forms.Form):
    """Who applies, where nobody of that name is on record; and who is written to."""

    helper = Sheet()
    name = forms.CharField(label="Legal name", max_length=200, error_messages={"required": "Enter the legal name."})
    trade_name = forms.CharField(label="Trade name", max_length=200, required=False)
    contact_name = forms.CharField(
        label="Name of the contact", max_length=120, error_messages={"required": "Enter the name of the contact."}
    )
    contact_email = forms.EmailField(
        label="Email of the contact", help_text="Letters go there.",
        error_messages={"required": "Enter the email address.", "invalid": "Enter a whole email address."},
    )  # fmt: skip


class NewLicenseForm(forms.Form):
    """A license that is applied for, and its first premises."""

    helper = Sheet()
    number = forms.CharField(
        label="License number", max_length=24, required=False,
        help_text="Leave it empty and the next number is given.",
    )  # fmt: skip
    type = forms.ChoiceField(label="License type", choices=LICENSE_TYPES)
    market = forms.ChoiceField(label="It is for", choices=License.Market.choices, initial=License.Market.BOTH)
    place = forms.CharField(label="Name of the premises", max_length=200, required=False)
    street = forms.CharField(label="Street", max_length=200, required=False)
    city = forms.CharField(label="City", max_length=80, required=False)
    zip_code = forms.CharField(label="ZIP code", max_length=10, required=False)
    county = forms.ChoiceField(
        label="County", required=False, choices=[("", "Not known"), *((name, name) for name in COUNTIES)]
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("place") and any(said.get(name) for name in ("street", "city", "zip_code", "county")):
            self.add_error("place", "Name the premises whose address you entered.")
        return said

"""The forms of signing in, of one's own password and of one's own page, in our words."""

from typing import Any

from allauth.account import forms as allauth
from django import forms

from accounts.models import User

PASSWORD_HINT = "At least 12 characters. Four words that do not belong together work well."


class Worded(forms.Form):
    """A form of allauth with labels and hints of ours: `words` is field to (label, hint). The boxes are empty."""

    words: dict[str, tuple[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, hint = self.words.get(name, ("", ""))
            field.label = label or field.label
            field.help_text = hint or field.help_text


class SignInForm(Worded, allauth.LoginForm):
    words = {"login": ("Email", "")}


class AskForLinkForm(Worded, allauth.ResetPasswordForm):
    words = {"email": ("Email", "")}


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):
    """Choose a password, from a link in a mail."""

    words = {"password1": ("New password", PASSWORD_HINT), "password2": ("New password again", "")}


class ChangePasswordForm(Worded, allauth.ChangePasswordForm):
    words = {
        "oldpassword": ("Password now", ""),
        "password1": ("New password", PASSWORD_HINT),
        "password2": ("New password again", ""),
    }


class ProfileForm(forms.ModelForm):
    """What a person may change of themselves."""

    class Meta:
        model = User
        fields = ["name", "phone"]
        labels = {"name": "Your name", "phone": "Phone"}
        help_texts = {"name": "As it should stand on letters and in the record."}

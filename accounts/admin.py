"""People to look at; what opens a door is left out."""

from django.contrib import admin

from accounts.models import Invitation, User
from accounts.window import Window


@admin.register(User)
class UserWindow(Window):
    search_fields = ["name", "email"]
    exclude = ["password", "session_epoch"]


@admin.register(Invitation)
class InvitationWindow(Window):
    exclude = ["key_sha256"]

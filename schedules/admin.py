"""How officers work, to look at. Plans are not here: administrators do not see them."""

from django.contrib import admin

from accounts.window import Window
from schedules.models import Leave, OfficerSetup

admin.site.register([Leave, OfficerSetup], Window)

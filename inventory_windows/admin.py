"""Windows and what hangs on them, to look at."""

from django.contrib import admin

from accounts.window import Window
from inventory_windows.models import (
    Correction,
    FirstWindow,
    Opening,
    Paper,
    Question,
    RequestSeries,
    WindowItem,
    WindowRequest,
)

ALL = [Correction, FirstWindow, Opening, Paper, Question, RequestSeries, WindowItem, WindowRequest]
admin.site.register(ALL, Window)

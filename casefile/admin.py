"""What is on record, to look at."""

from django.contrib import admin

from accounts.window import Window
from casefile.models import (
    CaseFile,
    Deadline,
    Delivery,
    Document,
    Draft,
    Event,
    Holiday,
    Notice,
    NumberSeries,
    Policy,
    Submission,
)


@admin.register(CaseFile)
class CaseFileWindow(Window):
    search_fields = ["number", "key"]


@admin.register(Notice)
class NoticeWindow(Window):
    """Letters about no case are left out: the link of an invitation is for one person."""

    exclude = ["html", "page"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(file=None)


@admin.register(Delivery)
class DeliveryWindow(Window):
    search_fields = ["email", "message_id"]


admin.site.register([Deadline, Document, Draft, Event, Holiday, NumberSeries, Policy, Submission], Window)

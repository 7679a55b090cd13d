"""What is on record, to look at."""

from django.conf import settings
from django.contrib import admin
from django.utils.module_loading import import_string

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


class FolderWindow(Window):
    """What hangs on a folder, without folders that are seen on their own pages only."""

    folder = "file"

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        for name in settings.SECRET_FOLDERS:
            rows = rows.exclude(**{f"{self.folder}__in": import_string(name)()})
        return rows


@admin.register(CaseFile)
class CaseFileWindow(FolderWindow):
    folder = "pk"
    search_fields = ["number", "key"]


@admin.register(Notice)
class NoticeWindow(FolderWindow):
    """Letters about no case are left out: the link of an invitation is for one person."""

    exclude = ["html", "page"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(file=None)


@admin.register(Delivery)
class DeliveryWindow(FolderWindow):
    folder = "notice__file"
    search_fields = ["email", "message_id"]


admin.site.register([Deadline, Document, Draft, Event], FolderWindow)
admin.site.register([Holiday, NumberSeries, Policy, Submission], Window)

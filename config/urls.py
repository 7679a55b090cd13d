"""Which part of the house answers which address. Each part names its own paths."""

from django.contrib import admin
from django.urls import include, path

from config.live import live

urlpatterns = [
    path("-/live/", live, name="live"),
    path("admin/", admin.site.urls),
]

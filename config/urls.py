"""Which part of the house answers which address. Each part names its own paths."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from config.live import live

urlpatterns = [
    path("-/live/", live, name="live"),
    path("admin/", admin.site.urls),
    *(path("", include(f"{part}.urls")) for part in settings.PARTS if find_spec(f"{part}.urls")),
]
if settings.DEBUG:
    from config.gallery import gallery

    urlpatterns += [path("-/components/", gallery, name="gallery")]

"""The addresses of the licensee's pages about licenses."""

from django.urls import URLPattern, path

from licensing.views import limits

PATHS: list[URLPattern] = [
    path("plant-limits/", limits.Limits.as_view(), name="limits"),
]

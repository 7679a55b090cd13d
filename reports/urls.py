"""The addresses of what supervisors read."""

from django.urls import path

from reports.views import Overdue, Team

app_name = "reports"

urlpatterns = [
    path("team/", Team.as_view(), name="team"),
    path("team/overdue/", Overdue.as_view(), name="team_overdue"),
]

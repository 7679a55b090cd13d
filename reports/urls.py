"""The addresses of what supervisors read."""

from django.urls import path

from reports.views.cases import Cases, Overdue
from reports.views.coverage import Coverage
from reports.views.files import PlannedFile, TeamFile
from reports.views.licensing import Licensing, Waiting
from reports.views.outcomes import OutcomesPage
from reports.views.premises import PremisesOfYear
from reports.views.team import Team
from reports.views.workload import Planned, Workload

app_name = "reports"

urlpatterns = [
    path("team/", Team.as_view(), name="team"),
    path("team/overdue/", Overdue.as_view(), name="team_overdue"),
    path("team/cases/", Cases.as_view(), name="cases"),
    path("team/workload/", Workload.as_view(), name="workload"),
    path("team/planned/", Planned.as_view(), name="planned"),
    path("team/planned.<slug:kind>", PlannedFile.as_view(), name="planned_file"),
    path("team/coverage/", Coverage.as_view(), name="coverage"),
    path("team/coverage/list/", PremisesOfYear.as_view(), name="premises"),
    path("team/coverage/<int:year>/", Coverage.as_view(), name="coverage_of"),
    path("team/coverage/<int:year>/list/", PremisesOfYear.as_view(), name="premises_of"),
    path("team/outcomes/", OutcomesPage.as_view(), name="outcomes"),
    path("team/licensing/", Licensing.as_view(), name="licensing"),
    path("team/requests/", Waiting.as_view(), name="waiting"),
    path("team/files/<slug:page>.<slug:kind>", TeamFile.as_view(), name="file"),
]

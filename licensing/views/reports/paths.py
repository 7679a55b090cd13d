"""The addresses of monthly reports."""

from django.urls import URLPattern, path

from licensing.views.reports import desk, files, mine, send

MONTH = "my-licenses/<str:number>/reports/<str:month>/"
PATHS: list[URLPattern] = [
    path("my-licenses/<str:number>/reports/", mine.MyReports.as_view(), name="my_reports"),
    path(MONTH, mine.MyReport.as_view(), name="my_report"),
    path(f"{MONTH}save/", mine.SaveReport.as_view(), name="my_report_save"),
    path(f"{MONTH}check/", send.CheckReport.as_view(), name="my_report_check"),
    path("licenses/<str:number>/reports/", desk.LicenseReports.as_view(), name="license_reports"),
    path("reports/", desk.ReportDesk.as_view(), name="reports"),
    path("reports/import/", files.ImportReports.as_view(), name="report_import"),
    path("reports/imports/", files.ReportImports.as_view(), name="report_imports"),
    path("reports/held/", files.HeldReports.as_view(), name="held_reports"),
    path("reports/held/<str:key>/", files.HeldReportPage.as_view(), name="held_report"),
    path("reports/held/<str:key>/correct/", files.CorrectReport.as_view(), name="held_report_correct"),
    path("reports/held/<str:key>/set-aside/", files.SetReportAside.as_view(), name="held_report_set_aside"),
]

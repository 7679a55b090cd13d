"""The addresses of licenses, their years, and the table of plants."""

from django.urls import URLPattern, path

from licensing.views.licenses import acts, lists, new, page, table

PATHS: list[URLPattern] = [
    path("licenses/", lists.LicenseList.as_view(), name="licenses"),
    path("licenses/new/", new.ChooseHolder.as_view(), name="license_new"),
    path("licensees/<str:key>/new-license/", new.NewLicense.as_view(), name="license_new_for"),
    path("licenses/<str:number>/", page.LicensePage.as_view(), name="license"),
    path("licenses/<str:number>/history/", page.LicenseHistory.as_view(), name="license_history"),
    path("licenses/<str:number>/print/", page.LicensePrint.as_view(), name="license_print"),
    path("licenses/<str:number>/approve/", acts.Approve.as_view(), name="license_approve"),
    path("licenses/<str:number>/deny/", acts.Deny.as_view(), name="license_deny"),
    path("licenses/<str:number>/renew/", acts.Renew.as_view(), name="license_renew"),
    path("licenses/<str:number>/tax-clearance/", acts.Clearance.as_view(), name="license_clearance"),
    path("licenses/<str:number>/operations/", acts.Operations.as_view(), name="license_operations"),
    path("licenses/<str:number>/end/", acts.End.as_view(), name="license_end"),
    path("licenses/<str:number>/expired/", acts.Expired.as_view(), name="license_expired"),
    path("licenses/<str:number>/lift-suspension/", acts.Lift.as_view(), name="license_lift"),
    path("plants/", table.PlantTable.as_view(), name="plant_table"),
    path("plants/plants.csv", table.PlantFile.as_view(), name="plant_file"),
]

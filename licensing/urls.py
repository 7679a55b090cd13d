"""The addresses of licensees, their people, licenses, premises and the register."""

from django.urls import URLPattern, path

from licensing.views import licensees, people, premises, register
from licensing.views.licenses.paths import PATHS as LICENSES
from licensing.views.mine.paths import PATHS as MINE
from licensing.views.reports.paths import PATHS as REPORTS
from licensing.views.requests.paths import PATHS as REQUESTS
from licensing.views.shortage.paths import PATHS as SHORTAGE

app_name = "licensing"

PLACES: list[URLPattern] = [
    path("premises/", premises.PremisesList.as_view(), name="premises"),
    path("premises/<str:number>/", premises.Place.as_view(), name="place"),
    path("licensees/", licensees.LicenseeList.as_view(), name="licensees"),
    path("licensees/<str:key>/", licensees.LicenseePage.as_view(), name="licensee"),
]
REGISTER: list[URLPattern] = [
    path("register/", register.HeldRows.as_view(), name="held"),
    path("register/imports/", register.Imports.as_view(), name="imports"),
    path("register/<str:key>/", register.HeldRowPage.as_view(), name="held_row"),
    path("register/<str:key>/match/", register.Match.as_view(), name="held_row_match"),
    path("register/<str:key>/correct/", register.Correct.as_view(), name="held_row_correct"),
    path("register/<str:key>/set-aside/", register.SetAside.as_view(), name="held_row_set_aside"),
]
PEOPLE: list[URLPattern] = [
    path("licensees/<str:key>/people/", people.People.as_view(), name="people"),
    path("licensees/<str:key>/people/add/", people.AddPerson.as_view(), name="person_add"),
    path("licensees/<str:key>/people/<int:person>/", people.ChangePerson.as_view(), name="person"),
    path("licensees/<str:key>/people/<int:person>/remove/", people.RemovePerson.as_view(), name="person_remove"),
    path("licensees/<str:key>/contacts/", people.Contacts.as_view(), name="contacts"),
    path("licensees/<str:key>/contacts/add/", people.ChangeContacts.as_view(), name="contact_add"),
    path("licensees/<str:key>/contacts/<int:contact>/", people.ChangeContacts.as_view(), name="contact"),
    path("licensees/<str:key>/contacts/<int:contact>/remove/", people.RemoveContact.as_view(), name="contact_remove"),
]

urlpatterns = [*PLACES, *LICENSES, *REGISTER, *PEOPLE, *MINE, *REPORTS, *REQUESTS, *SHORTAGE]

"""The addresses of papers, mail and settings: what every kind of case shares."""

from django.urls import URLPattern, path

from casefile.views import calendar, holidays, letters, mail, policies, settings, staff
from casefile.views.documents import DocumentView

app_name = "casefile"

PAPERS: list[URLPattern] = [path("documents/<str:key>/", DocumentView.as_view(), name="document")]
SETTINGS: list[URLPattern] = [path("settings/", settings.Settings.as_view(), name="settings")]
STAFF: list[URLPattern] = [
    path("settings/people/", staff.StaffList.as_view(), name="staff"),
    path("settings/people/add/", staff.AddStaff.as_view(), name="staff_add"),
    path("settings/people/<int:member>/", staff.StaffMember.as_view(), name="staff_member"),
    path("settings/people/<int:member>/let-go/", staff.LetGo.as_view(), name="staff_let_go"),
    path("settings/people/<int:member>/let-in/", staff.LetIn.as_view(), name="staff_let_in"),
    path("settings/people/<int:member>/invite/", staff.InviteAgain.as_view(), name="staff_invite"),
]
HOLIDAYS: list[URLPattern] = [
    path("settings/holidays/", holidays.HolidayList.as_view(), name="holidays"),
    path("settings/holidays/add/", holidays.ChangeHolidays.as_view(), name="holiday_add"),
    path("settings/holidays/<str:day>/", holidays.ChangeHolidays.as_view(), name="holiday"),
    path("settings/holidays/<str:day>/remove/", holidays.RemoveHoliday.as_view(), name="holiday_remove"),
]
POLICIES: list[URLPattern] = [
    path("settings/policies/", policies.PolicyList.as_view(), name="policies"),
    path("settings/policies/<str:name>/", policies.DecidePolicy.as_view(), name="policy"),
]
MAIL: list[URLPattern] = [
    path("mail/", mail.MailList.as_view(), name="mail"),
    path("mail/<str:name>/", mail.MailMessage.as_view(), name="mail_message"),
]
LETTERS: list[URLPattern] = [
    path("letters/<str:key>/", letters.ShowLetter.as_view(), name="letter"),
    path("letters/<str:key>/pdf/", letters.LetterPaper.as_view(), name="letter_pdf"),
    path("letters/<str:key>/copies/<int:copy>/", letters.SettleDelivery.as_view(), name="settle_delivery"),
]
CALENDARS: list[URLPattern] = [
    path("cases/<str:ref>/deadlines/<int:deadline>.ics", calendar.DeadlineCalendar.as_view(), name="deadline_calendar"),
    path("notices/<str:key>/calendar.ics", calendar.NoticeCalendar.as_view(), name="notice_calendar"),
]

urlpatterns = [*PAPERS, *MAIL, *LETTERS, *CALENDARS, *SETTINGS, *STAFF, *HOLIDAYS, *POLICIES]

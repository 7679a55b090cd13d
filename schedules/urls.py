"""The addresses of the schedule: plans for supervisors, and what officers have of them."""

from django.urls import URLPattern, path

from schedules.views import feed, handover, month, officers, reads, sheet

app_name = "schedules"

PLANS: list[URLPattern] = []
OFFICERS: list[URLPattern] = [
    path("schedule/mine/", month.MyMonth.as_view(), name="mine"),
    path("schedule/mine/<str:month>/", month.MyMonth.as_view(), name="my_month"),
    path("schedule/cover/", officers.Cover.as_view(), name="cover"),
    path("schedule/visits/<str:key>/", sheet.DaySheet.as_view(), name="day_sheet"),
    path("schedule/visits/<str:key>/skip/", month.SkipVisit.as_view(), name="visit_skip"),
    path("schedule/feed/", feed.FeedPage.as_view(), name="feed_page"),
    path("schedule/feed/<str:feed>.ics", feed.FeedFile.as_view(), name="feed"),
    path("schedule/officers/", officers.OfficerList.as_view(), name="officers"),
    path("schedule/officers/<int:officer>/", officers.OfficerPage.as_view(), name="officer"),
    path("schedule/officers/<int:officer>/leave/", officers.AddLeave.as_view(), name="leave_add"),
    path("schedule/leave/<int:leave>/", officers.ChangeLeave.as_view(), name="leave"),
    path("schedule/leave/<int:leave>/end/", officers.EndLeave.as_view(), name="leave_end"),
    path("schedule/hand-over/", handover.ChoosePerson.as_view(), name="hand_over_choose"),
    path("schedule/hand-over/<int:person>/", handover.HandOver.as_view(), name="hand_over"),
    path("schedule/unowned/", handover.Unowned.as_view(), name="unowned"),
    path("schedule/reads/", reads.Reads.as_view(), name="reads"),
]

urlpatterns = [*PLANS, *OFFICERS]

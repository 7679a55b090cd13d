"""The addresses of the schedule: plans for supervisors, and what officers have of them."""

from django.urls import URLPattern, path

from schedules.views import (
    feed,
    handover,
    month,
    officers,
    plans,
    plans_acts,
    plans_changes,
    plans_compare,
    plans_page,
    reads,
    sheet,
)

app_name = "schedules"

PLANS: list[URLPattern] = [
    path("schedule/", plans.Plans.as_view(), name="plans"),
    path("schedule/make/", plans.MakePlan.as_view(), name="plan_make"),
    path("schedule/drafts/<str:draft>/", plans.Progress.as_view(), name="plan_progress"),
    path("schedule/drafts/<str:draft>/again/", plans_acts.TryAgain.as_view(), name="plan_again"),
    path("schedule/plans/<str:ref>/", plans_page.PlanPage.as_view(), name="plan"),
    path("schedule/plans/<str:ref>/print/", plans_page.PlanPrint.as_view(), name="plan_print"),
    path("schedule/plans/<str:ref>/publish/", plans_acts.Publish.as_view(), name="plan_publish"),
    path("schedule/plans/<str:ref>/discard/", plans_acts.Discard.as_view(), name="plan_discard"),
    path("schedule/plans/<str:ref>/compare/", plans_compare.Compare.as_view(), name="plan_compare"),
    path("schedule/plans/<str:ref>/done/", plans_compare.Done.as_view(), name="plan_done"),
    path("schedule/plans/<str:ref>/history/", plans_compare.History.as_view(), name="plan_history"),
    path("schedule/plans/<str:ref>/add/", plans_changes.AddVisit.as_view(), name="visit_add"),
    path("schedule/planned/<str:visit>/", plans_page.VisitPage.as_view(), name="visit"),
    path("schedule/planned/<str:visit>/move/", plans_changes.MoveVisit.as_view(), name="visit_move"),
    path("schedule/planned/<str:visit>/fix/", plans_changes.FixVisit.as_view(), name="visit_fix"),
    path("schedule/planned/<str:visit>/remove/", plans_changes.RemoveVisit.as_view(), name="visit_remove"),
]
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

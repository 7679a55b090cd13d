"""The addresses of the help (for everybody) and of the questions (for the Division and for those who asked)."""

from django.urls import URLPattern, path

from help_center.views import acts, articles, ask, desk, localities, mine, public

app_name = "help_center"

PUBLIC: list[URLPattern] = [
    path("help/", public.Help.as_view(), name="help"),
    path("help/ask/", ask.Ask.as_view(), name="ask"),
    path("help/ask/sent/", ask.Sent.as_view(), name="sent"),
    path("help/odor-contacts/", public.OdorContacts.as_view(), name="odor"),
    path("help/questions/", mine.OwnQuestions.as_view(), name="own_questions"),
    path("help/questions/<str:key>/", mine.OwnQuestion.as_view(), name="own_question"),
    path("help/<slug:slug>/", public.ShowArticle.as_view(), name="article"),
]
WRITERS: list[URLPattern] = [
    path("questions/articles/", articles.StaffArticles.as_view(), name="staff_articles"),
    path("questions/articles/add/", articles.AddArticle.as_view(), name="article_add"),
    path("questions/articles/<slug:slug>/<str:language>/", articles.StaffArticle.as_view(), name="staff_article"),
    path(
        "questions/articles/<slug:slug>/<str:language>/change/", articles.ChangeArticle.as_view(), name="article_change"
    ),
    path(
        "questions/articles/<slug:slug>/<str:language>/<int:number>/",
        articles.StaffArticle.as_view(),
        name="article_version",
    ),
    path("questions/odor/", localities.Localities.as_view(), name="localities"),
    path("questions/odor/add/", localities.AddPlace.as_view(), name="locality_add"),
    path("questions/odor/<int:place>/", localities.ChangeContact.as_view(), name="locality"),
]
DESK: list[URLPattern] = [
    path("questions/", desk.Desk.as_view(), name="desk"),
    path("questions/<str:ref>/", desk.ShowQuestion.as_view(), name="question"),
    path("questions/<str:ref>/take/", acts.Take.as_view(), name="question_take"),
    path("questions/<str:ref>/put-back/", acts.PutBack.as_view(), name="question_put_back"),
    path("questions/<str:ref>/answer/", acts.WriteAnswer.as_view(), name="question_answer"),
    path("questions/<str:ref>/close/", acts.Close.as_view(), name="question_close"),
]

urlpatterns = [*PUBLIC, *WRITERS, *DESK]

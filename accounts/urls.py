"""A person's own pages. Of allauth's pages only those we use: the others are not there."""

from allauth.account import views as allauth
from django.urls import include, path, re_path

from accounts import views

ours = [
    path("", views.home, name="home"),
    path("profile/", views.Profile.as_view(), name="profile"),
    path("invitation/<str:key>/", views.AcceptInvitation.as_view(), name="invitation"),
]
urlpatterns = [
    path("", include((ours, "accounts"))),
    path("sign-in/", allauth.login, name="account_login"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("access-ended/", allauth.account_inactive, name="account_inactive"),
    path("password/", allauth.password_change, name="account_change_password"),
    path("password/link/", allauth.password_reset, name="account_reset_password"),
    path("password/link/sent/", allauth.password_reset_done, name="account_reset_password_done"),
    path("password/new/done/", allauth.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]

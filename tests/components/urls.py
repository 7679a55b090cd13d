"""The house with its gallery, and with every account page under one known address."""

from django.urls import include, path

from config.gallery import gallery
from config.urls import urlpatterns as house

urlpatterns = [
    *house,
    path("-/components/", gallery, name="gallery"),
    path("-/account/", include("allauth.account.urls")),
]

"""The house with its gallery, which a real installation leaves out."""

from django.urls import path

from config.gallery import gallery
from config.urls import urlpatterns as house

urlpatterns = [*house, path("-/components/", gallery, name="gallery")]

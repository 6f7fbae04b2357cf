"""The address of a door without a login, under /s/."""

from django.urls import path

from surveys.door import public_views

app_name = "answers"
urlpatterns = [path("<str:door_secret>/", public_views.answer, name="answer")]

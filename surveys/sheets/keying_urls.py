"""The address of keying in under a round's own; part of the app's own addresses."""

from django.urls import path

from surveys.rounds.round_urls import ROUND
from surveys.sheets import keying_views

urlpatterns = [
    path(f"{ROUND}sheets/add/", keying_views.sheet_add, name="sheet_add"),
]

"""Addresses of 依頼先 under a round's own; part of the app's own addresses."""

from django.urls import path

from surveys.invitees import invitee_views
from surveys.invitees.inviting import INVITED, REMINDED
from surveys.rounds.round_urls import ROUND

urlpatterns = [
    path(f"{ROUND}invitees/", invitee_views.invitee_list, name="invitee_list"),
    path(f"{ROUND}invitees/add/", invitee_views.invitee_add, name="invitee_add"),
    path(
        f"{ROUND}invitees/invite/",
        invitee_views.invitee_write,
        {"kind": INVITED},
        name="invitee_invite",
    ),
    path(
        f"{ROUND}invitees/remind/",
        invitee_views.invitee_write,
        {"kind": REMINDED},
        name="invitee_remind",
    ),
    path(
        f"{ROUND}invitees/<slug:invitee_key>/removal/",
        invitee_views.invitee_remove,
        name="invitee_remove",
    ),
]

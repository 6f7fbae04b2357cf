"""Addresses of people: a municipality's, a prefecture's, the operator's, and the page of an invitation."""

from django.urls import path

from municipalities.people import (
    acceptance_views,
    centre_views,
    operator_views,
    prefecture_views,
    town_views,
)

app_name = "people"

town = "m/<code:municipality>/people/"
advisers = "p/<prefecture:prefecture>/advisers/"
centres = "p/<prefecture:prefecture>/health-centres/"
centre = f"{centres}<slug:centre_key>/"
users = "manage/users/"

urlpatterns = [
    path("invitation/<str:secret>/", acceptance_views.acceptance, name="acceptance"),
    path(town, town_views.people, name="town"),
    path(f"{town}invite/", town_views.invite, name="town_invite"),
    path(f"{town}<int:membership_pk>/term/", town_views.term, name="town_term"),
    path(f"{town}<int:membership_pk>/end/", town_views.end, name="town_end"),
    path(f"{town}invitations/<int:invitation_pk>/resend/", town_views.resend, name="town_resend"),
    path(
        f"{town}invitations/<int:invitation_pk>/withdraw/",
        town_views.withdraw,
        name="town_withdraw",
    ),
    path(advisers, prefecture_views.advisers, name="advisers"),
    path(f"{advisers}invite/", prefecture_views.invite, name="advisers_invite"),
    path(f"{advisers}assign/", prefecture_views.assign, name="advisers_assign"),
    path(f"{advisers}<int:assignment_pk>/term/", prefecture_views.term, name="advisers_term"),
    path(f"{advisers}<int:assignment_pk>/end/", prefecture_views.end, name="advisers_end"),
    path(
        f"{advisers}invitations/<int:offer_pk>/resend/",
        prefecture_views.resend,
        name="advisers_resend",
    ),
    path(
        f"{advisers}invitations/<int:offer_pk>/withdraw/",
        prefecture_views.withdraw,
        name="advisers_withdraw",
    ),
    path(centres, centre_views.health_centre_list, name="health_centres"),
    path(f"{centres}add/", centre_views.health_centre_add, name="health_centre_add"),
    path(f"{centre}edit/", centre_views.health_centre_edit, name="health_centre_edit"),
    path(f"{centre}delete/", centre_views.health_centre_delete, name="health_centre_delete"),
    path(users, operator_views.users, name="users"),
    path(f"{users}invite/", operator_views.invite, name="users_invite"),
    path(f"{users}<int:user_pk>/", operator_views.user, name="users_user"),
    path(f"{users}<int:user_pk>/deactivate/", operator_views.deactivate, name="users_deactivate"),
    path(f"{users}<int:user_pk>/reactivate/", operator_views.reactivate, name="users_reactivate"),
    path(f"{users}memberships/<int:membership_pk>/term/", operator_views.term, name="users_term"),
    path(f"{users}memberships/<int:membership_pk>/end/", operator_views.end, name="users_end"),
    path(
        f"{users}invitations/<int:invitation_pk>/resend/",
        operator_views.resend,
        name="users_resend",
    ),
    path(
        f"{users}invitations/<int:invitation_pk>/withdraw/",
        operator_views.withdraw,
        name="users_withdraw",
    ),
]

"""Addresses of signing in and of one's own account: of allauth's pages those that are offered."""

import allauth.account.urls
from django.urls import include, path

OFFERED = {
    "account_login",
    "account_logout",
    "account_inactive",
    # Says that accounts are made by the office in charge.
    "account_signup",
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}

urlpatterns = [
    *(page for page in allauth.account.urls.urlpatterns if page.name in OFFERED),
    path("mfa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]

"""How allauth behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect


class Adapter(DefaultAccountAdapter):
    """Accounts are made by people who may, never by visitors."""

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """Turn demo accounts away in production: everybody knows their password."""
        if settings.PRODUCTION and user.is_demo:
            messages.error(request, "体験用の利用者は、この環境では使えません。")
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)

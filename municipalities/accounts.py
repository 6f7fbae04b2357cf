"""How allauth behaves here: nobody signs up by themselves."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect

WRONG_CODE = (
    "認証コードが違います。いま表示されている6桁の数字を入力してください。"
    "続けて失敗するときは、端末の時刻を確かめてください"
)
TOO_OFTEN = "操作が短い時間にくり返されました。5分ほど待ってから、もう一度操作してください"


class Adapter(DefaultAccountAdapter):
    """Accounts are made by people who may, never by visitors."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": (
            "ユーザー名またはパスワードが違います。確かめて、もう一度入力してください"
        ),
        "too_many_login_attempts": (
            "ログインの失敗が続いたため、受付を止めています。5分ほど待ってから、もう一度ログインしてください"
        ),
        "incorrect_password": "パスワードが違います。確かめて、もう一度入力してください",
        "enter_current_password": "いまのパスワードが違います。確かめて、もう一度入力してください",
        "incorrect_code": WRONG_CODE,
        "rate_limited": TOO_OFTEN,
    }

    def is_open_for_signup(self, request):
        return False

    def pre_login(self, request, user, **kwargs):
        """Turn demo accounts away in production: everybody knows their password."""
        if settings.PRODUCTION and user.is_demo:
            messages.error(request, "体験用の利用者は、この環境では使えません。")
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's messages say what to do next."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

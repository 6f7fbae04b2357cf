"""How allauth behaves here: nobody signs up by themselves."""

from urllib.parse import urlsplit

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

    def send_mail(self, template_prefix, email, context):
        """Send a mail whose links lead to this installation, whatever Host the request claimed."""
        links = {name: at_home(url) for name, url in context.items() if name.endswith("_url")}
        super().send_mail(template_prefix, email, context | links)

    def get_reset_password_from_key_url(self, key):
        return at_home(super().get_reset_password_from_key_url(key))

    def pre_login(self, request, user, **kwargs):
        """Turn demo accounts away in production: everybody knows their password."""
        if settings.PRODUCTION and user.is_demo:
            messages.error(request, "体験用の利用者は、この環境では使えません。")
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)


def at_home(url):
    """Return the address with BASE_URL in front instead of the request's host, where it is set."""
    if not settings.BASE_URL:
        return url
    parts = urlsplit(url)
    return f"{settings.BASE_URL}{parts._replace(scheme='', netloc='').geturl()}"


class MFAAdapter(DefaultMFAAdapter):
    """The second factor's messages say what to do next."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

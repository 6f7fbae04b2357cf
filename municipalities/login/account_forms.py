"""The forms of allauth in the manner of the house: messages that name the field, our own labels and hints."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from municipalities.forms import House

CODE = ("認証コード", "認証アプリに表示されている6桁の数字")
CODE_OR_RECOVERY = ("認証コード", "認証アプリに表示されている6桁の数字、または回復コード")
# Without allauth's link inside the hint: it would stand between the label and the input.
PASSWORD = ("パスワード", "")
NEW_PASSWORDS = {
    "password1": (
        "新しいパスワード",
        "12文字以上。自治体名や業務の名前、よく使われる言葉は避けてください",
    ),
    "password2": ("新しいパスワード（確認）", "同じパスワードをもう一度入力してください"),
}


class LoginForm(House, account.LoginForm):
    words = {"login": ("ユーザー名", ""), "password": PASSWORD}


class ReauthenticateForm(House, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class ChangePasswordForm(House, account.ChangePasswordForm):
    words = {"oldpassword": ("いまのパスワード", ""), **NEW_PASSWORDS}


class ResetPasswordForm(House, account.ResetPasswordForm):
    words = {"email": ("メールアドレス", "")}


class ResetPasswordKeyForm(House, account.ResetPasswordKeyForm):
    words = NEW_PASSWORDS


class AuthenticateForm(House, mfa.AuthenticateForm):
    words = {"code": CODE_OR_RECOVERY}


class ReauthenticateCodeForm(House, mfa.ReauthenticateForm):
    words = {"code": CODE_OR_RECOVERY}


class ActivateTOTPForm(House, totp.ActivateTOTPForm):
    words = {"code": CODE}

"""Signing in and one's own account: our words, our look, nothing of another language."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from municipalities.login.account_forms import (
    ChangePasswordForm,
    LoginForm,
    ResetPasswordForm,
)

PASSWORD = "aozora-himawari-72"
LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
ALLOWED = re.compile(r"PDCA|https?://\S+|test-user|testserver|[A-Z2-7]{32}")


@pytest.fixture
def user(db):
    return get_user_model().objects.create_user(
        "test-user", "test-user@example.jp", PASSWORD, display_name="見本市 担当者"
    )


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


def words(response):
    page = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", response.content.decode())
    return ALLOWED.sub("", page)


def test_an_empty_sign_in_asks_for_both_by_name():
    assert LoginForm({}).errors == {
        "login": ["ユーザー名を入力してください"],
        "password": ["パスワードを入力してください"],
    }


def test_no_link_stands_between_a_password_label_and_its_input(db, user):
    assert LoginForm().fields["password"].help_text == ""
    assert ChangePasswordForm(user=user).fields["oldpassword"].help_text == ""
    assert ResetPasswordForm().fields["email"].label == "メールアドレス"


@pytest.mark.parametrize(
    "address",
    [
        "login/",
        "signup/",
        "inactive/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
    ],
)
def test_public_pages_of_the_account_are_japanese(client, db, address):
    response = client.get(f"/account/{address}")

    assert response.status_code == 200
    assert LATIN_WORD.findall(words(response)) == []
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "address", ["logout/", "password/change/", "mfa/", "sessions/", "reauthenticate/"]
)
def test_pages_of_ones_own_account_are_japanese(signed_in, address):
    response = signed_in.get(f"/account/{address}", HTTP_USER_AGENT="")

    assert response.status_code == 200
    assert LATIN_WORD.findall(words(response)) == []
    assert "見本市 担当者" in response.content.decode()


def test_signing_out_needs_a_post(signed_in):
    signed_in.get("/account/logout/")
    assert "_auth_user_id" in signed_in.session

    signed_in.post("/account/logout/")
    assert "_auth_user_id" not in signed_in.session


def test_a_refused_sign_in_says_so_in_the_title_and_keeps_the_name(client, user):
    page = client.post(
        "/account/login/", {"login": "test-user", "password": "wrong"}
    ).content.decode()

    assert "<title>エラー：ログイン" in page
    assert 'class="error-summary"' in page
    assert 'value="test-user"' in page
    assert "wrong" not in page


def test_the_mail_for_a_new_password_is_japanese_and_its_link_works(client, user):
    client.post("/account/password/reset/", {"email": user.email})

    (message,) = mail.outbox
    assert "パスワードの再設定について" in message.subject
    assert LATIN_WORD.findall(ALLOWED.sub("", message.body)) == []
    link = re.search(r"https?://[^/]+(/\S+)", message.body)[1]
    assert "新しいパスワード" in client.get(link, follow=True).content.decode()


def test_links_in_mails_lead_home_whatever_host_the_request_claimed(client, user, settings):
    settings.BASE_URL = "https://pdca.example.jp"
    client.post("/account/password/reset/", {"email": user.email}, headers={"host": "localhost:9"})

    (link,) = re.findall(r"https?://\S+", mail.outbox[0].body)
    assert link.startswith("https://pdca.example.jp/account/password/reset/key/")


def test_without_a_base_url_the_links_keep_the_requests_host(client, user, settings):
    settings.BASE_URL = ""
    client.post("/account/password/reset/", {"email": user.email}, headers={"host": "localhost:9"})

    assert "http://localhost:9/account/password/reset/key/" in mail.outbox[0].body


def test_nobody_learns_from_the_answer_whether_an_address_is_known(client, user):
    known = client.post("/account/password/reset/", {"email": user.email}, follow=True)
    unknown = client.post("/account/password/reset/", {"email": "nobody@example.jp"}, follow=True)

    assert words(known) == words(unknown)
    assert [letter.to for letter in mail.outbox] == [[user.email]]


def test_nobody_signs_up(client, db):
    client.post(
        "/account/signup/", {"username": "new", "password1": PASSWORD, "password2": PASSWORD}
    )

    assert not get_user_model().objects.filter(username="new").exists()

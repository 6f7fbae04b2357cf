"""What a password may not be is said in Japanese, by the validators in the settings."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from municipalities.models import User

USER = User(username="hanabatake", email="tsukimisou@example.jp")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("ab3-", "12文字以上で入力してください"),
        ("hanabatake-1", "ユーザー名と似たパスワードは使えません"),
        ("tsukimisou-1", "メールアドレスと似たパスワードは使えません"),
        ("qwertyuiop", "よく使われるパスワードは使えません"),
        ("123456789012", "数字だけのパスワードは使えません"),
        ("９８４７２０１６３５７１", "数字だけのパスワードは使えません"),
    ],
)
def test_a_weak_password_is_refused_in_a_plain_sentence(password, sentence):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, USER)

    assert sentence in refused.value.messages


def test_a_good_password_passes():
    validate_password("aozora-himawari-72", USER)


def test_every_help_text_ends_as_a_sentence():
    assert all(
        text.endswith("。") and text.isascii() is False for text in password_validators_help_texts()
    )

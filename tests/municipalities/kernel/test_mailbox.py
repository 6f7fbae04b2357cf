"""The mailbox of files."""

import email
import email.policy

import pytest
from django.core.mail import EmailMessage, get_connection

from municipalities.kernel.mail import StableMessage


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = "municipalities.kernel.mailbox.FileMailbox"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def letter(message_id, cls=EmailMessage):
    return cls(
        "【見本市】中間報告",
        "本文です。",
        to=["a@example.jp"],
        attachments=[("報告書.pdf", b"%PDF", "application/pdf")],
        headers={"Message-ID": message_id, "Date": "Wed, 01 Apr 2026 00:00:00 +0900"},
    )


def test_each_mail_is_one_readable_file(folder):
    sent = get_connection().send_messages([letter("<a.1@x.jp>"), letter("<a.2@x.jp>")])

    assert sent == 2
    assert sorted(path.name for path in folder.iterdir()) == ["a.1@x.jp.eml", "a.2@x.jp.eml"]
    read = email.message_from_bytes(
        (folder / "a.1@x.jp.eml").read_bytes(), policy=email.policy.default
    )
    assert read["Subject"] == "【見本市】中間報告"
    assert [part.get_filename() for part in read.iter_attachments()] == ["報告書.pdf"]


def test_a_name_cannot_lead_out_of_the_folder(folder):
    letter("<../../evil@x.jp>").send()

    assert [path.name for path in folder.iterdir()] == ["evil@x.jp.eml"]
    assert [path.name for path in folder.parent.iterdir()] == ["mail"]


def test_the_same_mail_twice_is_the_same_file_byte_by_byte(folder):
    letter("<a.1@x.jp>", StableMessage).send()
    first = (folder / "a.1@x.jp.eml").read_bytes()
    letter("<a.1@x.jp>", StableMessage).send()

    assert (folder / "a.1@x.jp.eml").read_bytes() == first
    assert len(list(folder.iterdir())) == 1

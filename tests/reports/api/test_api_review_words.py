"""What comes over the API is kept as the forms would keep it: no invisible characters, no words of nothing."""

import json

import pytest

from reports.models import Comment, CommentReply, Decision
from tests.reports import reviewing

pytestmark = pytest.mark.django_db
DESK = "/api/v1/review/990019-2026-interim-1"
INVISIBLE = ["a\u202eb", "\u200b", "\u3000"]


def post(client, path, **sent):
    return client.post(path, json.dumps(sent), content_type="application/json")


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_comment_has_visible_words_only(as_adviser, here, text):
    answer = post(as_adviser, f"{DESK}/comments", section="policy", kind="fix", text=text)
    assert answer.status_code == 422
    assert not Comment.objects.exists()


@pytest.mark.parametrize("text", INVISIBLE)
def test_a_decision_has_visible_words_only(as_adviser, here, text):
    day = reviewing.soon().isoformat()
    answer = post(
        as_adviser, f"{DESK}/decision", version=1, kind="revisit", text=text, wanted_on=day
    )
    assert answer.status_code == 422
    assert not Decision.objects.exists()


@pytest.mark.parametrize("text", INVISIBLE)
def test_an_answer_has_visible_words_only(as_editor, people, here, text):
    comment = reviewing.comment(people["adviser"])
    address = f"/api/v1/m/990019/2026/reports/comments/{comment.pk}/answer"
    assert post(as_editor, address, text=text).status_code == 422
    assert not CommentReply.objects.exists()


def test_a_soft_break_pasted_from_a_document_becomes_a_line(as_adviser, here):
    sent = {"section": "policy", "kind": "fix", "text": "一行目\x0b二行目"}
    assert post(as_adviser, f"{DESK}/comments", **sent).status_code == 200
    assert "\x0b" not in Comment.objects.get().text

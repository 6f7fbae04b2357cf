"""Every error of the API has one form: a list of pointer and message."""

import json
from http import HTTPStatus

from ninja import Field, Schema

from municipalities.rows.rows import Problem


class ErrorOut(Schema):
    """一つの誤り"""

    pointer: str = Field(
        description="送られた内容のどこかを示すJSONポインタ。内容全体や操作についての誤りでは空"
    )
    message: str = Field(description="どうすればよいかを示す文")


class ErrorsOut(Schema):
    """誤りの一覧"""

    errors: list[ErrorOut]


SENTENCES = {
    400: "送られた内容を読めません。書き方を確かめてください。",
    401: "認証が必要です。トークンを確かめてください。",
    403: "この操作をする権限がありません。",
    404: "見つかりません。",
    405: "このアドレスでは、この方法（メソッド）は使えません。",
    413: "送られた内容が大きすぎます。5MBまでにしてください。",
    500: "サーバーで問題が起きました。時間をおいて、もう一度お試しください。",
}
OTHER = "この操作はできません。"


def content_of(problems):
    """Return `{"errors": [{"pointer", "message"}]}` as bytes."""
    errors = [{"pointer": one.pointer, "message": one.message} for one in problems]
    return json.dumps({"errors": errors}, ensure_ascii=False).encode()


def speak_json(response, *problems):
    """Give a response this form; without problems its status says what is wrong."""
    sentence = SENTENCES.get(response.status_code, OTHER)
    response.content = content_of(problems or [Problem("", sentence)])
    response.headers["Content-Type"] = "application/json"
    response.headers.pop("Content-Length", None)
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


class Refused(Exception):
    """An operation ends with this status and these problems, or with the status's own sentence."""

    def __init__(self, status, *problems):
        super().__init__(status)
        self.status = status
        self.problems = problems


# What an operation may answer besides what it is asked for.
READING = {frozenset({401, 403, 404}): ErrorsOut}
WRITING = {frozenset({400, 401, 403, 404, 413, 422}): ErrorsOut}

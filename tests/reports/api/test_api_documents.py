"""The document over HTTP: read, write back under its entity tag, and every kind of bad body."""

import json

import pytest

from logicmodels.models import Issue
from municipalities.models import Change, Municipality, Prefecture
from municipalities.reference import load as load_reference
from reports.document import assembly
from tests import world
from tests.reports.api_clients import DOCUMENT, REPORTS, errors_of, with_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(people):
    return with_token(people["editor"])


@pytest.fixture
def put(client):
    """Write a body back under the current entity tag, or under the one given."""

    def write(body, **headers):
        if not headers:
            headers = {"If-Match": client.get(DOCUMENT).headers["ETag"]}
        content = body if isinstance(body, bytes) else json.dumps(body)
        return client.put(DOCUMENT, content, content_type="application/json", headers=headers)

    return write


def test_the_document_is_the_canonical_bytes_and_their_hash(client, here):
    response = client.get(DOCUMENT)

    content = assembly.canonical(assembly.assemble(here))
    assert response.content == content
    assert response.headers["ETag"] == f'"{assembly.sha256(content)}"'
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store, private"


def test_writing_back_answers_with_the_new_document_and_tag(client, put, here):
    document = client.get(DOCUMENT).json()
    document["issues"][0]["text"] = "書き直した課題"

    response = put(document)

    assert response.status_code == 200
    assert response.json() == document
    assert response.headers["ETag"] == client.get(DOCUMENT).headers["ETag"]
    assert Issue.objects.get(cycle=here, key="issue-1").text == "書き直した課題"


def test_writing_back_what_was_read_changes_nothing(client, put, here):
    before = client.get(DOCUMENT)
    written = Change.objects.count()

    response = put(before.content)

    assert response.headers["ETag"] == before.headers["ETag"]
    assert Change.objects.count() == written


def test_without_an_entity_tag_nothing_is_written(client):
    response = client.put(DOCUMENT, client.get(DOCUMENT).content, content_type="application/json")

    assert response.status_code == 428
    assert "If-Match" in errors_of(response)[0]["message"]


@pytest.mark.parametrize("tag", ['"0"', "*", "", "W/current", "current without quotes"])
def test_under_another_entity_tag_nothing_is_written(client, put, tag):
    before = client.get(DOCUMENT)
    current = before.headers["ETag"]
    tag = tag.replace("current without quotes", current.strip('"')).replace("current", current)
    document = before.json() | {"issues": []}

    response = put(document, **{"If-Match": tag})

    assert response.status_code == 412
    assert errors_of(response)
    assert client.get(DOCUMENT).content == before.content


def test_the_tag_of_an_earlier_reading_is_overtaken(client, put):
    """Two read, both write: the second is told, and its text is still in its own hands."""
    first = client.get(DOCUMENT)
    tag, document = first.headers["ETag"], first.json()
    document["profile"]["strengths"] = "一人目"
    assert put(document, **{"If-Match": tag}).status_code == 200
    document["profile"]["strengths"] = "二人目"

    response = put(document, **{"If-Match": tag})

    assert response.status_code == 412
    assert client.get(DOCUMENT).json()["profile"]["strengths"] == "一人目"


def test_problems_come_with_their_places(client, put):
    document = client.get(DOCUMENT).json()
    document["issues"][1]["scene"] = "home"
    document["measurements"][0]["value"] = 1

    response = put(document)

    assert response.status_code == 422
    pointers = {error["pointer"] for error in errors_of(response)}
    assert pointers == {"/issues/1/scene", "/measurements/0/value"}


def test_the_neighbours_document_cannot_be_written_here(client, put):
    theirs = world.document_of(world.THEIRS)
    before = client.get(DOCUMENT).content

    response = put(theirs)

    assert response.status_code == 422
    assert [error["pointer"] for error in errors_of(response)] == ["/municipality/code"]
    assert client.get(DOCUMENT).content == before


BAD_BODIES = {
    "nothing": b"",
    "no JSON": b"issues",
    "NaN": b'{"issues": NaN}',
    "beyond a float": b'{"issues": 1e999}',
    "a lone surrogate": rb'{"issues": ["\ud800"]}',
    "NUL": rb'{"issues": ["\u0000"]}',
    "brackets": b"[" * 100_000,
    "closed brackets": b"[" * 900 + b"]" * 900,
    "another code page": '{"issues": "課題"}'.encode("cp932"),
    "a list": b"[]",
    "a text": b'"x"',
    "a number": b"7",
    "null": b"null",
    "six megabytes": b'{"issues": "' + b"x" * 6_000_000 + b'"}',
}


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_bad_body_is_the_clients_error(client, put, body):
    before = client.get(DOCUMENT).content

    response = put(body)

    assert response.status_code in {400, 413, 422}
    assert errors_of(response)
    assert client.get(DOCUMENT).content == before


@pytest.mark.parametrize("body", BAD_BODIES.values(), ids=BAD_BODIES)
def test_a_bad_body_of_a_new_report_is_the_clients_error(client, body):
    response = client.post(REPORTS, body, content_type="application/json")

    assert response.status_code in {400, 413, 422}
    assert errors_of(response)


@pytest.mark.parametrize("name", ["a lone surrogate", "NUL"])
def test_text_that_cannot_be_kept_is_named_by_its_place(put, name):
    response = put(BAD_BODIES[name])

    assert response.status_code == 400
    assert errors_of(response)[0]["pointer"] == "/issues/0"


def test_too_much_is_told_with_the_limit(put):
    response = put(BAD_BODIES["six megabytes"])

    assert response.status_code == 413
    assert "5MB" in errors_of(response)[0]["message"]


def test_a_nul_in_the_query_is_the_clients_error(client):
    response = client.get("/api/v1/municipalities?prefecture=%00")

    assert response.status_code == 400
    assert errors_of(response)


def test_ibaraki_has_44_municipalities(people):
    load_reference()

    response = with_token(people["stranger"]).get("/api/v1/municipalities?prefecture=08")

    items = response.json()["items"]
    assert len(items) == 44
    assert items[0] == {"code": "082015", "name": "水戸市", "kind": "core_city"}
    assert [one["code"] for one in items] == sorted(one["code"] for one in items)


def test_without_a_prefecture_all_municipalities_are_listed(client):
    assert len(client.get("/api/v1/municipalities").json()["items"]) == Municipality.objects.count()


@pytest.mark.parametrize("code", ["8", "008", "０８", "ibaraki", "48", "", "08\n", "08' OR '1'='1"])
def test_a_prefecture_that_is_none_is_told(client, code):
    assert not Prefecture.objects.filter(code=code).exists()

    response = client.get("/api/v1/municipalities", {"prefecture": code})

    assert response.status_code == 422
    assert errors_of(response)[0]["pointer"] == "/prefecture"


def test_names_of_filters_nobody_offers_are_ignored(client):
    everything = client.get("/api/v1/municipalities").content

    for query in ("_connector=OR+1%3D1", "prefecture__code=08", "sort=password", "code__in=1"):
        assert client.get(f"/api/v1/municipalities?{query}").content == everything

"""Promises that hold for every operation of the API: declared, described, closed to all whom it does not name."""

import json
import re

import pytest
from django.test import Client
from django.urls import path as route

from config.urls import urlpatterns as real_urlpatterns
from municipalities.access import ROLE_PERMISSIONS, Permission
from municipalities.choices import ScopeKind
from reports.api.operations import operations
from reports.api.permission import Bearer, Needs, Session
from reports.api.site import Api, api, undeclared
from tests import world
from tests.reports.api_clients import JAPANESE, address, errors_of, with_token

METHODS = ("get", "post", "put", "patch", "delete")


EVERY = [(one.path, one.method.lower(), one.operation) for one in operations()]
NAMES = [f"{method} {path}" for path, method, _ in EVERY]
OF_A_TOWN = [entry for entry in EVERY if "municipality" in entry[0] or "report_number" in entry[0]]
OF_A_PREFECTURE = [entry for entry in EVERY if "prefecture" in entry[0]]
TOWN_NAMES = [f"{method} {path}" for path, method, _ in OF_A_TOWN]
every_operation = pytest.mark.parametrize(("path", "method", "operation"), EVERY, ids=NAMES)
every_operation_of_a_town = pytest.mark.parametrize(
    ("path", "method", "operation"), OF_A_TOWN, ids=TOWN_NAMES
)


def call(client, method, path, *, code=world.OURS):
    return client.generic(
        method.upper(), address(path, code=code), data="{}", content_type="application/json"
    )


def test_there_are_operations():
    assert len(EVERY) >= 7


@every_operation
def test_declares_what_it_needs(path, method, operation):
    assert [type(one) for one in operation.auth_callbacks] == [Bearer, Session]
    assert all(isinstance(one, Needs) for one in operation.auth_callbacks)
    needed = {one.permission for one in operation.auth_callbacks}
    assert len(needed) == 1
    if "municipality" in path:
        assert isinstance(needed.pop(), Permission)


@every_operation
def test_what_writes_needs_more_than_looking(path, method, operation):
    if method != "get":
        assert operation.auth_callbacks[0].permission not in {None, Permission.VIEW_PLAN}


@pytest.mark.django_db
@every_operation
def test_anonymous_is_told_to_identify(path, method, operation):
    response = call(Client(), method, path)

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert errors_of(response)[0]["pointer"] == ""


@pytest.mark.django_db
@every_operation_of_a_town
def test_a_foreign_town_is_absent(path, method, operation, people):
    """Status and body are those of an address that does not exist, for every stranger."""
    for username in ("neighbour", "neighbour-adviser", "stranger", "officer", "operator"):
        client = with_token(people[username])
        absent = client.get("/api/v1/m/990019/1999/document")
        response = call(client, method, path)
        assert response.status_code == absent.status_code == 404, username
        assert response.content == absent.content
        assert set(response.headers) == set(absent.headers)
        assert errors_of(response) == [{"pointer": "", "message": "見つかりません。"}]


@pytest.mark.django_db
@every_operation_of_a_town
def test_a_role_without_its_permission_is_refused(path, method, operation, people):
    permission = operation.auth_callbacks[0].permission
    for username, (role, kind, code) in world.CAST.items():
        if kind != ScopeKind.MUNICIPALITY or code != world.OURS:
            continue
        status = call(with_token(people[username]), method, path).status_code
        if permission in ROLE_PERMISSIONS[role]:
            assert status not in {401, 403}, (username, status)
        else:
            assert status == 403, (username, status)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "method", "operation"), OF_A_PREFECTURE)
def test_a_foreign_prefecture_is_absent(path, method, operation, people):
    for username in ("other-officer", "editor", "adviser", "stranger", "operator"):
        response = call(with_token(people[username]), method, path)
        assert response.status_code == 404, username
    assert call(with_token(people["officer"]), method, path).status_code not in {401, 403, 404}


@pytest.mark.django_db
@every_operation
def test_a_wrong_method_is_answered_in_json(path, method, operation, people):
    allowed = {one for where, one, _ in EVERY if where == path}
    near = people["officer" if "prefecture" in path else "editor"]
    for wrong in set(METHODS) - allowed:
        response = call(with_token(near), wrong, path)
        assert response.status_code == 405
        assert errors_of(response)
        assert {one.lower() for one in re.findall(r"\w+", response.headers["Allow"])} == allowed


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["", "v2/municipalities", "v1/nowhere", "v1/m/990019/2026/wishes", "v1/m/99001/2026/x"],
)
def test_an_unknown_address_is_absent_in_json(path, people):
    for client in (Client(), with_token(people["editor"])):
        response = client.get(f"/api/{path}")
        assert response.status_code == 404
        assert errors_of(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "piece",
    [
        "m/99001/2026",
        "m/9900199/2026",
        "m/990019/26",
        "m/990019/2026x",
        "m/９９００１９/2026",
        "m/x/y",
    ],
)
def test_an_address_that_is_no_town_and_year_is_absent(piece, people):
    response = with_token(people["editor"]).get(f"/api/v1/{piece}/document")

    assert response.status_code == 404
    assert errors_of(response)


@pytest.fixture
def description(db):
    response = Client().get("/api/v1/openapi.json")
    assert response.status_code == 200
    return json.loads(response.content)


def test_the_description_is_open_to_everybody(description):
    assert description["openapi"].startswith("3.1")
    assert JAPANESE.search(description["info"]["description"])


def test_every_operation_is_described_in_japanese(description):
    described = [one for methods in description["paths"].values() for one in methods.values()]
    assert len(described) == len(EVERY)
    for one in described:
        assert JAPANESE.search(one["summary"])
        assert JAPANESE.search(one["description"])
        assert one["security"] == [{"Bearer": []}, {"Session": []}]
        for parameter in one["parameters"]:
            assert parameter["name"] == "If-Match" or parameter["description"], parameter
        refusals = [answer for status, answer in one["responses"].items() if status >= "400"]
        assert "401" in one["responses"]
        for answer in refusals:
            schema = answer["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/ErrorsOut"}
    assert len({one["operationId"] for one in described}) == len(described)


def test_the_two_ways_in_are_described(description):
    schemes = description["components"]["securitySchemes"]

    assert schemes["Bearer"]["type"] == "http"
    assert schemes["Bearer"]["scheme"] == "bearer"
    assert schemes["Session"]["in"] == "cookie"


def test_every_reference_of_the_description_leads_somewhere(description):
    references = re.findall(r'"\$ref": "([^"]+)"', json.dumps(description))

    assert references
    for reference in references:
        target = description
        for piece in reference.removeprefix("#/").split("/"):
            target = target[piece]


def test_the_document_is_described_as_it_is_sent(description):
    put = description["paths"]["/api/v1/m/{municipality}/{fiscal_year}/document"]["put"]
    schema = put["requestBody"]["content"]["application/json"]["schema"]
    document = description["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]

    assert document["required"] == ["schema_version", "municipality", "fiscal_year"]
    assert "既定値" in document["description"]
    rows = description["components"]["schemas"]["MeasurementRow"]
    assert rows["required"] == ["key", "indicator", "fiscal_year", "source"]
    assert {"412", "428"} <= set(put["responses"])


careless = Api(urls_namespace="careless", openapi_url=None, docs_url=None, auth=undeclared)


@careless.get("open")
def left_open(request):
    raise AssertionError("an undeclared operation must not run")


urlpatterns = [*real_urlpatterns, route("api/careless/", careless.urls)]


@pytest.mark.django_db
@pytest.mark.urls("tests.reports.api.test_api_operations")
def test_an_operation_that_declares_nothing_is_refused(people):
    """The negative control of the walk: the API as it is set up refuses, whoever asks."""
    assert api.auth == careless.auth == [undeclared]
    for client in (with_token(people["editor"]), Client()):
        assert client.get("/api/careless/open").status_code == 403

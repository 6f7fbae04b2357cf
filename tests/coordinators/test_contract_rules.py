"""委託: what a contract, its events and the executions refuse, and what they show when it is much or unseen."""

import pytest

from coordinators import contract_chains
from coordinators.models import Contract, ContractEvent, ContractPartner, WorkItemExecution
from municipalities.kernel import submission_keys
from municipalities.models import Municipality
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}contracts/"
DOCUMENT = "/api/v1/m/990019/2026/document"
FORM = {
    "title": "推進事業業務委託",
    "name": "見本市医師会",
    "kind": "whole",
    "state": "running",
    "funding": "unstated",
    "audience": "adviser",
}
EVENT = {"kind": "report", "text": "上半期の報告", "done": ""}
EXECUTION = {"work_item": "training", "scene": "all", "execution": "direct", "audience": "adviser"}


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def contract(key, title="業務委託", **fields):
    values = {"name": "見本市医師会", "position": 1} | fields
    return Contract.objects.create(key=key, title=title, **values)


def test_a_chain_of_any_depth_is_drawn_with_every_contract_once(as_editor, here):
    before = as_editor.get(LIST).content.decode().count("chain-below")
    row = contract("deep-0", "元請け")
    for number in range(1, 120):
        row = contract(f"deep-{number}", f"再委託{number}", kind="sub", parent=row)

    page = as_editor.get(LIST)

    html = page.content.decode()
    assert page.status_code == 200
    assert [html.count(f'id="deep-{number}"') for number in range(120)] == [1] * 120
    assert html.count("chain-below") - before == contract_chains.DEEPEST - 1


def test_contracts_on_one_level_keep_their_ways_up_and_down(here):
    top = contract("top", "元請け")
    for number in range(3):
        contract(f"ward-{number}", kind="sub", parent=top, position=number)
    rows = [one for one in contract_chains.readable() if one.key.startswith(("top", "ward"))]

    (chain,) = contract_chains.chains(rows)

    ends = [(one.is_first, one.is_last) for one in chain.below]
    assert ends == [(True, False), (False, False), (False, True)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"begins": "令和6年度", "ends": "令和5年度末"}, "契約の終わりが、始まりより前"),
        ({"begins": "2024/4/1", "ends": "2024/3/31"}, "契約の終わりが、始まりより前"),
        ({"begins": "令和5年2月31日"}, "実在する日付を入力してください"),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_what_was_typed(as_editor, here, fields, words):
    before = Contract.objects.count()

    refused = add(as_editor, f"{LIST}add/", **FORM | fields)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert words in page
    assert all(value in page for value in fields.values())
    assert Contract.objects.count() == before


@pytest.mark.parametrize("ends", ["令和6年度", "令和6年4月頃", ""])
def test_a_term_within_one_year_is_taken(as_editor, here, ends):
    added = add(as_editor, f"{LIST}add/", **FORM | {"begins": "令和6年度", "ends": ends})

    assert added.status_code == 302


def test_a_contract_cannot_come_from_one_that_came_from_it(as_editor, here):
    top = contract("top", "元請け")
    low = contract("low", "孫請け", kind="sub", parent=top)
    fields = FORM | {"kind": "sub", "parent": str(low.pk), "base_version": "1"}

    refused = as_editor.post(f"{LIST}top/edit/", fields)

    top.refresh_from_db()
    assert refused.status_code == 422
    assert "この契約から再委託している契約は選べません" in refused.content.decode()
    assert top.parent is None


def test_a_report_is_due_in_any_words_but_on_no_day_that_is_not(as_editor, here):
    contract("city")
    url = f"{LIST}city/events/add/"

    refused = add(as_editor, url, **EVENT | {"due": "令和6年2月31日"})
    taken = add(as_editor, url, **EVENT | {"due": "毎月10日"})

    assert refused.status_code == 422
    assert "実在する日付を入力してください" in refused.content.decode()
    assert taken.status_code == 302
    assert [one.due for one in ContractEvent.objects.filter(contract__key="city")] == ["毎月10日"]


def test_what_a_form_refuses_a_document_refuses_too(as_editor, here):
    """Of a contract and an execution alike."""
    contract("first")
    contract("second", position=2)
    execution = WorkItemExecution.objects.create(key="one", cycle=here, **EXECUTION)
    read = as_editor.get(DOCUMENT)
    document = read.json()
    at = {one["key"]: number for number, one in enumerate(document["contracts"])}
    first = document["contracts"][at["first"]]
    first["parent"] = "second"
    (line,) = (number for number, one in enumerate(document["executions"]) if one["key"] == "one")
    document["executions"][line]["contract"] = "second"

    refused = as_editor.put(
        DOCUMENT, document, content_type="application/json", headers={"If-Match": read["ETag"]}
    )

    said = {one["pointer"]: one["message"] for one in refused.json()["errors"]}
    execution.refresh_from_db()
    assert refused.status_code == 422
    assert "もとの契約を選ぶのは再委託のとき" in said[f"/contracts/{at['first']}/parent"]
    assert "直営のときは" in said[f"/executions/{line}/contract"]
    assert execution.contract is None


@pytest.fixture
def held_no_longer(here):
    """An execution of ours whose contract 見本町 has stopped sharing with us."""
    ours = Municipality.objects.get(code=world.OURS)
    with within(Municipality.objects.get(code=world.THEIRS)):
        row = contract("joint", "共同の業務委託", name="見本医師会")
        share = ContractPartner.objects.create(key="with-ours", contract=row, partner=ours)
    execution = WorkItemExecution.objects.create(
        key="joint", cycle=here, contract=row, **EXECUTION | {"execution": "contracted"}
    )
    with within(Municipality.objects.get(code=world.THEIRS)):
        share.delete()
    return execution


def test_an_execution_says_that_its_contract_is_shared_no_longer(as_editor, here, held_no_longer):
    url = f"{YEAR}executions/joint/edit/"
    shown = as_editor.get(url).content.decode()
    listed = as_editor.get(f"{YEAR}executions/").content.decode()

    stale = EXECUTION | {"contract": str(held_no_longer.contract_id), "base_version": "1"}
    refused = as_editor.post(url, stale)
    saved = as_editor.post(url, EXECUTION | {"execution": "contracted", "base_version": "1"})

    held_no_longer.refresh_from_db()
    assert "共同で委託する市区町村から外れたため、表示できません" in shown
    assert "契約は表示できません" in listed
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert held_no_longer.contract_id is None
    assert "契約は表示できません" not in as_editor.get(f"{YEAR}executions/").content.decode()


def test_the_deeds_of_an_event_are_in_sight(as_editor, here):
    row = contract("city")
    ContractEvent.objects.create(key="talk", contract=row, text="役割についての意見交換" * 20)

    page = as_editor.get(f"{LIST}city/").content.decode()

    assert 'class="table stack fitting"' in page


def test_why_a_contract_ended_stands_below_who_took_it_on(as_editor, here):
    contract("city", state="ended", end_reason="人員の体制が整わないため。")

    page = as_editor.get(f"{LIST}city/").content.decode()

    assert page.index("受託する団体") < page.index('id="ending"') < page.index("人員の体制が")

"""委託: contracts as chains, the comparison, events, partners who read, and the paper for the contractor."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coordinators.contracts import contract_chains, contract_sheet
from coordinators.contracts.contract_sheet import EventState
from coordinators.models import Contract, ContractEvent, ContractPartner, WorkItemExecution
from municipalities.kernel import submission_keys
from municipalities.models import Change, Municipality, Organization, TrashItem
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
YEAR, THEIR_YEAR = "/m/990019/2026/", "/m/990027/2026/"
LIST = f"{YEAR}contracts/"
FORM = {
    "title": "推進事業業務委託",
    "name": "見本市医師会",
    "kind": "whole",
    "state": "running",
    "funding": "unstated",
    "audience": "adviser",
}


def add(client, url, **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **fields})


def contract(key, title="業務委託", **fields):
    values = {"name": "見本市医師会", "position": 1} | fields
    return Contract.objects.create(key=key, title=title, **values)


@pytest.fixture
def shared_by_them():
    """A contract that 見本町 leads, with an event, shared with 見本市."""
    with within(Municipality.objects.get(code=world.THEIRS)):
        row = contract("joint", "共同の業務委託", name="見本医師会", amount=1_200_000)
        ContractEvent.objects.create(key="talk", contract=row, text="町との意見交換")
        ours = Municipality.objects.get(code=world.OURS)
        ContractPartner.objects.create(key="with-ours", contract=row, partner=ours)
    return row


def test_an_empty_list_says_what_belongs_there(sign_in):
    with within(Municipality.objects.get(code=world.OURS)):
        WorkItemExecution.objects.all().delete()
        ContractEvent.objects.all().delete()
        ContractPartner.objects.all().delete()
        Contract.objects.exclude(parent=None).delete()
        Contract.objects.all().delete()

    page = sign_in("viewer").get(LIST).content.decode()

    assert "委託先ごとに1件ずつ登録します" in page
    assert "事業項目ごとに「直営」「委託」" in page
    assert "委託契約を追加する" not in page


def test_a_contract_is_added_edited_and_deleted(as_editor, here):
    body = Organization.objects.get(key="ishikai")
    added = add(as_editor, f"{LIST}add/", **FORM | {"name": "", "organization": str(body.pk)})
    row = Contract.objects.get(title="推進事業業務委託")
    url = f"{LIST}{row.key}/"
    fields = FORM | {
        "base_version": "1",
        "purpose": "住み慣れた家で最期まで暮らせる。",
        "begins": "R5年度",
        "amount": "１，２００千円",
    }
    refused = as_editor.post(f"{url}edit/", fields)
    as_editor.post(f"{url}edit/", fields | {"amount": "1,200,000円"})

    page = as_editor.get(url).content.decode()
    assert added.status_code == 302
    assert row.name == body.name
    assert refused.status_code == 422
    assert "住み慣れた家で最期まで暮らせる。" in page
    assert "令和5年度から" in page
    assert "1,200,000円" in page
    as_editor.post(f"{url}delete/", {"base_version": "2"})
    assert not Contract.objects.filter(pk=row.pk).exists()


def test_without_a_body_or_name_it_is_asked_for_and_what_was_typed_stays(as_editor, here):
    response = add(as_editor, f"{LIST}add/", **FORM | {"name": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert "団体・部署を選ぶか、名称を入力してください。" in page
    assert "推進事業業務委託" in page
    assert not Contract.objects.filter(title="推進事業業務委託").exists()


def test_a_subcontract_asks_for_the_contract_it_comes_from(as_editor, here):
    parent = contract("city")
    url = f"{LIST}add/?parent=city"

    proposed = as_editor.get(url).content.decode()
    alone = add(as_editor, url, **FORM | {"kind": "sub"})
    not_sub = add(as_editor, url, **FORM | {"parent": str(parent.pk)})
    added = add(
        as_editor,
        url,
        **FORM | {"kind": "sub", "parent": str(parent.pk), "number_of_parties": "18"},
    )

    assert f'<option value="{parent.pk}" selected>' in proposed
    assert "再委託のときは、もとの契約を選んでください。" in alone.content.decode()
    assert "もとの契約を選ぶのは再委託のときです。" in not_sub.content.decode()
    assert added.status_code == 302
    page = as_editor.get(LIST).content.decode()
    assert "見本市医師会（18団体）" in page
    below = page[page.index('id="city"') :]
    assert below.index("chain-below") < below.index("（18団体）")


def test_a_contract_never_hangs_on_what_hangs_on_it(as_editor, here):
    top = contract("top")
    below = contract("below", kind="sub", parent=top)
    lowest = contract("lowest", kind="sub", parent=below)

    form = FORM | {"base_version": "1", "kind": "sub"}
    answers = [
        as_editor.post(f"{LIST}top/edit/", form | {"parent": str(one.pk)})
        for one in (top, below, lowest)
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert Contract.objects.get(key="top").parent is None


def test_a_circle_that_two_people_closed_is_still_shown_once(here):
    first = contract("first", position=101)
    second = contract("second", kind="sub", parent=first, position=102)
    Contract.objects.filter(pk=first.pk).update(parent=second)
    rows = [one for one in contract_chains.readable() if one.key in {"first", "second"}]

    (chain,) = contract_chains.chains(rows)

    assert chain.contract == first
    assert [one.contract for one in chain.below] == [second]
    assert chain.below[0].below == ()


def test_a_contract_moves_among_those_beside_it(as_editor, here):
    top = contract("top", position=50)
    for at, key in enumerate(("one", "two")):
        contract(key, kind="sub", parent=top, position=at + 1)

    response = as_editor.post(f"{LIST}two/up/")

    assert response.headers["Location"] == f"{LIST}#two"
    assert [one.key for one in Contract.objects.filter(parent=top)] == ["two", "one"]


def test_an_ended_contract_shows_its_reason_first(as_editor, here):
    contract("over", state="ended", ends="令和5年度末", end_reason="人員の体制が整わないため")

    page = as_editor.get(f"{LIST}over/").content.decode()

    assert page.index("人員の体制が整わないため") < page.index("目指す姿と委託の目的")
    assert "令和5年度末まで" in page
    assert "終了の理由：人員の体制が整わないため" in as_editor.get(LIST).content.decode()


def test_a_contract_that_is_in_use_is_not_deleted(as_editor, here):
    top = contract("top")
    contract("below", "各区への再委託", kind="sub", parent=top)
    WorkItemExecution.objects.create(
        cycle=here, key="by-top", work_item="consultation", contract=top
    )

    response = as_editor.post(f"{LIST}top/delete/", {"base_version": "1"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "各区への再委託" in page
    assert "在宅医療・介護関係者に関する相談支援" in page


def test_what_two_people_wrote_is_laid_side_by_side(as_editor, sign_in, here):
    contract("city", expectation="前の文")
    url = f"{LIST}city/edit/"
    form = FORM | {"base_version": "1", "title": "業務委託"}
    as_editor.post(url, form | {"expectation": "先に保存した期待", "gap": ""})

    other_field = as_editor.post(url, form | {"expectation": "前の文", "gap": "役割の差"})
    response = as_editor.post(url, form | {"expectation": "あとから書いた期待"})

    page = response.content.decode()
    assert other_field.status_code == 302
    assert response.status_code == 409
    assert "先に保存した期待" in page
    assert "あとから書いた期待" in page
    row = Contract.objects.get(key="city")
    assert (row.expectation, row.gap) == ("先に保存した期待", "役割の差")


def test_reports_and_talks_are_listed_with_due_and_done(as_editor, here):
    row = contract("city")
    url = f"{LIST}city/events/add/"
    add(as_editor, url, kind="report", text="上半期の報告", due="令和6年10月頃", done="")
    add(as_editor, url, kind="feedback", text="意見交換", due="", done="R6.11.5")
    late, done = ContractEvent.objects.filter(contract=row)

    page = as_editor.get(f"{LIST}city/").content.decode()
    assert "期限を過ぎています" in page
    assert "令和6年11月5日" in page
    as_editor.post(f"{YEAR}contract-events/{done.key}/up/")
    assert list(ContractEvent.objects.filter(contract=row)) == [done, late]
    form = {"base_version": "2", "kind": "report", "text": "報告", "due": "毎月", "done": "あした"}
    unreadable = as_editor.post(f"{YEAR}contract-events/{late.key}/edit/", form)
    assert unreadable.status_code == 422
    assert (
        as_editor.post(f"{YEAR}contract-events/{late.key}/edit/", form | {"done": ""}).status_code
        == 302
    )
    as_editor.post(f"{YEAR}contract-events/{done.key}/delete/", {"base_version": "2"})
    assert list(ContractEvent.objects.filter(contract=row)) == [late]


def test_an_event_is_late_only_after_the_last_day_it_can_mean(here):
    row = contract("city")
    event = ContractEvent(contract=row, text="報告", due="令和8年10月")

    last = dt.date(2026, 10, 31)
    assert contract_sheet.state_of(event, last) == EventState.COMING
    assert contract_sheet.state_of(event, last + dt.timedelta(days=1)) == EventState.LATE
    event.due = "協議のあと"
    assert contract_sheet.state_of(event, last) == EventState.COMING


def test_a_partner_reads_and_cannot_write(as_editor, shared_by_them, here):
    listed = as_editor.get(LIST).content.decode()
    page = as_editor.get(f"{LIST}shared/990027/joint/").content.decode()

    assert f"{LIST}shared/990027/joint/" in listed
    assert "見本町が代表です。" in listed
    assert "町との意見交換" in page
    assert "内容は見本町が記入しています" in page
    assert "編集する" not in page
    for deed in ("edit/", "delete/", "up/", "events/add/", "partners/add/", "print/", ""):
        assert as_editor.post(f"{LIST}joint/{deed}").status_code in {404, 405}
        assert as_editor.get(f"{LIST}joint/{deed}").status_code in {404, 405}
    for deed in ("edit/", "delete/", "up/"):
        assert as_editor.post(f"{YEAR}contract-events/talk/{deed}").status_code == 404
    assert as_editor.post(f"{YEAR}contract-partners/with-ours/delete/").status_code == 404


def test_a_contract_that_is_not_shared_is_absent(as_editor, shared_by_them):
    with within(Municipality.objects.get(code=world.THEIRS)):
        contract("own", "町だけの契約")
        ContractPartner.objects.filter(key="with-ours").delete()

    assert as_editor.get(f"{LIST}shared/990027/own/").status_code == 404
    assert as_editor.get(f"{LIST}shared/990027/joint/").status_code == 404
    assert as_editor.get(f"{LIST}shared/990019/contract-1/").status_code == 404
    assert "町だけの契約" not in as_editor.get(LIST).content.decode()


def test_what_hangs_on_a_contract_of_theirs_stands_on_top(as_editor, shared_by_them):
    """Its parent is not shared: the row is shown, the parent is not."""
    with within(Municipality.objects.get(code=world.THEIRS)):
        parent = contract("own", "町だけの契約")
        Contract.objects.filter(pk=shared_by_them.pk).update(parent=parent, kind="sub")

    page = as_editor.get(f"{LIST}shared/990027/joint/").content.decode()

    assert "共同の業務委託" in as_editor.get(LIST).content.decode()
    assert "町だけの契約" not in page


def test_a_partner_is_added_once_and_taken_away(as_editor, here):
    row = contract("city")
    url = f"{LIST}city/partners/add/"
    town = Municipality.objects.get(code=world.THEIRS)

    nobody = add(as_editor, url, partner="", code="")
    ourselves = add(as_editor, url, partner="", code="９９００１９")
    unknown = add(as_editor, url, partner="", code="999999")
    added = add(as_editor, url, partner="", code="990027")
    again = add(as_editor, url, partner=str(town.pk), code="")

    assert "共同で委託する市区町村を選んでください。" in nobody.content.decode()
    assert "自分の市区町村は" in ourselves.content.decode()
    assert "登録されていません" in unknown.content.decode()
    assert added.status_code == 302
    assert "すでに共同で委託する市区町村に入っています。" in again.content.decode()
    partner = ContractPartner.objects.get(contract=row)
    assert partner.partner == town
    assert "見本町と共同で委託" in as_editor.get(LIST).content.decode()
    as_editor.post(f"{YEAR}contract-partners/{partner.key}/delete/", {"base_version": "1"})
    assert not ContractPartner.objects.filter(contract=row).exists()


def test_the_paper_for_the_contractor_leaves_money_and_notes_out(sign_in, here):
    contract(
        "city",
        expectation="相談員が課題の解決に加わる",
        reality="相談への対応で手いっぱい",
        amount=1_234_567,
        note="内部の覚え",
        audience="internal",
    )

    page = sign_in("viewer").get(f"{LIST}city/print/").content.decode()

    assert "相談員が課題の解決に加わる" in page
    assert "相談への対応で手いっぱい" in page
    assert "1,234,567" not in page
    assert "内部の覚え" not in page
    assert "見せる範囲は「庁内」です" in page


def test_a_viewer_reads_and_a_contractor_sees_nothing(sign_in, here):
    contract("city", gap="期待との差")
    event = ContractEvent.objects.create(key="report", contract=contract("two"), text="報告")
    pages = ["", "city/", "city/print/", "city/edit/", "city/delete/", "city/events/add/"]

    assert "期待との差" in sign_in("viewer").get(f"{LIST}city/").content.decode()
    assert sign_in("viewer").get(f"{LIST}city/edit/").status_code == 403
    for address in [*(f"{LIST}{one}" for one in pages), f"{YEAR}executions/"]:
        response = sign_in("contributor").get(address)
        assert response.status_code == 403, address
        assert "期待との差" not in response.content.decode()
    assert sign_in("contributor").get(f"{YEAR}contract-events/{event.key}/edit/").status_code == 403


def test_a_neighbour_finds_nothing_at_our_addresses(sign_in, here):
    contract("city")
    for address in (LIST, f"{LIST}city/", f"{LIST}city/print/"):
        assert sign_in("neighbour").get(address).status_code == 404
    assert sign_in("neighbour").get(f"{THEIR_YEAR}contracts/city/").status_code == 404


def test_an_edit_is_kept_in_the_history(as_editor, here):
    contract("city")
    as_editor.post(f"{LIST}city/edit/", FORM | {"base_version": "1", "agreement": "月1回話す"})

    change = Change.objects.filter(model="coordinators.contract", key="city").latest("pk")
    assert change.after["agreement"] == "月1回話す"


@pytest.mark.django_db(transaction=True)
def test_a_contract_that_a_neighbours_table_holds_cannot_go(committed_world, sign_in):
    theirs, ours = (Municipality.objects.get(code=code) for code in (world.THEIRS, world.OURS))
    with within(theirs):
        row = contract("joint", "共同の業務委託", name="見本医師会")
        ContractPartner.objects.create(key="with-ours", contract=row, partner=ours)
    with within(ours):
        cycle = world.cycle_of()
        WorkItemExecution.objects.create(
            key="held", cycle=cycle, work_item="training", execution="entrusted", contract=row
        )
    url = "/m/990027/2026/contracts/joint/delete/"
    response = sign_in("neighbour").post(url, {"base_version": "1"})

    assert response.status_code == 409
    assert "先に、その市区町村に登録を外してもらってください。" in response.content.decode()
    with within(theirs):
        assert Contract.objects.filter(pk=row.pk).exists()
        assert not TrashItem.objects.filter(kind="coordinators.contract").exists()


def test_deleting_takes_the_same_few_queries_for_many_towns(here, as_editor):
    row = contract("many")
    url = f"{LIST}many/delete/"
    as_editor.get(url)
    with CaptureQueriesContext(connection) as few:
        as_editor.get(url)
    for number in range(12):
        town = Municipality.objects.create(
            code=f"9910{number:02}",
            name=f"町{number}",
            kana="まち",
            kind="town",
            prefecture=here.municipality.prefecture,
        )
        ContractPartner.objects.create(key=f"with-{number}", contract=row, partner=town)
    with CaptureQueriesContext(connection) as many:
        assert "町11" in as_editor.get(url).content.decode()

    assert len(many) == len(few)

"""事業項目 × 場面: who carries out what, by a contract of ours or one that a neighbour shares."""

import pytest

from coordinators.contracts import executions
from coordinators.models import Contract, ContractPartner, WorkItemExecution
from logicmodels.choices import WorkItem
from municipalities.kernel import submission_keys
from municipalities.models import Municipality, Organization
from municipalities.tenancy import within
from tests import world

pytestmark = pytest.mark.django_db
YEAR = "/m/990019/2026/"
LIST = f"{YEAR}executions/"
CONTRACTS = f"{YEAR}contracts/"
FORM = {
    "work_item": "consultation",
    "scene": "all",
    "execution": "partly_contracted",
    "audience": "adviser",
}


def add(client, url=f"{LIST}add/", **fields):
    return client.post(url, {"submission_key": submission_keys.new(), **FORM, **fields})


@pytest.fixture
def ours(here):
    return Contract.objects.create(key="city", title="相談窓口の委託", name="見本市医師会")


@pytest.fixture
def theirs():
    """A contract of 見本町 that is shared with 見本市, and one that is not."""
    with within(Municipality.objects.get(code=world.THEIRS)):
        row = Contract.objects.create(key="joint", title="共同の窓口", name="見本医師会")
        Contract.objects.create(key="own", title="町だけの窓口", name="町医師会")
        partner = Municipality.objects.get(code=world.OURS)
        ContractPartner.objects.create(key="p", contract=row, partner=partner)
    return row


def test_every_work_item_has_its_row_with_its_letter(here):
    rows = executions.table([])

    assert [row.label[:2] for row in rows[:8]] == [f"{letter} " for letter in "アイウエオカキク"]
    assert rows[-1].item == WorkItem.EVALUATION
    assert rows[0].cells[0].scene.label == "すべての場面"


def test_a_row_is_added_shown_edited_and_deleted(as_editor, ours):
    added = add(as_editor, contract=str(ours.pk), note="受付は委託先")
    row = WorkItemExecution.objects.get(contract=ours)

    page = as_editor.get(CONTRACTS).content.decode()
    assert added.headers["Location"] == LIST
    assert "オ 在宅医療・介護関係者に関する相談支援" in page
    assert "<b>一部委託</b>　見本市医師会" in page
    assert "受付は委託先" in as_editor.get(f"{CONTRACTS}city/").content.decode()
    form = FORM | {"base_version": "1", "execution": "direct", "scene": "discharge"}
    as_editor.post(f"{LIST}{row.key}/edit/", form)
    row.refresh_from_db()
    assert (row.execution, row.scene, row.contract) == ("direct", "discharge", None)
    as_editor.post(f"{LIST}{row.key}/delete/", {"base_version": "2"})
    assert not WorkItemExecution.objects.filter(pk=row.pk).exists()


def test_the_form_begins_with_what_the_address_names(as_editor, ours):
    url = f"{LIST}add/?item=training&scene=emergency&contract=city"
    page = as_editor.get(url).content.decode()

    assert '<option value="training" selected>' in page
    assert f'<option value="{ours.pk}" selected>' in page
    assert as_editor.get(f"{LIST}add/?item=nothing&contract=nothing").status_code == 200


def test_our_own_hands_need_no_contract(as_editor, ours):
    response = add(as_editor, execution="direct", contract=str(ours.pk), note="覚え")

    page = response.content.decode()
    assert response.status_code == 422
    assert "直営のときは、委託契約を選びません。" in page
    assert "覚え" in page


def test_the_own_section_is_named_where_we_do_it_ourselves(as_editor, here):
    body = Organization.objects.create(key="section", name="高齢福祉課", kind="own_section")
    add(as_editor, execution="direct", organization=str(body.pk))

    assert "<b>直営</b>　高齢福祉課" in as_editor.get(LIST).content.decode()


def test_a_shared_contract_is_offered_and_one_that_is_not_shared_never(as_editor, theirs, here):
    offered = as_editor.get(f"{LIST}add/").content.decode()
    with within(Municipality.objects.get(code=world.THEIRS)):
        own = Contract.objects.get(key="own")

    chosen = add(as_editor, contract=str(theirs.pk))
    refused = add(as_editor, contract=str(own.pk))

    assert "見本町：共同の窓口（見本医師会）" in offered
    assert "町だけの窓口" not in offered
    assert chosen.status_code == 302
    assert refused.status_code == 422
    page = as_editor.get(LIST).content.decode()
    assert f"{CONTRACTS}shared/990027/joint/" in page
    assert "見本町が代表" in page
    reading = as_editor.get(f"{CONTRACTS}shared/990027/joint/").content.decode()
    assert "オ 在宅医療・介護関係者に関する相談支援（すべての場面）：一部委託" in reading


def test_when_sharing_ends_the_row_stays_without_the_contract(as_editor, theirs, here):
    add(as_editor, contract=str(theirs.pk), name="窓口の団体")
    with within(Municipality.objects.get(code=world.THEIRS)):
        ContractPartner.objects.filter(key="p").delete()

    page = as_editor.get(LIST).content.decode()

    assert "窓口の団体" in page
    assert "共同の窓口" not in page


def test_a_row_moves_among_those_of_its_cell(as_editor, here):
    WorkItemExecution.objects.filter(work_item="training", scene="all").delete()
    for at, key in enumerate(("one", "two")):
        WorkItemExecution.objects.create(cycle=here, key=key, work_item="training", position=at + 1)
    WorkItemExecution.objects.create(
        cycle=here, key="elsewhere", work_item="consultation", position=2
    )

    response = as_editor.post(f"{LIST}two/up/")

    assert response.headers["Location"] == f"{LIST}#two"
    rows = WorkItemExecution.objects.filter(work_item="training", scene="all")
    assert [row.key for row in rows] == ["two", "one"]


def test_another_years_row_is_absent(as_editor, sign_in, ours):
    add(as_editor, contract=str(ours.pk))
    row = WorkItemExecution.objects.get(contract=ours)

    assert as_editor.get(f"/m/990019/2025/executions/{row.key}/edit/").status_code == 404
    assert sign_in("neighbour").get(f"/m/990027/2026/executions/{row.key}/edit/").status_code == 404

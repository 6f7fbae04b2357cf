"""Definitions of one's own: making, editing with versions, deleting; and taking over a prefecture's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from indicators.choices import ValueKind
from indicators.definitions import adopting, taking_definitions
from indicators.definitions.definition_forms import OwnDefinitionEditForm, OwnVersionForm
from indicators.definitions.indicator_forms import OwnDefinitionForm
from indicators.models import Indicator, OwnDefinition, OwnDefinitionVersion
from indicators.models.definitions import OWN_PREFIX
from municipalities.access import Permission, requires
from municipalities.japanese.prefecture_words import told_of
from municipalities.kernel import changes
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.rows.keys import new_key

EDIT_LEAD = (
    "ここで直すと、ほかの年度の画面でも定義が変わります。数え方を変えるときは、いつの年度からか、"
    "前の値と比べられるかを答えてください。まったく別の数になるときは、新しい指標をつくってください。"
)
TAKEN_LEAD = (
    "都道府県が定めた指標（県の指標）です。県内の市町村で同じ数え方の値を比べるため、"
    "名称・単位・計算のしかたは、ここでは変えられません。出所や注意は、この市町村の事情に合わせて書けます。"
)
# What a form of one's own starts from, where a page leads there for a kind of number.
STARTS = {
    ValueKind.SURVEY_RATIO: {
        "value_kind": ValueKind.SURVEY_RATIO,
        "unit": "％",
        "decimals": 1,
        "multiplier": 100,
    }
}

LEFT_LEAD = (
    "この市町村が取り入れた写しだけを外します。都道府県の定義と、ほかの市町村の指標は変わりません。"
    "外したあとも、カタログからもう一度取り入れられます。"
)


@requires(Permission.EDIT_PLAN)
def own_add(request):
    """Define a number of one's own and follow it in this year."""
    page = EditPage(
        key=f"own-new-{request.cycle.fiscal_year}",
        title="独自の指標をつくる",
        back=request.cycle.url("indicators:indicator_list"),
        lead="カタログにない指標は、数え方を決めてここに書きます。この年度の指標に加わり、次の年度からも使えます。",
    )
    row = OwnDefinition(
        key=new_key(OWN_PREFIX.rstrip("-")), **STARTS.get(request.GET.get("kind"), {})
    )

    def define(form):
        definition = changes.create_versioned(form.save(commit=False), by=request.user)
        adopting.adopt(request.cycle, [definition], by=request.user)

    return add_row(request, row, form_class=OwnDefinitionForm, page=page, deed=define)


@requires(Permission.EDIT_PLAN)
def own_edit(request, own_key):
    row = get_object_or_404(OwnDefinition, key=own_key)
    page = EditPage(
        key=f"own-{own_key}",
        title=f"{word_of(request)}の指標「{row}」の出所・注意を書く"
        if row.origin
        else f"「{row}」の定義を編集する",
        back=page_of(request, row),
        lead=told_of(TAKEN_LEAD, word_of(request)) if row.origin else EDIT_LEAD,
    )
    return edit_row(request, row, form_class=OwnDefinitionEditForm, page=page)


def word_of(request):
    """Return 都, 道, 府 or 県: whose indicators the town may take over."""
    return request.municipality.prefecture.word


def page_of(request, definition):
    """Return the page of a definition's indicator in this year, or the catalogue."""
    found = Indicator.objects.filter(cycle=request.cycle, code=definition.key).first()
    if found is None:
        return request.cycle.url("indicators:catalogue_list")
    return f"{request.cycle.url('indicators:indicator', found.key)}#definition"


@requires(Permission.EDIT_PLAN)
def own_delete(request, own_key):
    """Delete a definition that no year follows and that has no values."""
    row = get_object_or_404(OwnDefinition, key=own_key)
    page = DeletePage(
        title=f"{word_of(request)}の指標を、この市町村から外す"
        if row.origin
        else "独自の指標の定義を削除する",
        back=request.cycle.url("indicators:catalogue_list"),
        lead=LEFT_LEAD if row.origin else "",
    )
    return delete_row(request, row, page=page)


def version_of(own_key, key):
    """Return a version of a definition that the town itself has made. Raises Http404."""
    rows = OwnDefinitionVersion.objects.select_related("own_definition")
    row = get_object_or_404(rows, own_definition__key=own_key, key=key)
    if row.own_definition.origin:
        raise Http404
    return row


@requires(Permission.EDIT_PLAN)
def version_edit(request, own_key, version_key):
    """Correct what was said of a change."""
    row = version_of(own_key, version_key)
    page = EditPage(
        key=f"version-{own_key}-{version_key}"[:80],
        title=f"「{row.own_definition}」の定義の変更を直す",
        back=page_of(request, row.own_definition),
    )
    return edit_row(request, row, form_class=OwnVersionForm, page=page)


@requires(Permission.EDIT_PLAN)
def version_delete(request, own_key, version_key):
    row = version_of(own_key, version_key)
    page = DeletePage(
        title="定義の変更の記録を削除する",
        back=page_of(request, row.own_definition),
        lead="削除すると、前後の値をつなげて比べます。定義の文は変わりません。",
        name=f"{row.own_definition}：{row}",
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def own_catch_up(request, own_key):
    """Take over what the prefecture has changed in its definition."""
    row = get_object_or_404(OwnDefinition, key=own_key)
    prefecture = request.municipality.prefecture_id
    if taking_definitions.catch_up(row, prefecture=prefecture, by=request.user):
        messages.success(request, f"{word_of(request)}の指標の変更を取り入れました。")
    else:
        messages.info(request, "取り入れる変更はありませんでした。")
    return redirect(page_of(request, row))

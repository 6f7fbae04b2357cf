"""自由記述 of a round: the list with its search, and making a card of one; for the owner alone."""

from functools import partial

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.editing import EditPage
from surveys.models import HearingVoice
from surveys.rounds.round_rows import the_round
from surveys.tabulation.texts import text_card, texts
from surveys.tabulation.texts.text_forms import CardForm
from surveys.tabulation.texts.texts import Sought

PER_PAGE = 50
LONGEST_SEARCH, LONGEST_TEXT = 100, 1000
LEAD = (
    "自由記述を、「ヒアリングの話題」の意見にします。どの調査の自由記述かは残りますが、だれの回答かは残りません。"
    "回答を消した後も、カードは残ります。"
)


@require_safe
@requires(Permission.EDIT_PLAN)
def round_texts(request, round_key):
    row = the_round(request, round_key)
    found = texts.of(row)
    sought = Sought(
        request.GET.get("q", "")[:LONGEST_SEARCH],
        request.GET.get("question", ""),
        request.GET.get("profession", ""),
    )
    page = Paginator(found.found(sought), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "round": row,
        "texts": found,
        "sought": sought,
        "page": page,
        "shown": [found.told(one) for one in page.object_list],
        "hidden": texts.HIDDEN,
    }
    return render(request, "surveys/rounds/round_texts.html", context)


@requires(Permission.EDIT_PLAN)
def text_card_add(request, round_key, text_pk):
    row = the_round(request, round_key)
    found = texts.of(row)
    told = found.told(get_object_or_404(found.found(Sought()), pk=text_pk))
    signs = f"{'、'.join(told.signs)}が書かれているようです。消してください。" if told.signs else ""
    page = EditPage(
        key=f"card-{request.cycle.fiscal_year}-{text_pk}",
        title="カードにする",
        back=request.cycle.url("surveys:round_texts", row.key),
        lead=LEAD + signs,
        verb="カードを追加する",
        done="カードを追加しました。",
    )
    return add_row(
        request,
        HearingVoice(cycle=request.cycle, side=told.profession, text=told.text[:LONGEST_TEXT]),
        form_class=CardForm,
        page=page,
        deed=partial(text_card.make, row=row, by=request.user),
    )

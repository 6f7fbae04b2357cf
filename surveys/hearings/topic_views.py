"""ヒアリングの話題: what the sides said about it, side by side, and editing topics and voices."""

from functools import partial
from itertools import groupby

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from surveys.hearings.hearing_forms import TopicForm, VoiceForm
from surveys.models import HearingTopic, HearingVoice, IssueEvidence
from surveys.results.over_years import same
from surveys.year_rows import Listed, append, move, the_row

TOPICS = Listed(
    HearingTopic,
    TopicForm,
    name="topic",
    anchor="topics",
    add_title="話題を追加する",
    edit_title="話題を編集する",
    delete_title="話題を削除する",
    lead="立場によって見方が違う話題を登録し、双方の意見を並べます。",
)


def topic_url(request, topic, anchor=""):
    return request.cycle.url("surveys:topic", topic.key) + (f"#{anchor}" if anchor else "")


def by_side(voices):
    """Return (side, its voices); the sides in the order in which they first appear."""
    order = list(dict.fromkeys(voice.side for voice in voices))
    ordered = sorted(voices, key=lambda voice: order.index(voice.side))
    return [(side, list(said)) for side, said in groupby(ordered, key=lambda voice: voice.side)]


def heard_before(topic):
    """Return the topics of earlier years under the same title, the latest first, with what each side said."""
    year = topic.cycle.fiscal_year
    rows = HearingTopic.objects.filter(cycle__fiscal_year__lt=year).select_related(
        "cycle__municipality"
    )
    found = [
        row
        for row in rows.order_by("-cycle__fiscal_year", "pk")
        if same(row.title) == same(topic.title)
    ]
    voices = list(HearingVoice.objects.filter(topic__in=found))
    return [
        (row, by_side([voice for voice in voices if voice.topic_id == row.pk])) for row in found
    ]


@require_safe
@requires(Permission.VIEW_PLAN)
def topic(request, topic_key):
    row = the_row(request, HearingTopic, topic_key)
    voices = list(HearingVoice.objects.filter(topic=row).select_related("hearing"))
    evidence = IssueEvidence.objects.filter(topic=row).select_related("issue")
    context = {
        "topic": row,
        "sides": by_side(voices),
        "evidence": evidence,
        "before": heard_before(row),
    }
    return render(request, "surveys/topic.html", context)


@requires(Permission.EDIT_PLAN)
def topic_add(request):
    return TOPICS.add(request)


@requires(Permission.EDIT_PLAN)
def topic_edit(request, topic_key):
    return TOPICS.edit(request, topic_key)


@requires(Permission.EDIT_PLAN)
def topic_delete(request, topic_key):
    return TOPICS.delete(request, topic_key)


@require_POST
@requires(Permission.EDIT_PLAN)
def topic_move(request, topic_key, step):
    return TOPICS.move(request, topic_key, step)


@requires(Permission.EDIT_PLAN)
def voice_add(request, topic_key):
    """A new voice, proposed for the side that `?side=` names."""
    owner = the_row(request, HearingTopic, topic_key)
    page = EditPage(
        key=f"voice-new-{request.cycle.fiscal_year}-{topic_key}",
        title="意見を追加する",
        back=topic_url(request, owner, "voices"),
        lead=f"話題：{owner.title}",
    )
    return add_row(
        request,
        HearingVoice(cycle=request.cycle, topic=owner, side=request.GET.get("side", "")[:60]),
        form_class=VoiceForm,
        page=page,
        deed=partial(append, among=HearingVoice.objects.filter(topic=owner), by=request.user),
    )


def one_voice(request, key):
    return the_row(request, HearingVoice, key, "topic")


@requires(Permission.EDIT_PLAN)
def voice_edit(request, voice_key):
    row = one_voice(request, voice_key)
    page = EditPage(
        key=f"voice-{request.cycle.fiscal_year}-{voice_key}",
        title="意見を編集する",
        back=topic_url(request, row.topic, f"voice-{voice_key}"),
        lead=f"話題：{row.topic.title}",
    )
    return edit_row(request, row, form_class=VoiceForm, page=page)


@requires(Permission.EDIT_PLAN)
def voice_delete(request, voice_key):
    row = one_voice(request, voice_key)
    page = DeletePage(
        title="意見を削除する",
        back=topic_url(request, row.topic, "voices"),
        lead=f"話題：{row.topic.title}",
    )
    return delete_row(request, row, page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def voice_move(request, voice_key, step):
    """Move a voice among those of its side."""
    row = one_voice(request, voice_key)
    among = HearingVoice.objects.filter(topic=row.topic, side=row.side)
    back = topic_url(request, row.topic, f"voice-{voice_key}")
    return move(request, row, among=among, step=step, back=back)

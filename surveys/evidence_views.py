"""Choosing the issues that a question of a survey, or a topic of the hearings, is evidence of."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render

from municipalities.access import Permission, requires
from municipalities.pages.editing import FORM_METHODS
from surveys import evidence
from surveys.hearings.topic_views import topic_url
from surveys.models import HearingTopic
from surveys.results.forms import EvidenceForm
from surveys.results.result_views import one_question, question_url
from surveys.year_rows import the_row


@requires(Permission.EDIT_PLAN)
def question_issues(request, question_key):
    question = one_question(request, question_key)
    back = question_url(request, question)
    return choose(request, question, name="question", label="設問", back=back)


@requires(Permission.EDIT_PLAN)
def topic_issues(request, topic_key):
    topic = the_row(request, HearingTopic, topic_key)
    back = topic_url(request, topic, "evidence")
    return choose(request, topic, name="topic", label="話題", back=back)


def choose(request, source, *, name, label, back):
    """Tick this year's issues; what is sent twice changes nothing."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    offered = evidence.issues_of(request.cycle)
    if request.method != "POST":
        ticked = {"issues": evidence.chosen_for(**{name: source})}
        form = EvidenceForm(offered=offered, initial=ticked)
    else:
        form = EvidenceForm(request.POST, offered=offered)
        if form.is_valid():
            evidence.choose(source, form.chosen, name=name, by=request.user)
            messages.success(request, "根拠になる課題を保存しました。")
            return redirect(back)
    context = {"form": form, "source": source, "label": label, "offered": offered, "back": back}
    status = 422 if form.errors else 200
    return render(request, "surveys/evidence.html", context, status=status)

"""A statistic that was brought in: taken out again, called public or not. `urls` declares who may."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from indicators.intake.forms import PublicForm, said_of
from indicators.intake.taking import reaching, taking
from indicators.intake.where import where_of
from indicators.models import Dataset

FORM_METHODS = ["GET", "HEAD", "POST"]
FILLED_GO = "自動で入った値は、{towns}市区町村から順に取り除いています。続きは自動で行うため、操作は要りません。"
GONE = (
    "「{0}」は、すでに取り除かれています。元に戻すには、同じファイルをもう一度取り込んでください。"
)
REMOVED = "「{0}」を、統計の一覧と比較から取り除きました。{1}"
STAYED = (
    "市町村の実績値になっている{0.values}件（{0.towns}市区町村）は残っています。"
    "自動で入った値も取り除くときは、同じファイルをもう一度取り込んでから、印を付けて取り除いてください。"
)
DECLARED = {
    True: "「{0}」を、公表されている表にしました。すべての値をそのまま示します。",
    False: "「{0}」を、公表されていない表にしました。{1:,}件の値を、ほかの市町村や県の比較では秘匿にしています。",
}
NONE_HIDDEN = (
    "「{0}」を、公表されていない表にしました。秘匿にする少ない人数の値はありませんでした。"
)


def dataset_of(where, pk):
    """Return a statistic that these pages' owner has brought in, None where there is none."""
    return Dataset.objects.filter(prefecture=where.prefecture, fingerprint="", pk=pk).first()


def gone(request, where, pk):
    """Answer who asks for a statistic that was taken out in another window. Raises Http404 for one that never was."""
    title = taking.taken_out(pk, prefecture=where.prefecture)
    if not title:
        raise Http404
    messages.info(request, GONE.format(title))
    return redirect(where.url("statistics"))


@require_http_methods(FORM_METHODS)
def dataset_delete(request, dataset_pk, year=None):
    """Ask, then take a statistic that was brought in out again."""
    where = where_of(request, year)
    dataset = dataset_of(where, dataset_pk)
    if dataset is None:
        return gone(request, where, dataset_pk)
    if request.method == "POST":
        used = reaching.used(dataset)
        towns = taking.remove(dataset, by=request.user, with_filled="filled" in request.POST)
        told = (
            FILLED_GO.format(towns=towns) if towns else STAYED.format(used) if used.values else ""
        )
        messages.success(request, REMOVED.format(dataset.title, told))
        return redirect(where.url("statistics"))
    context = {"where": where, "dataset": dataset, "used": reaching.used(dataset)}
    return render(request, "indicators/intake/dataset_delete.html", context)


@require_http_methods(FORM_METHODS)
def dataset_public(request, dataset_pk, year=None):
    """Call a statistic that was brought in public, or not public any more."""
    where = where_of(request, year)
    dataset = dataset_of(where, dataset_pk)
    if dataset is None:
        return gone(request, where, dataset_pk)
    is_sent, said = request.method == "POST", said_of(dataset.public_source)
    form = PublicForm(request.POST) if is_sent else PublicForm(initial=said)
    if is_sent and form.is_valid():
        withheld = taking.declare(dataset, where=form.where, by=request.user)
        told = DECLARED[bool(form.where)] if form.where or withheld else NONE_HIDDEN
        messages.success(request, told.format(dataset.title, withheld))
        return redirect(where.url("statistics"))
    context = {"where": where, "dataset": dataset, "form": form}
    page, status = "indicators/intake/dataset_public.html", 422 if is_sent else 200
    return render(request, page, context, status=status)

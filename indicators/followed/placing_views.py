"""Which indicators of the year stand at an outcome of a logic model, and in which order."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from indicators.followed import placing as deeds
from indicators.followed.placing_forms import PlacingForm, UseForm
from indicators.models import IndicatorUse
from logicmodels.logic.logic_views import model_of, model_url
from logicmodels.logic.outcome_views import STEPS, outcome_of
from municipalities.access import Permission, requires
from municipalities.pages.editing import EditPage, edit_row


@requires(Permission.EDIT_PLAN)
def placing(request, model_key, outcome_key):
    """One checkbox for each indicator of the year, and the order of those that are ticked."""
    outcome = outcome_of(model_of(request, model_key), outcome_key)
    uses = list(deeds.uses_of(outcome.logic_model).filter(outcome=outcome))
    ticked = [use.indicator.key for use in uses]
    choices = [(one.key, str(one)) for one in deeds.indicators_of(request.cycle)]
    form = PlacingForm(request.POST or None, choices=choices, initial={"indicators": ticked})
    if form.is_valid():
        return save(request, outcome, set(form.cleaned_data["indicators"]))
    context = {
        "form": form,
        "title": "成果で見る指標を選ぶ",
        "lead": f"「{outcome.text}」が実現に近づいたかを確かめる指標を選びます。",
        "ticked": ticked,
        "back": model_url(outcome.logic_model, f"outcome-{outcome_key}"),
        "uses": uses,
        "outcome": outcome,
        "is_empty": not choices,
    }
    return render(request, "indicators/placing.html", context, status=422 if form.errors else 200)


def save(request, outcome, wanted):
    shown = set(request.POST.getlist("shown"))
    came, went = deeds.place_at(outcome, wanted=wanted, shown=shown, by=request.user)
    if came or went:
        told = [
            f"{came}件を加えました。" if came else "",
            f"{went}件を外しました。" if went else "",
        ]
        messages.success(request, "指標" + "".join(told))
    else:
        messages.success(request, "変更はありませんでした。")
    return redirect(model_url(outcome.logic_model, f"outcome-{outcome.key}"))


@require_POST
@requires(Permission.EDIT_PLAN)
def use_move(request, model_key, outcome_key, use_key):
    """Move an indicator one place up or down at its outcome."""
    outcome = outcome_of(model_of(request, model_key), outcome_key)
    step = STEPS.get(request.POST.get("to", ""), 1)
    deeds.move(outcome, use_key, step=step, by=request.user)
    messages.success(request, "指標を並べ替えました。")
    url = request.cycle.url("indicators:placing", model_key, outcome_key)
    return redirect(f"{url}#order")


@requires(Permission.EDIT_PLAN)
def use_edit(request, model_key, outcome_key, use_key):
    """The note of an indicator at this outcome."""
    outcome = outcome_of(model_of(request, model_key), outcome_key)
    rows = IndicatorUse.objects.select_related("indicator__definition", "indicator__own_definition")
    use = get_object_or_404(rows, outcome=outcome, key=use_key)
    use.cycle = request.cycle
    page = EditPage(
        key=f"use-{request.cycle.fiscal_year}-{use_key}",
        title="指標の注記を書く",
        back=request.cycle.url("indicators:placing", model_key, outcome_key),
        lead=f"「{use.indicator}」の、成果「{outcome.text}」での注記です。",
    )
    return edit_row(request, use, form_class=UseForm, page=page)

"""ロジックモデル of a year: the list, one model as table, diagram and paper, and the model's own row."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from logicmodels.logic import arranging, reading
from logicmodels.logic.logic_forms import LogicModelForm
from logicmodels.models import LogicModel
from logicmodels.shape import diagram, papers, structure
from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row


def model_of(request, key):
    """Return a logic model of the year, with the year at hand."""
    model = get_object_or_404(LogicModel, cycle=request.cycle, key=key)
    model.cycle = request.cycle
    return model


def model_url(model, anchor=""):
    url = model.cycle.url("logicmodels:logic_model", model.key)
    return f"{url}#{anchor}" if anchor else url


@require_safe
@requires(Permission.VIEW_PLAN)
def logic_models(request):
    context = {"models": reading.models_of(request.cycle)}
    return render(request, "logicmodels/logic_models.html", context)


@require_safe
@requires(Permission.VIEW_PLAN)
def logic_model(request, model_key):
    """The table, in which everything is edited, or with ?view=diagram the same rows drawn."""
    model = model_of(request, model_key)
    context = context_of(model)
    if request.GET.get("view") == "diagram":
        context["diagram"] = diagram.draw(
            context["sheet"].structure, goal=context["sheet"].goal, page=model_url(model)
        )
    return render(request, "logicmodels/logic_model.html", context)


def context_of(model):
    sheet = reading.sheet_of(model)
    return {"model": model, "sheet": sheet, "remarks": structure.remarks(sheet.structure)}


@require_safe
@requires(Permission.VIEW_PLAN)
def logic_model_print(request, model_key):
    """One sheet of A3: the table, or with ?view=diagram the diagram."""
    model = model_of(request, model_key)
    context = context_of(model)
    found, goal = context["sheet"].structure, context["sheet"].goal
    if request.GET.get("view") == "diagram":
        context["diagram"] = diagram.draw(found, goal=goal, page=model_url(model))
    else:
        context["paper"] = papers.layout(found)
    return render(request, "logicmodels/logic_model_print.html", context)


@requires(Permission.EDIT_PLAN)
def logic_model_add(request):
    page = EditPage(
        key=f"logic-model-new-{request.cycle.fiscal_year}",
        title="ロジックモデルを作る",
        back=request.cycle.url("logicmodels:logic_models"),
        lead="場面ごとに一つずつ作っても、すべての場面を一つにまとめてもかまいません。",
    )
    return add_row(
        request,
        LogicModel(cycle=request.cycle),
        form_class=LogicModelForm,
        page=page,
        deed=lambda form: arranging.add_model(form.save(commit=False), by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def logic_model_edit(request, model_key):
    model = model_of(request, model_key)
    page = EditPage(
        key=f"logic-model-{request.cycle.fiscal_year}-{model_key}",
        title="ロジックモデルの名称などを編集する",
        back=model_url(model),
    )
    return edit_row(request, model, form_class=LogicModelForm, page=page)


@requires(Permission.EDIT_PLAN)
def logic_model_delete(request, model_key):
    page = DeletePage(
        title="ロジックモデルを削除する",
        back=request.cycle.url("logicmodels:logic_models"),
        lead="取組と指標そのものは残ります。このロジックモデルでの並びだけがなくなります。",
    )
    return delete_row(request, model_of(request, model_key), page=page)

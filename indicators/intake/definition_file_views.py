"""県の指標 by file: the empty workbook, the check of a filled one, and taking it in."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from indicators.definitions.prefecture_definition_views import inside, to_list
from indicators.entering import importing
from indicators.intake import definition_file
from municipalities.access import Permission, requires
from municipalities.forms import HouseForm
from municipalities.pages.editing import FORM_METHODS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPIRED = "確かめてから1時間たったか、別の人の確認です。ファイルをもう一度選んでください。"


class DefinitionFileForm(HouseForm):
    """A filled workbook of definitions. Cleans to its lines."""

    file = forms.FileField(
        label="ファイル",
        help_text="ひな形に書いたExcel（.xlsx）かCSV。200件まで。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > importing.LARGEST_FILE:
            raise ValidationError(importing.TOO_LARGE)
        try:
            return definition_file.rows_in(file.read(), file_name=file.name)
        except importing.Unreadable as error:
            raise ValidationError(str(error)) from error


@require_http_methods(FORM_METHODS)
@requires(Permission.MANAGE_PREFECTURE)
@inside
def definition_file_add(request, year):
    """Choose a file and see what it would add; then take it in, or save what is to be put right."""
    if "rows" in request.POST:
        return confirmed(request, year)
    form = DefinitionFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        return checked(request, year, form.cleaned_data["file"])
    return show(request, year, form=form, status=422 if form.is_bound else 200)


def confirmed(request, year):
    prefecture = request.scope.prefecture
    rows = definition_file.carried(request.POST["rows"], prefecture=prefecture, by=request.user)
    if rows is None:
        messages.warning(request, EXPIRED)
        return redirect("prefecture:definition_file_add", prefecture.code, year)
    lines = definition_file.examined(rows, year=year, prefecture=prefecture)
    if "errors" in request.POST:
        return workbook(
            definition_file.error_book(lines), f"直すところ_{prefecture.word}の指標.xlsx"
        )
    if any(one.refused for one in lines):
        return checked(request, year, rows)
    added = definition_file.take(lines, prefecture=prefecture, by=request.user)
    messages.success(request, f"{prefecture.word}の指標を{added}件追加しました。")
    return to_list(request, year)


def checked(request, year, rows):
    """Show what the lines would do. Nothing is written."""
    prefecture = request.scope.prefecture
    lines = definition_file.examined(rows, year=year, prefecture=prefecture)
    refused = [one for one in lines if one.refused]
    words = {
        "lines": lines,
        "refused": refused,
        "fresh": [one for one in lines if not one.is_same and not one.refused],
        "same": sum(one.is_same for one in lines),
        "rows": definition_file.kept(rows, prefecture=prefecture, by=request.user),
    }
    return show(request, year, status=422 if refused else 200, form=DefinitionFileForm(), **words)


def show(request, year, *, status, **words):
    context = {"prefecture": request.scope.prefecture, "year": year, **words}
    page = "indicators/prefecture_definition_file.html"
    return render(request, page, context, status=status)


@require_safe
@requires(Permission.MANAGE_PREFECTURE)
def definition_file_template(request, year):
    """The empty workbook."""
    return workbook(
        definition_file.template(), f"{request.scope.prefecture.word}の指標_ひな形.xlsx"
    )


def workbook(content, name):
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})

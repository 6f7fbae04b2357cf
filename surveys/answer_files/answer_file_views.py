"""回答の取込み: the workbook to fill in, checking a filled one by cell, taking it in, and what is wrong as a workbook."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from indicators.entering.importing import Unreadable
from indicators.intake.sheets import book
from municipalities.access import Permission, requires
from municipalities.forms import HouseForm
from municipalities.pages.editing import FORM_METHODS
from surveys.answer_files import (
    answer_columns,
    answer_file,
    answer_workbooks,
    consents,
    taking_in,
)
from surveys.answer_files.taking_in import Same
from surveys.models import AnswerColumn
from surveys.questionnaires.shape import form_shape
from surveys.rounds import kept_file
from surveys.rounds.round_rows import the_round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 50
LARGEST = 5 * 1024 * 1024
SAME = (
    (Same.SKIP, "同じ内容の行を除いて取り込む"),
    (Same.ADD, "別の人の回答として、すべて取り込む"),
)
REMEMBERED = "列の読み方を覚えました。"
CHECK_AGAIN = "確かめた結果を見て、よければ「取り込む」を押してください。"
CHOOSE_AGAIN = "ファイルを選んで「内容を確かめる」を押してください。"
TOO_LARGE = "ファイルが大きすぎます。5MBまでのファイルに分けてください。"


class AnswersForm(HouseForm):
    """A filled table. Cleans to `rows`; what to do with rows that came before is asked where some did."""

    file = forms.FileField(
        label="回答の表",
        help_text=f"Excel（.xlsx）かCSV。5MB、{answer_file.MOST_ROWS:,}行まで。",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,
    )
    same = forms.ChoiceField(
        label="前に取り込んだ回答と同じ内容の行",
        choices=SAME,
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, kept=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept, self.is_new = kept, False
        self.fields["file"].required = kept is None
        if self.data.get("same"):
            self.ask_same()

    def ask_same(self):
        """Ask only whom it concerns: most files hold no row that came before."""
        self.fields["same"].widget = forms.RadioSelect(choices=SAME)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST:
            raise ValidationError(TOO_LARGE)
        self.is_new = file is not None
        self.name = file.name if self.is_new else self.kept.file_name
        self.content = file.read() if self.is_new else bytes(self.kept.content)
        try:
            read = book.read(self.content, file_name=self.name)
        except Unreadable as error:
            raise ValidationError(str(error)) from error
        self.rows = next(sheet.rows for sheet in read.sheets if sheet.rows)
        return file


@requires(Permission.EDIT_PLAN)
def answers_import(request, round_key):
    """Check a file, tell by cell what is wrong, or take all of it in."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    row = the_round(request, round_key)
    if trouble := row.no_paper_because:
        messages.warning(request, trouble)
        return redirect(row.page)
    kept = kept_file.of(row, by=request.user)
    if request.POST.get("action") == "drop":
        kept_file.drop(row, by=request.user)
        return redirect(request.path)
    is_sent = request.method == "POST" or kept is not None
    form = AnswersForm(*((request.POST, request.FILES) if is_sent else ()), kept=kept)
    if not form.is_valid():
        return show(request, row, form, None)
    return looked_at(request, row, form)


def looked_at(request, row, form):
    """Check what was chosen now or before, and do what was pressed."""
    checked = checked_by(row, form.rows)
    if form.is_new:
        keep(request, row, form, checked)
    if checked.refused and request.POST.get("action") == "errors":
        return as_download(answer_workbooks.of_refused(checked.refused), "取り込めない欄.xlsx")
    if checked.refused or request.POST.get("action") != "take" or open_asks(request, checked):
        return show(request, row, form, checked)
    return take(request, row, form, checked)


def open_asks(request, checked):
    """Return what its owner has to look at, and has not said yes to: of this content, not of a file before it."""
    return [one for one in consents.of(checked) if request.POST.get(one.name) != one.value]


def checked_by(row, rows):
    shape = form_shape.read(row.questionnaire)
    known = answer_columns.remembered(row.questionnaire)
    return answer_file.check(shape, rows, answer_columns.targets(shape, rows[0], known))


def keep(request, row, form, checked):
    """Keep the file for the next step; one with cells to be put right is chosen again anyway."""
    form.kept = None
    kept_file.drop(row, by=request.user)
    if not checked.refused or checked.has_no_column:
        form.kept = kept_file.keep(
            row, by=request.user, name=form.name, content=form.content, rows=form.rows
        )
    form.fields["file"].required = form.kept is None


def take(request, row, form, checked):
    """Take all of it in; rows that were taken in already are told."""
    same = Same(form.cleaned_data["same"])
    try:
        count = taking_in.take_in(row, checked.taken, same=same, by=request.user)
    except taking_in.SeenBefore as error:
        form.ask_same()
        form.add_error("same", error)
        return show(request, row, form, checked)
    except ValidationError as error:
        form.add_error("file", error)
        return show(request, row, form, None)
    kept_file.drop(row, by=request.user)
    messages.success(request, f"回答を{count:,}件取り込みました。{consents.told_left_out(checked)}")
    return redirect(row.page)


def show(request, row, form, checked):
    refused = checked.refused if checked else ()
    again = taking_in.again(row, checked.taken) if checked and not refused else 0
    if again:
        form.ask_same()
    asks = consents.of(checked) if checked and not refused else ()
    is_open = request.POST.get("action") == "take" and checked and open_asks(request, checked)
    context = {
        "round": row,
        "form": form,
        "checked": checked,
        "again": again,
        "asks": [(one, request.POST.get(one.name) == one.value) for one in asks],
        "is_open": is_open and not refused,
        "refused": [(answer_workbooks.cell_name(one), one) for one in refused[:SHOWN]],
        "has_errors": bool(refused),
        "kept": form.kept,
        # Checked, nothing to be put right, and at hand: it is taken in without being chosen again.
        "is_ready": bool(checked and not refused and form.kept),
        "columns": [(heading, "") for heading in checked.unread] if checked else (),
        "choices": answer_columns.choices(form_shape.read(row.questionnaire)) if checked else (),
    }
    is_wrong = request.method == "POST" and (form.errors or refused or is_open)
    status = 422 if is_wrong else 200
    return render(request, "surveys/rounds/answers_import.html", context, status=status)


@requires(Permission.EDIT_PLAN)
def answers_columns(request, round_key):
    """Say which question a column is; it is remembered for the questionnaire, and can be said otherwise."""
    if request.method not in FORM_METHODS:
        return HttpResponseNotAllowed(FORM_METHODS)
    row = the_round(request, round_key)
    shape = form_shape.read(row.questionnaire)
    if request.method == "POST":
        said = zip(request.POST.getlist("heading"), request.POST.getlist("target"), strict=False)
        answer_columns.remember(row.questionnaire, shape, list(said))
        is_kept = kept_file.of(row, by=request.user) is not None
        messages.success(request, REMEMBERED + (CHECK_AGAIN if is_kept else CHOOSE_AGAIN))
        return redirect(request.cycle.url("surveys:answers_import", row.key))
    rows = AnswerColumn.objects.filter(questionnaire=row.questionnaire)
    context = {
        "round": row,
        "columns": [(one.heading, answer_columns.value_of(one)) for one in rows],
        "choices": answer_columns.choices(shape),
    }
    return render(request, "surveys/rounds/answers_columns.html", context)


@require_safe
@requires(Permission.EDIT_PLAN)
def answers_sheet(request, round_key):
    row = the_round(request, round_key)
    form = form_shape.read(row.questionnaire)
    return as_download(answer_workbooks.to_fill_in(form), f"回答_{row.title[:40]}.xlsx")


def as_download(content, name):
    disposition = content_disposition_header(as_attachment=True, filename=name)
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store, private"}
    return HttpResponse(content, content_type=XLSX, headers=headers)

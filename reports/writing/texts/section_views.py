"""The sections of a report one by one: looking at what will be printed, writing what only people can write."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.fields import normalise
from municipalities.kernel import drafts
from municipalities.pages.editing import EditPage, edit_row, fresh, posted_version, respond
from reports.document import snapshot
from reports.models import ReportText
from reports.submission.contents import marking, sections, sources
from reports.submission.contents.sections import Definition, Source
from reports.submission.reworking import mending
from reports.writing.texts.text_forms import ReportTextForm
from reports.writing.views import one_report


def definition_of(report, code):
    """Return a section of this report. Raises Http404."""
    found = sections.find(report.kind, code)
    if found is None:
        raise Http404
    return found


@require_safe
@requires(Permission.VIEW_PLAN)
def section(request, pk, section):
    """One section as it will be printed, or as it was submitted."""
    report = one_report(request, pk)
    definition = definition_of(report, section)
    review = snapshot.review_for(report)
    found = mending.sections_of(report, review)
    (shown,) = (one for one in found if one.definition is definition)
    context = {
        "report": report,
        "section": shown,
        "review": review,
        "text": sections.text_of(review, definition.box) if definition.box else "",
        "part": definition.template,
        "write_url": request.cycle.url(definition.page) + definition.anchor
        if definition.page
        else "",
    }
    return render(request, "reports/section.html", context)


@require_POST
@requires(Permission.EDIT_PLAN)
def section_mark(request, pk, section):
    """Keep that the section was looked at as it was shown, or take that back."""
    report = one_report(request, pk)
    definition = definition_of(report, section)
    if not report.is_draft or definition.source is Source.ADVISER:
        return redirect(report.get_absolute_url())
    if request.POST.get("deed") == "undo":
        marking.unmark(report, definition.code)
        messages.success(request, f"「{definition.label}」の確認を取り消しました。")
        return redirect(report.get_absolute_url())
    now = sections.digest_of(sections.content_of(snapshot.preview_of(report), definition))
    if request.POST.get("digest") != now:
        messages.warning(
            request, "確かめている間に、内容が変わりました。もう一度、内容を確かめてください。"
        )
        return redirect(request.cycle.url("reports:section", pk, definition.code))
    marking.mark(report, definition.code, digest=now, by=request.user)
    messages.success(request, f"「{definition.label}」を確かめました。")
    return redirect(report.get_absolute_url())


@dataclass(frozen=True, slots=True)
class TextPage(EditPage):
    """The page of one box of text: what it can be begun with."""

    report: object = None
    definition: Definition | None = None
    earlier: tuple = ()
    issues: tuple = ()
    minutes: tuple = ()

    @property
    def has_sources(self):
        return bool(self.earlier or self.issues or self.minutes)


@requires(Permission.EDIT_PLAN)
def section_edit(request, pk, section):
    report = one_report(request, pk)
    definition = definition_of(report, section)
    if not report.is_draft or definition.source is not Source.TEXT:
        return redirect(request.cycle.url("reports:section", pk, definition.code))
    if mending.is_closed(report, definition):
        context = {"report": report, "definition": definition}
        return render(request, "reports/section_closed.html", context, status=403)
    row = text_row(report, definition)
    form_class = partial(ReportTextForm, report=report, definition=definition)
    page = text_page(report, definition)
    if request.method == "POST" and (taken := request.POST.get("take")):
        return take_over(request, row, form_class=form_class, page=page, taken=taken)
    return edit_row(request, row, form_class=form_class, page=page)


def text_row(report, definition):
    """Return the box's row of the year, or a new one."""
    rows = ReportText.objects.filter(cycle=report.cycle, section=definition.box)
    return rows.first() or ReportText(
        cycle=report.cycle, section=definition.box, key=definition.code
    )


def text_page(report, definition):
    return TextPage(
        key=f"text-{report.cycle.fiscal_year}-{definition.code}",
        title=f"「{definition.label}」を書く",
        back=report.get_absolute_url(),
        template="reports/section_edit.html",
        report=report,
        definition=definition,
        earlier=sources.earlier_texts(report, definition.box),
        issues=sources.issue_lines(report, definition.box),
        minutes=sources.minutes(report, definition.box),
    )


def take_over(request, row, *, form_class, page, taken):
    """Show the form with what was typed and, behind it, what was chosen. Nothing is saved but the draft."""
    form = form_class(instance=fresh(row))
    form.initial |= {name: request.POST.get(name, "") for name in form.fields}
    typed = normalise(form.initial["text"], lines=True)
    earlier = next((one.text.split("\n") for one in page.earlier if one.code == taken), None)
    lines = request.POST.getlist("line") if earlier is None else earlier
    if not lines:
        messages.warning(request, "取り込む行が選ばれていません。行を選んでから押してください。")
        return respond(request, row, form=form, page=page)
    # An earlier text is taken as it was written, line by line.
    form.initial["text"] = (
        sources.with_lines(typed, lines)
        if earlier is None
        else "\n".join(filter(None, (typed, *lines)))
    )
    keep_draft(request, form, page=page)
    messages.info(request, "文を取り込みました。まだ保存していません。")
    return respond(request, row, form=form, page=page)


def keep_draft(request, form, *, page):
    """Keep the text that nobody has typed as if it were: leaving the page does not lose it."""
    drafts.keep(
        author=request.user,
        form_key=page.key,
        base_version=posted_version(request),
        fields={name: str(form.initial[name]) for name in form.fields},
    )

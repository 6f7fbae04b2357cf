"""正誤: adding a correction to a submitted report."""

from django.shortcuts import redirect

from municipalities.access import Permission, requires
from municipalities.pages.adding import add_row
from municipalities.pages.editing import EditPage
from reports.models import Erratum
from reports.submission.reworking import errata, later_finals
from reports.writing.views import one_report
from reports.writing.way.report_forms import ErratumForm

LEAD = (
    "提出した報告書そのものは変えずに、誤りと正しい内容を報告書の横に示します。"
    "送付した相手にはメールでお知らせします。追加した正誤は、後から直したり消したりできません。"
)


@requires(Permission.SUBMIT_REPORT)
def erratum_add(request, pk):
    report = one_report(request, pk)
    if report.is_open:
        return redirect(report.get_absolute_url())
    page = EditPage(
        key=f"erratum-{request.cycle.fiscal_year}-{pk}",
        title=f"{report.title}に正誤を追加する",
        back=report.get_absolute_url(),
        lead=LEAD,
    )

    def deed(form):
        errata.add(report, form.cleaned_data, by=request.user)

    offered = later_finals.one_of(report, request.GET.get("value", ""))
    row = Erratum(report=report, **(offered.words if offered else {}))
    return add_row(request, row, form_class=ErratumForm, page=page, deed=deed)

"""Handing out the kept PDF of a submitted report."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from reports.models import PdfFile


def pdf_response(report, version=None):
    """Return the kept PDF of a version, the newest unless told, as a download. Raises Http404 while there is none."""
    version = version or report.snapshot
    pdf = get_object_or_404(PdfFile, snapshot=version)
    try:
        with pdf.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as lost:
        raise Http404 from lost
    which = f"-v{version.version}" if version.version > 1 else ""
    name = content_disposition_header(as_attachment=True, filename=f"{report.number}{which}.pdf")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": name, "Cache-Control": "no-store, private"},
    )

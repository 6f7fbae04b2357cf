"""Handing out the kept PDF of a submitted report."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from reports.models import PdfFile


def pdf_response(report):
    """Return the kept PDF of the newest version as a download. Raises Http404 while there is none."""
    pdf = get_object_or_404(PdfFile, snapshot=report.snapshot)
    try:
        with pdf.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as lost:
        raise Http404 from lost
    name = content_disposition_header(as_attachment=True, filename=f"{report.number}.pdf")
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": name, "Cache-Control": "no-store, private"},
    )

"""What arrived: the PDF in a mail, its fonts and its text."""

import io

from pypdf import PdfReader

OURS = ("BIZ-UD", "BIZUD", "NotoSansJP", "NotoSans-JP")


def attached_pdf(message):
    """Return the bytes of the one PDF in a mail."""
    (pdf,) = (
        part for part in message.iter_attachments() if part.get_content_type() == "application/pdf"
    )
    return pdf.get_content()


def text_of(pdf):
    """Return the text of a PDF without blanks and line breaks: a line of print ends anywhere."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def fonts_of(pdf):
    """Return the names of all fonts, without the tag of their subset."""
    names = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(
                str(font.get_object().get("/BaseFont", "")).removeprefix("/").partition("+")[2]
            )
    return names


def foreign_fonts(pdf):
    """Return fonts that are none of ours; a name without a subset's tag is an embedding that failed."""
    return {name for name in fonts_of(pdf) if not name.startswith(OURS)}

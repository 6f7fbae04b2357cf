"""A report the way WeasyPrint's first chapters teach it: fill a template, hand the HTML over, get a PDF.

Run as a module it is a warm process that draws what it is sent. On its input and on its output a line gives
the number of bytes that follow: of HTML there, of PDF here.
"""

import sys
from pathlib import Path

from django.template import Context, Engine

HERE = Path(__file__).resolve().parent


def report_html(review: object) -> str:
    """The year as an HTML page with its style sheet in the head."""
    engine = Engine(dirs=[HERE])
    return engine.get_template("plain_report.html").render(Context({"review": review}))


def pdf_of(html: str) -> bytes:
    """Draw the page."""
    from weasyprint import HTML

    return HTML(string=html).write_pdf()


def main() -> None:
    """Draw until the input ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while line := requests.readline():
        pdf = pdf_of(requests.read(int(line)).decode())
        answers.write(b"%d\n" % len(pdf) + pdf)
        answers.flush()


if __name__ == "__main__":
    main()

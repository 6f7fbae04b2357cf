"""A report the way WeasyPrint's first chapters teach it: fill a template, hand the HTML over, get a PDF.

Run as a module it is a warm process that draws what it is sent. On its input and on its output a line gives
the number of bytes that follow: of HTML there, of PDF here.
"""

import sys
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from indicators.charts.table import table
from logicmodels.shape import diagram

HERE = Path(__file__).resolve().parent
TEMPLATES = HERE.parent.parent / "templates"
LIBRARIES = {"charts": "indicators.templatetags.charts", "l10n": "django.templatetags.l10n"}
ENGINE = Engine(dirs=[HERE, TEMPLATES], libraries=LIBRARIES)


def report_html(review: Any) -> str:
    """The year as an HTML page with its style sheet in the head; charts are those of the screen."""
    charts = [(one.chart, table(one.chart)) for one in review.indicators if one.chart]
    models = [
        (_told(model), diagram.draw(model.structure, goal=model.goal))
        for model in review.logic_models
    ]
    context = {"review": review, "charts": charts, "models": models}
    return ENGINE.get_template("plain_report.html").render(Context(context))


def _told(model: Any) -> dict[str, Any]:
    """Return a logic model with the indicators and the onward links of each outcome."""
    groups = [
        (
            group,
            model.indicators.get(group.effect.key, ()),
            [link.assumption for link in model.structure.links if link.cause == group.effect.key],
        )
        for group in model.structure.groups
    ]
    return {
        "title": model.title,
        "scene": model.scene,
        "goal": model.goal,
        "note": model.note,
        "groups": groups,
    }


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

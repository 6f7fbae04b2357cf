"""Addresses of a year as a whole under /m/<code>/<fy>/: its page, letters, findings and the year after it."""

from django.urls import path

from reports.year.april import next_year_views
from reports.year.findings import findings_views
from reports.year.papers import letter_views, page_views, poster_views

urlpatterns = [
    path("year/", page_views.year_on_a_page, name="year_on_a_page"),
    path("year/sheet.pdf", page_views.year_on_a_page_pdf, name="year_on_a_page_pdf"),
    path(
        "surveys/rounds/<slug:round_key>/poster/",
        poster_views.survey_poster,
        name="survey_poster",
    ),
    path(
        "surveys/rounds/<slug:round_key>/letters.pdf",
        letter_views.survey_letters,
        name="survey_letters",
    ),
    path("next-year/", next_year_views.next_year_page, name="next_year"),
    path("next-year/prepare/", next_year_views.next_year_prepare, name="next_year_prepare"),
    path("next-year/take-back/", next_year_views.next_year_take_back, name="next_year_take_back"),
    path("next-year/begin/", next_year_views.next_year_begin, name="next_year_begin"),
    path(
        "next-year/<slug:part>/confirm/",
        next_year_views.next_year_confirm,
        name="next_year_confirm",
    ),
    path(
        "next-year/<slug:part>/<slug:row_key>/unconfirm/",
        next_year_views.next_year_unconfirm,
        name="next_year_unconfirm",
    ),
    path(
        "next-year/<slug:part>/<slug:row_key>/reason/",
        next_year_views.carried_edit,
        name="carried_edit",
    ),
    path("findings/", findings_views.findings, name="findings"),
    path("findings/of/<slug:part>/<slug:row_key>/", findings_views.findings_of, name="findings_of"),
    path(
        "findings/<slug:rule>/<slug:place>/waive/",
        findings_views.finding_waive,
        name="finding_waive",
    ),
    path(
        "findings/waivers/<slug:waiver_key>/take-back/",
        findings_views.waiver_delete,
        name="waiver_delete",
    ),
]

"""Addresses of a municipality-year on the adviser's desk, beside those of a submitted report."""

from django.urls import path

from reports.choices import TextSection
from reports.review import asked_views, draft_views
from reports.review.advice import lesson_views, year_views
from reports.review.advice import views as advice_views

town = "<code:municipality>/"
year = f"{town}<fy:fiscal_year>/"

urlpatterns = [
    path("", year_views.municipality_list, name="municipality_list"),
    path(f"{town}history/", year_views.history, name="history"),
    path(f"{town}history/tables/", year_views.history_tables, name="history_tables"),
    path(year, year_views.year, name="year"),
    path(
        f"{year}surveys/<slug:round_key>/",
        asked_views.round_tables,
        name="year_round_tables",
    ),
    path(
        f"{year}surveys/<slug:round_key>/sheet.xlsx",
        asked_views.round_tables_file,
        name="year_round_tables_file",
    ),
    path(f"{year}advice/", advice_views.advice, name="year_advice"),
    path(f"{year}advice/confirm/", advice_views.advice_confirm, name="year_advice_confirm"),
    path(f"{year}advice/add/", advice_views.advice_add, name="year_advice_add"),
    path(
        f"{year}advice/<slug:advice_key>/take-back/",
        advice_views.advice_take_back,
        name="year_advice_take_back",
    ),
    path(
        f"{year}advice/<slug:own_advice_key>/edit/",
        advice_views.advice_edit,
        name="year_advice_edit",
    ),
    path(
        f"{year}advice/<slug:own_advice_key>/delete/",
        advice_views.advice_delete,
        name="year_advice_delete",
    ),
    path(f"{year}drafts/<slug:form_key>/", draft_views.draft, name="year_draft"),
    path(
        f"{year}drafts/<slug:form_key>/discard/",
        draft_views.draft_discard,
        name="year_draft_discard",
    ),
    path(f"{year}lessons/", lesson_views.lessons, name="year_lessons"),
    path(
        f"{year}lessons/method/edit/",
        lesson_views.lesson_edit,
        {"section": TextSection.METHOD},
        name="year_method_edit",
    ),
    path(
        f"{year}lessons/support-needs/edit/",
        lesson_views.lesson_edit,
        {"section": TextSection.SUPPORT_NEEDS},
        name="year_support_needs_edit",
    ),
]

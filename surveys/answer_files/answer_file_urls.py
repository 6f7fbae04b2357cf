"""Addresses of 回答の取込み and of the workbook to fill in under a round's own; part of the app's own addresses."""

from django.urls import path

from surveys.answer_files import answer_file_views
from surveys.rounds.round_urls import ROUND

urlpatterns = [
    path(f"{ROUND}answers/import/", answer_file_views.answers_import, name="answers_import"),
    path(f"{ROUND}answers/columns/", answer_file_views.answers_columns, name="answers_columns"),
    path(f"{ROUND}answers/sheet.xlsx", answer_file_views.answers_sheet, name="answers_sheet"),
]

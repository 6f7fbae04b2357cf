"""Addresses of 集計表 under /m/<code>/<fy>/surveys/rounds/<key>/tables/; part of the app's own addresses."""

from django.urls import path

from surveys.tabulation.before import before_views
from surveys.tabulation.page import table_views
from surveys.tabulation.texts import text_views

TABLES = "surveys/rounds/<slug:round_key>/tables/"
urlpatterns = [
    path(TABLES, table_views.round_tables, name="round_tables"),
    path(f"{TABLES}sheet.xlsx", table_views.round_tables_file, name="round_tables_file"),
    path(f"{TABLES}answers.xlsx", table_views.round_answers_file, name="round_answers_file"),
    path(f"{TABLES}pin/", table_views.round_pin, name="round_pin"),
    path(f"{TABLES}register/", table_views.round_register, name="round_register"),
    path(f"{TABLES}before/", before_views.round_before, name="round_before"),
    path(f"{TABLES}before/sheet.xlsx", before_views.round_before_file, name="round_before_file"),
    path(f"{TABLES}texts/", text_views.round_texts, name="round_texts"),
    path(f"{TABLES}texts/<int:text_pk>/card/", text_views.text_card_add, name="text_card_add"),
]

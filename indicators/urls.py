"""Addresses of numbers under /m/<code>/<fy>/."""

from django.urls import path

from indicators.comparison.town import town_views
from indicators.definitions import catalogue_views, definition_views
from indicators.entering import import_views, value_views
from indicators.figures import grounding_views, issue_views, profile_views
from indicators.followed import (
    choosing_views,
    evaluation_views,
    indicator_views,
    placing_views,
    trend_views,
)
from indicators.grid import entry_detail_views, entry_views
from indicators.parts import part_views
from indicators.publishing import offering_views, submitted_views

app_name = "indicators"
AT_OUTCOME = "logic/<slug:model_key>/outcomes/<slug:outcome_key>/indicators/"

INDICATOR = "indicators/<slug:indicator_key>/"
TARGET = f"{INDICATOR}targets/<slug:target_key>/"
VALUE = f"{INDICATOR}values/<slug:measurement_key>/"
SUBMITTED = "submitted-values/<slug:code>/<fy:value_year>/"
OWN = "indicators/own/<slug:own_key>/"
VERSION = f"{OWN}versions/<slug:version_key>/"

urlpatterns = [
    path("issues/<slug:key>/figures/", issue_views.issue_figures, name="issue_figures"),
    path("indicators/entry/", entry_views.entry, name="entry"),
    path("indicators/entry/check/", entry_views.entry_check, name="entry_check"),
    path("indicators/import/", import_views.measurement_import, name="measurement_import"),
    path(
        "indicators/import/check/",
        import_views.measurement_import_check,
        name="measurement_import_check",
    ),
    path(
        "indicators/import/confirm/",
        import_views.measurement_import_confirm,
        name="measurement_import_confirm",
    ),
    path("indicators/import/sheet.xlsx", import_views.measurement_sheet, name="measurement_sheet"),
    path(
        "indicators/export.csv", import_views.measurement_export_csv, name="measurement_export_csv"
    ),
    path(
        "indicators/export.xlsx",
        import_views.measurement_export_xlsx,
        name="measurement_export_xlsx",
    ),
    path("compare/", town_views.compare, name="compare"),
    path("compare/table.xlsx", town_views.compare_xlsx, name="compare_xlsx"),
    path("compare/<slug:code>/issue/", grounding_views.compare_ground, name="compare_ground"),
    path("indicators/published/", offering_views.published_values, name="published_values"),
    path("submitted-values/", submitted_views.submitted_values, name="submitted_values"),
    path(f"{SUBMITTED}reply/", submitted_views.reply_edit, name="reply_edit"),
    path(f"{SUBMITTED}reply/withdraw/", submitted_views.reply_withdraw, name="reply_withdraw"),
    path("figures/<slug:code>/add/", profile_views.figure_add, name="figure_add"),
    path("figures/<slug:code>/edit/", profile_views.figure_edit, name="figure_edit"),
    path("figures/<slug:code>/adoption/", profile_views.figure_adopt, name="figure_adopt"),
    path("indicators/trends/", trend_views.trend_list, name="trend_list"),
    path("indicators/evaluation/", evaluation_views.evaluation, name="evaluation"),
    path(
        "indicators/evaluation/sheet.xlsx", evaluation_views.evaluation_xlsx, name="evaluation_xlsx"
    ),
    path("indicators/", indicator_views.indicator_list, name="indicator_list"),
    path("indicators/catalogue/", catalogue_views.catalogue_list, name="catalogue_list"),
    path("indicators/catalogue/add/", choosing_views.catalogue_add, name="catalogue_add"),
    path("indicators/own/add/", definition_views.own_add, name="own_add"),
    path(f"{OWN}edit/", definition_views.own_edit, name="own_edit"),
    path(f"{OWN}delete/", definition_views.own_delete, name="own_delete"),
    path(f"{OWN}catch-up/", definition_views.own_catch_up, name="own_catch_up"),
    path(f"{VERSION}edit/", definition_views.version_edit, name="version_edit"),
    path(f"{VERSION}delete/", definition_views.version_delete, name="version_delete"),
    path(INDICATOR, indicator_views.indicator, name="indicator"),
    path(f"{INDICATOR}entry/", entry_detail_views.entry_detail, name="entry_detail"),
    path(f"{INDICATOR}later/", entry_detail_views.entry_later, name="entry_later"),
    path(f"{INDICATOR}edit/", indicator_views.indicator_edit, name="indicator_edit"),
    path(f"{INDICATOR}delete/", indicator_views.indicator_delete, name="indicator_delete"),
    path(f"{INDICATOR}up/", indicator_views.indicator_up, name="indicator_up"),
    path(f"{INDICATOR}down/", indicator_views.indicator_down, name="indicator_down"),
    path(f"{INDICATOR}targets/add/", indicator_views.target_add, name="target_add"),
    path(f"{TARGET}edit/", indicator_views.target_edit, name="target_edit"),
    path(f"{TARGET}delete/", indicator_views.target_delete, name="target_delete"),
    path(f"{INDICATOR}values/add/", value_views.value_add, name="value_add"),
    path(f"{INDICATOR}values/parts/", part_views.value_parts_new, name="value_parts_new"),
    path(f"{VALUE}parts/", part_views.value_parts, name="value_parts"),
    path(f"{VALUE}edit/", value_views.value_edit, name="value_edit"),
    path(f"{VALUE}official/", value_views.value_official, name="value_official"),
    path(f"{VALUE}delete/", value_views.value_delete, name="value_delete"),
    path(AT_OUTCOME, placing_views.placing, name="placing"),
    path(f"{AT_OUTCOME}<slug:use_key>/edit/", placing_views.use_edit, name="use_edit"),
    path(f"{AT_OUTCOME}<slug:use_key>/move/", placing_views.use_move, name="use_move"),
]

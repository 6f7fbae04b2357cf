"""Addresses of numbers under /m/<code>/<fy>/."""

from django.urls import path

from indicators import entry_views, import_views, views

app_name = "indicators"

urlpatterns = [
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
    path("figures/<slug:code>/add/", views.figure_add, name="figure_add"),
    path("figures/<slug:code>/edit/", views.figure_edit, name="figure_edit"),
]

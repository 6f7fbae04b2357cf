"""Addresses of the prefecture officer's pages."""

from django.urls import path

from coordinators.bases import base_area_views as bases
from coordinators.cases import case_views as cases
from coordinators.prefecture import prefecture_post_views as posts
from indicators.definitions import prefecture_definition_views as definitions
from indicators.intake import definition_file_views
from municipalities.pages.ordering import DOWN, UP
from reports.prefecture.accepting import acceptance_views, entry_views, period_views
from reports.prefecture.findings import finding_views
from reports.prefecture.posts import post_views
from reports.prefecture.records import record_views
from reports.prefecture.standing import matrix_views, views
from reports.prefecture.submitted import value_views

app_name = "prefecture"

year = "<prefecture:prefecture>/<fy:year>/"
log = f"{year}support-log/"
definition = f"{year}definitions/<slug:prefecture_definition_key>/"
post = f"{year}posts/<slug:prefecture_post_key>/"

urlpatterns = [
    path("", views.prefectures, name="prefectures"),
    path("<prefecture:prefecture>/", views.current, name="current"),
    path(year, views.progress, name="progress"),
    path(f"{year}export/", views.export, name="export"),
    path(f"{year}steps/", matrix_views.steps, name="steps"),
    path(f"{year}steps/export/", matrix_views.steps_export, name="steps_export"),
    path(log, record_views.support_log, name="support_log"),
    path(f"{log}export/", record_views.support_log_export, name="support_log_export"),
    path(f"{log}add/", record_views.record_add, name="record_add"),
    path(f"{log}<slug:record_key>/edit/", record_views.record_edit, name="record_edit"),
    path(f"{log}<slug:record_key>/delete/", record_views.record_delete, name="record_delete"),
    path(f"{year}accept/", acceptance_views.accept_chosen, name="accept_chosen"),
    path(f"{year}periods/", period_views.periods, name="periods"),
    path(f"{year}posts/", posts.posts, name="posts"),
    path(f"{year}posts/export/", post_views.posts_export, name="posts_export"),
    path(f"{year}posts/copy/", post_views.posts_copy, name="posts_copy"),
    path(f"{year}posts/add/", posts.post_add, name="post_add"),
    path(f"{post}edit/", posts.post_edit, name="post_edit"),
    path(f"{post}delete/", posts.post_delete, name="post_delete"),
    path(f"{post}up/", posts.post_move, {"step": UP}, name="post_up"),
    path(f"{post}down/", posts.post_move, {"step": DOWN}, name="post_down"),
    path(f"{year}bases/", bases.prefecture_bases, name="prefecture_bases"),
    path(f"{year}bases/export/", bases.prefecture_bases_export, name="prefecture_bases_export"),
    path(f"{year}definitions/", definitions.definitions, name="definitions"),
    path(f"{year}definitions/add/", definitions.definition_add, name="definition_add"),
    path(
        f"{year}definitions/file/",
        definition_file_views.definition_file_add,
        name="definition_file_add",
    ),
    path(
        f"{year}definitions/file/template.xlsx",
        definition_file_views.definition_file_template,
        name="definition_file_template",
    ),
    path(f"{definition}edit/", definitions.definition_edit, name="definition_edit"),
    path(f"{definition}retire/", definitions.definition_retire, name="definition_retire"),
    path(f"{year}structures/", cases.structures, name="structures"),
    path(
        f"{year}structures/<fy:case_year>/<code:case_town>/<slug:published_key>/",
        cases.structure,
        name="structure",
    ),
    path(f"{year}findings/", finding_views.findings, name="findings"),
    path(f"{year}findings/export/", finding_views.findings_export, name="findings_export"),
    path(f"{year}values/", value_views.values, name="values"),
    path(f"{year}values/export/", value_views.values_export, name="values_export"),
    path(f"{year}m/<code:town>/", views.municipality_year, name="municipality_year"),
    path(f"{year}m/<code:town>/entry/", entry_views.entry, name="entry"),
    path(f"{year}reports/<number:number>/", views.report, name="report"),
    path(f"{year}reports/<number:number>/pdf/", views.pdf, name="pdf"),
    path(f"{year}reports/<number:number>/accept/", acceptance_views.accept, name="accept"),
    path(f"{year}reports/<number:number>/take-back/", acceptance_views.take_back, name="take_back"),
]

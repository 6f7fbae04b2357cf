"""Addresses of 県の調査票 under /m/<code>/<fy>/."""

from django.urls import path

from reports.surveying import views

one = "prefecture-forms/<slug:prefecture_form_key>/"
urlpatterns = [
    path("prefecture-forms/", views.form_list, name="prefecture_forms"),
    path(one, views.form, name="prefecture_form"),
    path(f"{one}preview/", views.form_preview, name="prefecture_form_preview"),
    path(f"{one}paper.pdf", views.form_pdf, name="prefecture_form_pdf"),
    path(f"{one}take/", views.form_take, name="prefecture_form_take"),
    path(f"{one}share/", views.form_share, name="prefecture_form_share"),
    path(f"{one}withdraw/", views.form_withdraw, name="prefecture_form_withdraw"),
]

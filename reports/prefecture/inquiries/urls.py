"""Addresses of 照会 under /p/<prefecture>/<fy>/."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from reports.prefecture.inquiries import (
    answer_views,
    copy_views,
    deed_views,
    file_views,
    question_views,
    send_views,
    views,
)

app_name = "prefecture_inquiries"

one = "requests/<slug:inquiry_key>/"
draft = "requests/<slug:draft_key>/"
question = f"{draft}questions/<slug:question_key>/"

urlpatterns = [
    path("requests/", views.inquiries, name="inquiries"),
    path("requests/add/", views.inquiry_add, name="inquiry_add"),
    path(one, views.inquiry, name="inquiry"),
    path(f"{draft}edit/", views.inquiry_edit, name="inquiry_edit"),
    path(f"{draft}delete/", views.inquiry_delete, name="inquiry_delete"),
    path(f"{draft}questions/add/", question_views.question_add, name="question_add"),
    path(f"{question}edit/", question_views.question_edit, name="question_edit"),
    path(f"{question}delete/", question_views.question_delete, name="question_delete"),
    path(f"{question}up/", question_views.question_move, {"step": UP}, name="question_up"),
    path(f"{question}down/", question_views.question_move, {"step": DOWN}, name="question_down"),
    path(f"{draft}send/", send_views.inquiry_send, name="inquiry_send"),
    path(f"{one}change/", deed_views.inquiry_change, name="inquiry_change"),
    path(f"{one}remind/", deed_views.inquiry_remind, name="inquiry_remind"),
    path(f"{one}withdraw/", deed_views.inquiry_withdraw, name="inquiry_withdraw"),
    path(f"{one}copy/", copy_views.inquiry_copy, name="inquiry_copy"),
    path(f"{one}close/", deed_views.inquiry_close, name="inquiry_close"),
    path(f"{one}reopen/", deed_views.inquiry_reopen, name="inquiry_reopen"),
    path(f"{one}answers/", answer_views.inquiry_answers, name="inquiry_answers"),
    path(f"{one}answers/export/", answer_views.inquiry_export, name="inquiry_export"),
    path(f"{one}m/<code:town>/form/", answer_views.inquiry_blank, name="inquiry_blank"),
    path(f"{one}forms/", answer_views.inquiry_forms, name="inquiry_forms"),
    path(f"{one}files/", file_views.inquiry_files, name="inquiry_files"),
    path(f"{one}files/confirm/", file_views.inquiry_files_confirm, name="inquiry_files_confirm"),
]

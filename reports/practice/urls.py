"""Addresses of a town's good practice under /m/<code>/<fy>/practices/."""

from django.urls import path

from municipalities.pages.ordering import DOWN, UP
from reports.practice import library_views, views

app_name = "practices"

own = "practices/<slug:practice_key>/"
shared = "practices/library/<fy:case_year>/<code:town>/<slug:case_key>/"

urlpatterns = [
    path("practices/", views.practice_list, name="practice_list"),
    path("practices/add/", views.practice_add, name="practice_add"),
    path("practices/library/", library_views.town_library, name="library"),
    path(shared, library_views.case, name="case"),
    path(f"{shared}borrow/", library_views.case_borrow, name="case_borrow"),
    path(own, views.practice, name="practice"),
    path(f"{own}edit/", views.practice_edit, name="practice_edit"),
    path(f"{own}delete/", views.practice_delete, name="practice_delete"),
    path(f"{own}up/", views.practice_move, {"step": UP}, name="practice_up"),
    path(f"{own}down/", views.practice_move, {"step": DOWN}, name="practice_down"),
    path(f"{own}publish/", views.practice_publish, name="practice_publish"),
    path(f"{own}withdraw/", views.practice_withdraw, name="practice_withdraw"),
    path(f"{own}export/", views.practice_export, name="practice_export"),
]

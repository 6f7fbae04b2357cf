"""Address of the page that looks exchange files over."""

from django.urls import path

from reports.delivery.exchange import views

app_name = "exchange"

urlpatterns = [path("verify/", views.verify, name="verify")]

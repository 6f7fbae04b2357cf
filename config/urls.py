"""The map of the site."""

from django.urls import include, path, register_converter

from indicators.intake import urls as intake_urls
from logicmodels.activities import contributor_views
from municipalities import views
from municipalities.entrance import converters
from municipalities.operating import health
from reports.numbers import ReportNumberConverter
from reports.year import views as year_views
from reports.year.calendar import own_views

register_converter(converters.CodeConverter, "code")
register_converter(converters.FiscalYearConverter, "fy")
register_converter(converters.PrefectureConverter, "prefecture")
register_converter(converters.SceneConverter, "scene")
register_converter(ReportNumberConverter, "number")

year = "m/<code:municipality>/<fy:fiscal_year>/"

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("account/", include("municipalities.login.account_urls")),
    path("account/morning-letter/", own_views.morning_letter, name="morning_letter"),
    path("calendar/<str:feed_secret>.ics", own_views.feed, name="calendar_feed"),
    path("m/<code:municipality>/", views.current, name="municipality"),
    path("", include("municipalities.people.urls")),
    path(
        "m/<code:municipality>/contributor/",
        contributor_views.contributor_now,
        name="contributor_now",
    ),
    path("m/<code:municipality>/years/", year_views.year_create, name="year_create"),
    path(year, include("municipalities.urls")),
    path(year, include("logicmodels.urls")),
    path(year, include("indicators.urls")),
    path(year, include("councils.urls")),
    path(year, include("councils.meetings.meeting_urls")),
    path(year, include("coordinators.contracts.contract_urls")),
    path(year, include("coordinators.cases.case_urls")),
    path(year, include("coordinators.urls")),
    path(year, include("coordinators.bases.base_urls")),
    path(year, include("surveys.urls")),
    path(year, include("reports.urls")),
    path(year, include("reports.practice.urls")),
    path("s/", include("surveys.door.public_urls")),
    path("review/", include("reports.review.urls")),
    path("exchange/", include("reports.delivery.exchange.urls")),
    path("p/", include("reports.prefecture.urls")),
    path("p/<prefecture:prefecture>/<fy:year>/", include("reports.prefecture.prepared.urls")),
    path("p/<prefecture:prefecture>/<fy:year>/", include(intake_urls.of_prefectures)),
    path("p/<prefecture:prefecture>/<fy:year>/", include("reports.prefecture.inquiries.urls")),
    path("p/<prefecture:prefecture>/<fy:year>/", include("reports.prefecture.surveying.urls")),
    path("p/<prefecture:prefecture>/<fy:year>/", include("reports.practice.prefecture_urls")),
    path("p/<prefecture:prefecture>/<fy:year>/", include("reports.year.grants.prefecture_urls")),
    path("p/<prefecture:prefecture>/<fy:year>/", include("indicators.comparison.urls")),
    path("manage/", include("municipalities.operating.manage_urls")),
    path("manage/reminders/", own_views.reminders, name="reminders"),
    path("manage/", include("reports.prefecture.manage_urls")),
    path("manage/", include(intake_urls.of_the_operator)),
    path("api/", include("reports.api.urls")),
]

handler400 = "municipalities.entrance.error_views.bad_request"
handler403 = "municipalities.entrance.error_views.permission_denied"
handler404 = "municipalities.entrance.error_views.page_not_found"
handler500 = "municipalities.entrance.error_views.server_error"

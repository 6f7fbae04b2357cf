"""Addresses of the support and the reports under /m/<code>/<fy>/; each package keeps its own."""

from reports.delivery.urls import urlpatterns as delivery
from reports.inquiry.urls import urlpatterns as inquiry
from reports.support.urls import urlpatterns as support
from reports.surveying.urls import urlpatterns as surveying
from reports.writing.effects.effect_urls import urlpatterns as effects
from reports.writing.papers.paper_urls import urlpatterns as papers
from reports.writing.urls import urlpatterns as writing
from reports.year.calendar.urls import urlpatterns as calendar
from reports.year.grants.urls import urlpatterns as grants
from reports.year.handover.urls import urlpatterns as handover
from reports.year.urls import urlpatterns as year

app_name = "reports"

urlpatterns = [
    *support,
    *papers,
    *year,
    *handover,
    *grants,
    *inquiry,
    *surveying,
    *calendar,
    *writing,
    *delivery,
    *effects,
]

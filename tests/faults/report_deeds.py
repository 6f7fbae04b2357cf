"""What the fault tests ask of the real path of a report; runs in the driver's process."""

from municipalities.models import Municipality
from municipalities.tenancy import within
from reports.models import Delivery, PdfFile


def outcome():
    """Return each made PDF's file name, and each delivery's state and doubt, of 見本市."""
    with within(Municipality.objects.get(code="990019")):
        return {
            "pdfs": list(PdfFile.objects.order_by("pk").values_list("file", flat=True)),
            "deliveries": list(
                Delivery.objects.order_by("pk").values("report_id", "state", "maybe_twice")
            ),
        }

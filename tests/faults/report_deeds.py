"""What the fault tests ask of the real path of a report; runs in the driver's process."""

from django.core.management import call_command

from municipalities.models import Cycle, Job, Municipality, OutgoingMail
from municipalities.tenancy import within
from reports.models import Delivery, PdfFile, SupportStep
from reports.submission.submitting.submit import MAKE_PDF


def _place():
    return Municipality.objects.get(code="990019")


def submit():
    """Submit 見本市's next interim report. Returns the primary key of its job."""
    call_command("send_demo_report")
    return Job.objects.filter(kind=MAKE_PDF).order_by("pk").last().pk


def outcome():
    """Return each made PDF's file name, and each delivery's state and doubt, of 見本市."""
    with within(_place()):
        return {
            "pdfs": list(PdfFile.objects.order_by("pk").values_list("file", flat=True)),
            "deliveries": list(
                Delivery.objects.order_by("pk").values("report_id", "state", "maybe_twice")
            ),
        }


def papers():
    """Return file name and sha256 of every kept PDF of 見本市, as its row says."""
    with within(_place()):
        return list(PdfFile.objects.order_by("pk").values_list("file", "sha256"))


def job_of(pk):
    """Return what people are shown of one job."""
    return Job.objects.filter(pk=pk).values("state", "attempt", "crashes", "error").get()


def mails():
    return list(
        OutgoingMail.objects.order_by("pk").values("message_id", "state", "maybe_twice", "error")
    )


def poison_with_a_paragraph(letters):
    """Write so many letters into one box of this year's report, past every form. Returns the old text."""
    with within(_place()):
        step = SupportStep.objects.filter(cycle=Cycle.objects.for_today()).first()
        SupportStep.objects.filter(pk=step.pk).update(situation="あ" * letters)
    return {"pk": step.pk, "text": step.situation}


def heal_paragraph(pk, text):
    with within(_place()):
        SupportStep.objects.filter(pk=pk).update(situation=text)


def poison_with_a_table(rows):
    """Put so many meetings more into this year's support: each is a row of the paper's table."""
    with within(_place()):
        cycle = Cycle.objects.for_today()
        SupportStep.objects.bulk_create(
            SupportStep(
                cycle=cycle,
                key=f"poison-{number}",
                kind="other",
                position=0,
                title=f"打合せ{number}",
                situation=f"{number}回目の打合せの記録です。",
            )
            for number in range(rows)
        )


def heal_table():
    with within(_place()):
        SupportStep.objects.filter(key__startswith="poison-").delete()

"""「もう一度送る」, the row of each recipient, and what the board says of a failed delivery."""

import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone

from municipalities.kernel import mail as kernel_mail
from municipalities.models import Change, Membership, OutgoingMail, User
from municipalities.tenancy import within
from reports.choices import RecipientPart
from reports.delivery import copying
from reports.models import Delivery
from reports.paper.rendering.client import RenderFailed
from reports.paper.rendering.protocol import Outcome
from tests import world
from tests.reports import deliveries

pytestmark = pytest.mark.django_db
BOARD = "/m/990019/2026/"


@pytest.fixture(autouse=True)
def quick_paper(monkeypatch):
    deliveries.quick_paper(monkeypatch)


@pytest.fixture
def delivered(here, people):
    """A report whose delivery has come to an end."""
    report = deliveries.submitted(people)
    deliveries.run_everything()
    return report


@pytest.fixture
def failed(here, people):
    User.objects.filter(username="adviser").update(email="")
    report = deliveries.submitted(people)
    deliveries.run_everything()
    return report


def url_of(delivery):
    return f"{BOARD}reports/{delivery.report_id}/deliveries/{delivery.pk}/resend/"


def press(client, report, seen=0):
    delivery = deliveries.delivery_of(report)
    return client.post(url_of(delivery), {"resent": seen}, follow=True)


def test_a_press_sends_one_more_mail_with_a_message_id_of_its_own(delivered, as_editor):
    page = press(as_editor, delivered).content.decode()
    deliveries.run_everything()

    first, second = outbox.outbox
    assert first.message()["Message-ID"] != second.message()["Message-ID"]
    assert first.attachments == second.attachments
    delivery = deliveries.delivery_of(delivered)
    assert (delivery.state, delivery.resent) == ("sent", 1)
    assert "もう一度送ります" in page


def test_two_presses_of_one_page_send_one_mail(delivered, as_editor):
    press(as_editor, delivered)
    deliveries.run_everything()
    page = press(as_editor, delivered).content.decode()
    deliveries.run_everything()

    assert len(outbox.outbox) == 2
    assert "送っていません" in page


def test_without_asking_what_the_page_showed_a_double_press_would_send_twice(delivered, as_editor):
    """The negative control of the one above: a page that is loaded anew may send again."""
    press(as_editor, delivered)
    deliveries.run_everything()
    press(as_editor, delivered, seen=1)
    deliveries.run_everything()

    assert len(outbox.outbox) == 3


def test_what_is_on_its_way_is_not_sent_beside(delivered, as_editor):
    press(as_editor, delivered)
    press(as_editor, delivered, seen=1)

    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "x", "-1", "１", "9" * 40])
def test_a_press_with_a_strange_count_sends_nothing(delivered, as_editor, seen):
    assert press(as_editor, delivered, seen).status_code == 200
    assert OutgoingMail.objects.count() == 1


def test_the_resending_is_recorded(delivered, as_editor, people):
    press(as_editor, delivered)

    change = Change.objects.of(delivered).first()
    assert (change.deed, change.actor) == ("resend", people["editor"])
    assert "送り直し" in as_editor.get(f"{BOARD}history/").content.decode()


def test_the_paper_is_not_made_again(delivered, as_editor):
    made = delivered.snapshot.pdf.made_at
    press(as_editor, delivered)
    deliveries.run_everything()

    assert delivered.snapshot.pdf.made_at == made


def test_a_viewer_may_not_resend(delivered, sign_in):
    assert press(sign_in("viewer"), delivered).status_code == 403
    assert (
        "もう一度送る<" not in sign_in("viewer").get(delivered.get_absolute_url()).content.decode()
    )


def test_another_towns_delivery_cannot_be_resent(delivered, as_editor, sign_in):
    theirs = world.report_of(world.THEIRS)
    with within(theirs.cycle.municipality):
        foreign = Delivery.objects.get(report=theirs)
        Delivery.objects.filter(pk=foreign.pk).update(state="failed")
    ours = deliveries.delivery_of(delivered)

    for url in (
        url_of(foreign),
        f"{BOARD}reports/{ours.report_id}/deliveries/{foreign.pk}/resend/",
    ):
        assert as_editor.post(url, {"resent": 0}).status_code == 404
    assert sign_in("neighbour").post(url_of(ours), {"resent": 0}).status_code == 404
    assert OutgoingMail.objects.count() == 1


def test_what_was_withheld_by_right_is_not_resent_until_the_right_is_back(here, people, as_editor):
    term = Membership.objects.filter(user__username="adviser")
    term.update(valid_to="2021-03-31")
    report = deliveries.submitted(people)
    deliveries.run_everything()
    assert "もう一度送る<" not in as_editor.get(report.get_absolute_url()).content.decode()
    press(as_editor, report)
    deliveries.run_everything()
    assert deliveries.delivery_of(report).state == "withheld"

    term.update(valid_to=None)
    press(as_editor, report)
    deliveries.run_everything()

    assert deliveries.delivery_of(report).state == "sent"


def test_a_failure_shows_at_once_on_the_board_until_it_is_sent_again(failed, as_editor):
    page = as_editor.get(BOARD).content.decode()
    assert "届けられなかった宛先" in page
    assert "メールアドレスが登録されていません" in page

    User.objects.filter(username="adviser").update(email="adviser@example.jp")
    press(as_editor, failed)

    assert "届けられなかった宛先" not in as_editor.get(BOARD).content.decode()
    deliveries.run_everything()
    assert deliveries.delivery_of(failed).state == "sent"


def test_the_failed_row_says_to_mend_the_address_first(failed, as_editor):
    page = as_editor.get(failed.get_absolute_url()).content.decode()

    assert "メールアドレスを直してもらってから" in page


def test_the_operator_does_not_send_beside_what_was_resent(failed, as_editor, sign_in):
    former = OutgoingMail.objects.get()
    press(as_editor, failed)

    sign_in("operator").post(f"/manage/mails/{former.pk}/again/")

    former.refresh_from_db()
    assert former.state == "withheld"


def test_a_mail_that_waits_says_why_and_until_when(here, people, as_editor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    report = deliveries.submitted(people)
    deliveries.run_everything(2)

    page = as_editor.get(report.get_absolute_url()).content.decode()
    assert kernel_mail.NO_CONNECTION in page
    assert "次に送るのは" in page
    assert 'hx-trigger="every 30s"' in page


def test_opening_is_noted_once_and_only_for_the_recipient(delivered, people, sign_in):
    deliveries.grant(people["neighbour-adviser"], "adviser", "municipality", "990019")
    sign_in("neighbour-adviser").get(delivered.review_url())
    sign_in("editor").get(delivered.get_absolute_url())
    assert deliveries.delivery_of(delivered).opened_at is None

    sign_in("adviser").get(delivered.review_url())
    first = deliveries.delivery_of(delivered).opened_at
    sign_in("adviser").get(delivered.review_url())

    assert first is not None
    assert timezone.now() - first < dt.timedelta(minutes=1)
    assert deliveries.delivery_of(delivered).opened_at == first


def test_the_pdf_counts_as_opening(delivered, sign_in, as_editor):
    assert "まだ開かれていません" in as_editor.get(delivered.get_absolute_url()).content.decode()
    sign_in("adviser").get(f"{delivered.review_url()}pdf/")

    page = as_editor.get(delivered.get_absolute_url()).content.decode()
    assert "に開かれました" in page
    assert "まだ開かれていません" not in page


def test_a_superior_opens_on_the_municipal_page(here, people, sign_in):
    report = deliveries.submitted(people, part=RecipientPart.SUPERIOR, to="approver")
    deliveries.run_everything()
    sign_in("approver").get(report.get_absolute_url())

    assert deliveries.delivery_of(report).opened_at is not None


def test_resending_a_copy_that_cannot_be_made_says_why_at_once(
    here, people, as_editor, monkeypatch
):
    def refuse(review):
        raise RenderFailed.of(Outcome.TIME)

    monkeypatch.setattr(copying, "make_pdf", refuse)
    report = deliveries.submitted(people, part=RecipientPart.PREFECTURE, to="officer")
    deliveries.run_everything()
    assert deliveries.delivery_of(report).state == "failed"

    press(as_editor, report)
    deliveries.run_everything()

    delivery = deliveries.delivery_of(report)
    assert (delivery.state, outbox.outbox) == ("failed", [])
    assert "時間がかかりすぎた" in delivery.reason


def test_an_officer_opens_the_published_copy(here, people, sign_in):
    report = deliveries.submitted(people, part=RecipientPart.PREFECTURE, to="officer")
    deliveries.run_everything()
    url = f"/p/99/2026/reports/{report.number}/"
    deliveries.grant(people["neighbour"], "officer", "prefecture", "99")
    assert sign_in("neighbour").get(url).status_code == 200
    assert deliveries.delivery_of(report).opened_at is None

    sign_in("officer").get(url)

    assert deliveries.delivery_of(report).opened_at is not None

"""Every route of the site with a sample address, read from the URLconf itself."""

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from django.utils import timezone

from coordinators.cases.freezing import freeze
from coordinators.models import (
    Contract,
    ContractPartner,
    PrefecturePost,
    PublishedStructure,
    Structure,
    StructurePartner,
)
from coordinators.reading.sheet import StructureSheet
from councils.models import Council, CouncilPartner, Meeting
from indicators.models import Dataset, StatisticsLayout, StatisticsUpload
from municipalities.choices import Role, ScopeKind
from municipalities.kernel import tokens
from municipalities.models import (
    HealthCentre,
    Invitation,
    Membership,
    Municipality,
    OutgoingMail,
    Prefecture,
    TrashItem,
    User,
)
from municipalities.people import inviting
from municipalities.people.inviting import Invitee as Guest
from municipalities.people.offers import Offer
from municipalities.prefecture_tenancy import within_prefecture
from municipalities.tenancy import within
from reports.document import practice_copies
from reports.models import (
    Comment,
    Inquiry,
    InquiryQuestion,
    InquiryReply,
    Practice,
    PreparedFile,
    SupportRecord,
)
from reports.practice import publishing
from reports.prefecture.surveying import sending
from reports.year.calendar import feeds
from surveys.models import (
    Answer,
    FormReply,
    Invitee,
    Option,
    PrefectureForm,
    Question,
    Questionnaire,
    Response,
    SurveyRound,
)
from surveys.questionnaires.making import form_templates
from tests import world
from tests.surveys.asking import asking

PIECE = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    path: str
    view: Any

    def __str__(self):
        return self.path

    @property
    def is_of_a_municipality(self):
        return "municipality>" in self.path or "report_number>" in self.path

    @property
    def scope_kind(self):
        """Whose pages these are; None for those of nobody in particular."""
        if self.is_of_a_municipality:
            return ScopeKind.MUNICIPALITY
        return ScopeKind.PREFECTURE if "prefecture>" in self.path else None

    @property
    def scope_code(self):
        return {ScopeKind.MUNICIPALITY: world.OURS, ScopeKind.PREFECTURE: "99"}[self.scope_kind]

    @property
    def is_api(self):
        return self.path.startswith("api/")

    def url(self, *, code=world.OURS, **pieces):
        """Return a sample address of this route in a town."""
        if self.path.startswith("manage/mails/"):
            pieces.setdefault("pk", a_mail(code).pk)
        if "/surveys/questions/" in self.path:
            # An inquiry of the prefecture has questions of its own.
            pieces.setdefault("question_key", "question-1")
        if self.path.startswith("manage/statistics/"):
            pieces |= {"file_pk": a_file(None).pk, "dataset_pk": a_dataset(None).pk}
            pieces |= {"layout_pk": a_remembered_layout(None).pk}
        return "/" + PIECE.sub(
            lambda found: str(pieces.get(found[1]) or sample(found[1], code)), self.path
        )


def a_mail(code):
    """Return a mail of the town; the world itself has sent none."""
    report = world.report_of(code)
    mail, _ = OutgoingMail.objects.get_or_create(
        kind="report",
        municipality=report.cycle.municipality,
        recipient=report.submitted_by,
        reference=report.pk,
        message_id="<sample@example.jp>",
    )
    return mail


def sample(name, code):
    """Return a value for a piece of an address; rows are those of the test world."""
    fixed = {
        "municipality": code,
        "fiscal_year": world.YEAR,
        "prefecture": "99",
        "year": world.YEAR,
        "scene": "emergency",
        "code": "population_total",
        "form_key": "goal-2026-emergency",
        "report_number": f"{code}-{world.YEAR}-interim-1",
        "version": 1,
        "number": f"{code}-{world.YEAR}-interim-1",
        "town": code,
        "case_town": code,
        "case_year": world.YEAR,
        "value_year": world.YEAR - 1,
        "uidb36": "1",
        "key": "issue-1",
        "step_key": "interim-1",
        "advice_key": "pre-meeting-1-1",
        "organization_key": "ishikai",
        "own_key": "own-1",
        "prefecture_definition_key": "pref-99-sample",
        "measurement_key": "value-1",
        "section": "policy",
        "part": "issues",
        "row_key": "issue-1",
        "rule": "Q02",
        "place": "dementia",
        "subject": "general",
        "item_code": "1-1-a",
        "topic_code": "rhythm",
        "kind": "single",
        "template_key": "care-managers",
    }
    if row := ROWS.get(name):
        return row(code)
    # activity_key → activity-1 and so on: the demo document of 見本市 has a first row of each kind.
    return fixed.get(name) or f"{name.removesuffix('_key').replace('_', '-')}-1"


def a_membership(role, code):
    """Return the first membership with this role in the town."""
    return Membership.objects.filter(role=role, scope_code=code).earliest("pk")


def an_invitation(role, code):
    """Return an open invitation to the town; the world itself has none."""
    found = Invitation.objects.filter(role=role, scope_code=code, accepted_at=None)
    if invitation := found.filter(withdrawn_at=None).first():
        return invitation
    inviter = User.objects.get(username="manager" if role == Role.VIEWER else "officer")
    offer = Offer(role, ScopeKind.MUNICIPALITY, code, timezone.localdate())
    invitee = Guest(f"{role}-{code}@example.jp", "招待された人", f"invited-{role}-{code}")
    if code != world.OURS:
        inviter = User.objects.get(username="operator")
    return inviting.invite(invitee, offer, by=inviter)


def a_village_that_shares(code):
    """Return the code of a village that leads rows which the town reads; the world itself has none."""
    prefecture = Prefecture.objects.get(code="99")
    names = {"name": "見本村", "kana": "みほんむら", "kind": "village", "prefecture": prefecture}
    village, _ = Municipality.objects.get_or_create(code=world.PARTNER, defaults=names)
    town, key = Municipality.objects.get(code=code), {"key": f"partner-{code}"}
    with within(village):
        council, _ = Council.objects.led().get_or_create(
            key="council-1", defaults={"name": "合同の会議"}
        )
        CouncilPartner.objects.get_or_create(council=council, partner=town, defaults=key)
        Meeting.objects.led().get_or_create(
            key="meeting-1", council=council, fiscal_year=world.YEAR
        )
        contract, _ = Contract.objects.led().get_or_create(
            key="contract-1", defaults={"title": "共同の委託", "name": "見本郡医師会"}
        )
        ContractPartner.objects.get_or_create(contract=contract, partner=town, defaults=key)
        structure, _ = Structure.objects.led().get_or_create(
            key="structure-1", fiscal_year=world.YEAR, defaults={"name": "共同の体制"}
        )
        StructurePartner.objects.get_or_create(structure=structure, partner=town, defaults=key)
    return world.PARTNER


ROWS = {
    "questionnaire_key": lambda code: a_questionnaire(code).key,
    "asked_key": lambda code: a_questionnaire(code).key.replace("questionnaire", "asked"),
    "record_key": lambda _code: a_support_record().key,
    "prefecture_form_key": lambda _code: a_prefecture_form("sent").key,
    "draft_form_key": lambda _code: a_prefecture_form("draft").key,
    "inquiry_key": lambda _code: an_inquiry("sent").key,
    "draft_key": lambda _code: an_inquiry("draft").key,
    "question_key": lambda _code: an_inquiry("draft").key.replace("inquiry", "question"),
    "centre_key": lambda _code: a_health_centre().key,
    "prefecture_post_key": lambda _code: a_prefecture_post().key,
    "published_key": lambda code: a_published_structure(code).key,
    "case_key": lambda code: a_published_practice(code).key,
    "lead": a_village_that_shares,
    "joint_meeting_key": lambda _code: "meeting-1",
    "pk": lambda code: world.report_of(code).pk,
    "delivery_pk": lambda code: a_delivery(code).pk,
    "comment_pk": lambda code: a_comment(code).pk,
    "pending_pk": lambda code: a_pending_comment(code).pk,
    "trash_pk": lambda code: a_trash_item(code).pk,
    "membership_pk": lambda code: a_membership(Role.VIEWER, world.OURS).pk,
    "assignment_pk": lambda code: a_membership(Role.ADVISER, code).pk,
    "invitation_pk": lambda code: an_invitation(Role.VIEWER, code).pk,
    "offer_pk": lambda code: an_invitation(Role.ADVISER, code).pk,
    "user_pk": lambda code: a_membership(Role.ADVISER, code).user_id,
    "file_pk": lambda _code: a_file("99").pk,
    "layout_pk": lambda _code: a_remembered_layout("99").pk,
    "prepared_pk": lambda _code: a_prepared_file().pk,
    "dataset_pk": lambda _code: a_dataset("99").pk,
    "round_key": lambda code: a_round(code).key,
    "response_key": lambda code: a_response(code).key,
    "text_pk": lambda code: a_text(code).pk,
    "invitee_key": lambda code: an_invitee(code).key,
    "door_secret": lambda code: tokens.secret_of(a_round(code).token),
    "feed_secret": lambda code: (
        feeds.make(a_membership(Role.VIEWER, code).user)
        if code == world.OURS
        else feeds.make(User.objects.get(username="neighbour"))
    ),
    "secret": lambda code: tokens.secret_of(an_invitation(Role.VIEWER, code).token),
}


def a_round(code):
    """Return a survey that the town is asking; the world itself asks none."""
    cycle = world.cycle_of(code)
    with within(cycle.municipality):
        found = SurveyRound.objects.select_related("token", "cycle").filter(key="round-ask")
        writer = "editor" if code == world.OURS else "neighbour"
        return found.first() or asking(cycle, by=writer)


def a_response(code):
    """Return an answer that has come to the town's survey."""
    row = a_round(code)
    with within(row.cycle.municipality):
        response, _ = Response.objects.get_or_create(
            key="response-0123456789", round=row, defaults={"submission": "sample"}
        )
    return response


def a_text(code):
    """Return what a respondent of the town's survey wrote."""
    row, response = a_round(code), a_response(code)
    with within(row.cycle.municipality):
        asked = Question.objects.get(questionnaire=row.questionnaire_id, kind="long_text")
        return Answer.objects.get_or_create(response=response, question=asked, text="見本の意見")[0]


def an_invitee(code):
    """Return an office that is asked to answer the town's survey."""
    row = a_round(code)
    with within(row.cycle.municipality):
        invitee, _ = Invitee.objects.get_or_create(
            key="invitee-ask", round=row, defaults={"name": "見本の事業所"}
        )
    return invitee


def a_questionnaire(code):
    """Return a questionnaire with a question that may still be changed; those of the world were asked."""
    with within(Municipality.objects.get(code=code)):
        row, is_new = Questionnaire.objects.get_or_create(
            key="questionnaire-open", defaults={"title": "作りかけの調査票"}
        )
        if is_new:
            asked = Question.objects.create(questionnaire=row, key="asked-open", text="見本の設問")
            Option.objects.create(question=asked, key="option-open", label="はい")
    return row


def a_dataset(prefecture):
    """Return a statistic that a prefecture, or the operator, has brought in; the world itself has none."""
    dataset, _ = Dataset.objects.get_or_create(
        code=f"file-{prefecture or 'all'}",
        defaults={
            "title": "見本の統計",
            "prefecture": Prefecture.objects.filter(code=prefecture).first(),
        },
    )
    return dataset


def a_prepared_file():
    """Return a file that officers had put together; it is in the making, so that all its deeds are open."""
    prefecture = Prefecture.objects.get(code="99")
    with within_prefecture(prefecture):
        officer = User.objects.get(username="officer")
        row, _ = PreparedFile.objects.get_or_create(
            kind="interim", state="making", fiscal_year=world.YEAR, requested_by=officer
        )
    return row


def a_file(prefecture):
    """Return a file of statistics that waits to be taken in; the world itself has none."""
    place = Prefecture.objects.filter(code=prefecture).first()
    found = StatisticsUpload.objects.of(place).first()
    if found is not None:
        return found
    layout = StatisticsLayout.objects.create(
        code=f"file-of-{prefecture or 'all'}", title="見本の統計", prefecture=place
    )
    layout.columns.create(number=1, heading="コード")
    return StatisticsUpload.objects.create(
        prefecture=place,
        uploaded_by=User.objects.get(username="officer"),
        file_name="見本の統計.csv",
        content=b"",
        sha256="",
        layout=layout,
        state="checking",
    )


def a_remembered_layout(prefecture):
    """Return a layout that a file was taken in by and that the next one is read by."""
    place = Prefecture.objects.filter(code=prefecture).first()
    found = StatisticsLayout.objects.remembered_by(place).first()
    if found is not None:
        return found
    layout = StatisticsLayout.objects.create(
        code=f"kept-of-{prefecture or 'all'}",
        title="見本の統計",
        prefecture=place,
        is_kept=True,
    )
    StatisticsUpload.objects.create(
        prefecture=place,
        uploaded_by=User.objects.get(username="officer"),
        file_name="見本の統計.csv",
        content=b"",
        sha256="",
        layout=layout,
        state="done",
    )
    return layout


def a_prefecture_post():
    """Return a post that the prefecture keeps; the world itself has none."""
    prefecture = Prefecture.objects.get(code="99")
    with within_prefecture(prefecture):
        post, _ = PrefecturePost.objects.get_or_create(
            prefecture=prefecture, fiscal_year=world.YEAR, key="post-1", name="見本県医師会"
        )
    return post


def a_support_record():
    """Return a support that the prefecture has written down; the world itself has none."""
    prefecture = Prefecture.objects.get(code="99")
    told = {"kind": "training", "theme": "見本の研修", "held_on": "令和8年6月"}
    with within_prefecture(prefecture):
        record, _ = SupportRecord.objects.get_or_create(
            prefecture=prefecture, fiscal_year=world.YEAR, key="record-1", defaults=told
        )
    return record


def an_inquiry(state):
    """Return a 照会 that is written, or was sent to every town; the world itself has none."""
    prefecture = Prefecture.objects.get(code="99")
    told = {"title": "見本の照会", "purpose": "見本", "due_on": "2027-03-31", "state": state}
    with within_prefecture(prefecture):
        row, is_new = Inquiry.objects.get_or_create(
            prefecture=prefecture, fiscal_year=world.YEAR, key=f"inquiry-{state}", defaults=told
        )
        if is_new:
            InquiryQuestion.objects.create(
                inquiry=row, key=f"question-{state}", text="相談員の数", kind="number", unit="人"
            )
    for town in prefecture.municipalities.all() if state == "sent" else ():
        InquiryReply.objects.get_or_create(
            municipality=town, inquiry=row.key, fiscal_year=world.YEAR
        )
    return row


def a_prefecture_form(state):
    """Return a questionnaire of the prefecture that is written, or was sent; the world itself has none."""
    prefecture = Prefecture.objects.get(code="99")
    asked = sending.written(form_templates.template("care-managers").asked)
    told = {"title": "見本の県の調査票", "asked": asked, "state": state}
    with within_prefecture(prefecture):
        row, _ = PrefectureForm.objects.get_or_create(
            prefecture=prefecture,
            fiscal_year=world.YEAR,
            key=f"prefectureform-{state}",
            defaults=told,
        )
    for town in prefecture.municipalities.all() if state == "sent" else ():
        FormReply.objects.get_or_create(municipality=town, form=row.key, fiscal_year=world.YEAR)
    return row


def a_health_centre():
    """Return a health centre of the prefecture; the world itself has none."""
    prefecture = Prefecture.objects.get(code="99")
    told = {"code": "99-000009", "name": "見本保健所", "towns": f",{world.OURS},"}
    with within_prefecture(prefecture):
        centre, _ = HealthCentre.objects.get_or_create(
            prefecture=prefecture, key="centre-1", defaults=told
        )
    return centre


def a_published_structure(code):
    """Return a structure that the town has published for everybody; the world itself has none."""
    town = Municipality.objects.get(code=code)
    sheet = StructureSheet(
        "published-1", world.YEAR, "見本の体制", code, town.name, is_led_here=True
    )
    frozen = freeze(sheet, prefecture="見本県")
    values = {"name": sheet.name, "affiliation": "bodies", "coverage": "one", "audience": "public"}
    copy, _ = PublishedStructure.objects.get_or_create(
        municipality=town,
        fiscal_year=world.YEAR,
        key=sheet.key,
        defaults=values
        | {
            "content": frozen.content,
            "sha256": frozen.sha256,
            "published_at": timezone.now(),
        },
    )
    return copy


def a_published_practice(code):
    """Return a case that the town has published for everybody; the world itself has none."""
    with within(Municipality.objects.get(code=code)):
        practice = Practice.objects.select_related("cycle").get(cycle__fiscal_year=world.YEAR)
        if copy := practice_copies.published(practice):
            return copy
        return publishing.publish(practice, by=User.objects.get(username="editor"))


def a_delivery(code):
    """Return the delivery of the town's submitted report."""
    report = world.report_of(code)
    with within(report.cycle.municipality):
        return report.deliveries.earliest("pk")


def a_comment(code):
    """Return a comment that the town's adviser has sent on its submitted report."""
    report = world.report_of(code)
    with within(report.cycle.municipality):
        adviser = report.deliveries.earliest("pk").recipient
        sent = Comment.objects.sent().filter(report=report, author=adviser, section="policy")
        return sent.order_by("pk").first() or Comment.objects.create(
            report=report,
            snapshot=report.snapshots.earliest("pk"),
            section="policy",
            author=adviser,
            text="見本",
            sent_at=report.submitted_at,
        )


def a_pending_comment(code):
    """Return a comment that the town's adviser has written and not sent."""
    report = world.report_of(code)
    with within(report.cycle.municipality):
        adviser = report.deliveries.earliest("pk").recipient
        pending = Comment.objects.pending_of(adviser).filter(report=report)
        return pending.first() or Comment.objects.create(
            report=report,
            snapshot=report.snapshots.earliest("pk"),
            section="policy",
            author=adviser,
            text="見本",
        )


def a_trash_item(code):
    """Return something that was deleted in the town."""
    cycle = world.cycle_of(code)
    with within(cycle.municipality):
        item, _ = TrashItem.objects.get_or_create(
            fiscal_year=world.YEAR, kind="logicmodels.issue", title="見本"
        )
    return item


def routes(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLPattern):
            yield Route(path, entry.callback)
        else:
            yield from routes(entry, path)


EVERY = [route for route in routes() if "(?P" not in route.path]
OUR_PAGES = [
    route
    for route in EVERY
    if not route.is_api
    and not getattr(route.view, "__module__", "").startswith("allauth")
    and not getattr(getattr(route.view, "view_class", None), "__module__", "").startswith("allauth")
]
MUNICIPAL_PAGES = [route for route in OUR_PAGES if route.is_of_a_municipality]
ONE_IN = 5


def sampled(pages):
    """Return every page on SQLite, one in five on PostgreSQL: the wall there has walks of its own."""
    return pages if connection.vendor == "sqlite" else pages[::ONE_IN]

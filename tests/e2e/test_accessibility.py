"""Every page of the product at both sizes: axe-core finds nothing, nothing is wider than a phone."""

import json
import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import resolve
from playwright.sync_api import expect

from tests.e2e.audit import audit
from tests.e2e.hands import Mouse
from tests.e2e.installation import (
    BEGINNER,
    CODES,
    COLLEAGUE,
    NATIONWIDE,
    NEWCOMER,
    PASSWORD,
    TWO_TOWNS,
    VILLAGE,
)
from tests.routes import EVERY

YEAR = "/m/990019/2025/"
# The year of 見本市 in which activities, models and indicators are planned.
PLANNED = "/m/990019/2026/"
SUPPORT = f"{PLANNED}support/"
COUNCILS, MEETINGS = f"{PLANNED}councils/", f"{PLANNED}meetings/"
STRUCTURE = f"{PLANNED}coordinators/structure-1/"
SURVEYS = f"{PLANNED}surveys/"
ROUND = f"{SURVEYS}rounds/looked-at/"
PRACTICES = f"{PLANNED}practices/"
# 坂戸市 leads what 鶴ヶ島市 reads; 見本町 reads the council and the meetings of 見本市.
LEADING, READING, BESIDE = "/m/112399/2023/", "/m/112411/2023/", "/m/990027/2026/"
POSTS, FILES = "/p/99/2026/posts/", "/p/99/2026/statistics/"
FORMS = "/p/99/2026/forms/"
REQUESTS, INQUIRIES = "/p/99/2026/requests/", "/m/990019/2026/inquiries/"
LOG, CENTRES = "/p/99/2026/support-log/", "/p/99/health-centres/"
DESK = "/review/m/990019/2025/"
LOGIC = "/m/990019/2026/logic/"
MODEL = f"{LOGIC}model-1/"
PREPARE = """
import json
from io import BytesIO
from PIL import Image
from municipalities.kernel import attachments, pictures
from django.utils import timezone
from municipalities.kernel import tokens
from municipalities.models import Cycle, Membership, Municipality, ProfilePicture, User
from municipalities.people import inviting
from municipalities.people.inviting import Invitee
from municipalities.people.offers import Offer
from municipalities.tenancy import within
from coordinators.models import PrefecturePost
from indicators.models import Dataset, StatisticsLayout, StatisticsUpload
from municipalities.models import HealthCentre, Prefecture
from municipalities.prefecture_tenancy import within_prefecture
from reports.models import Inquiry, InquiryQuestion, InquiryReply
from reports.models import AdviceItem, SupportMember, SupportRecord, SupportStep, SupportTask
from reports.models import ReportText, SupportEffect, SupportIssue, SupportOutlook
from reports.submission.advising import commenting
from reports.submission.drafts import drafting
from reports.submission.reworking import errata
from reports.submission.submitting import approving
from reports.submission.submitting.submit import submit
from surveys.models import Answer, Invitee as SurveyInvitee, Question, Response
from tests.surveys.asking import asking
place = Municipality.objects.select_related("prefecture").get(code="990019")
editor = User.objects.get(username="mihon-editor")
with within(place):
    cycle = Cycle.objects.get(fiscal_year=2025)
    cycle.municipality = place
    for section in ("situation", "interim"):
        made = {"key": section, "text": "聞き取った。"}
        ReportText.objects.get_or_create(cycle=cycle, section=section, defaults=made)
    for model, key in ((SupportIssue, "before"), (SupportEffect, "effect"), (SupportOutlook, "outlook")):
        model.objects.get_or_create(cycle=cycle, key=f"{key}-1", defaults={"text": "一件目。"})
    report = drafting.open_draft(cycle, "interim", by=editor)
    report.cycle = cycle
    submit(report, by=editor)
    adviser, seen = User.objects.get(username="adviser-1"), report.snapshots.get()
    said = {"kind": "fix", "text": "出典を書いてください。", "by": adviser}
    sent = commenting.write(report, seen, section="profile", quote="47,865人", **said)
    commenting.send(report, by=adviser)
    sent.refresh_from_db()
    commenting.answer(sent, text="書き足しました。", by=editor)
    pending = commenting.write(report, seen, section="policy", **said)
    words = {"place": "1ページ", "wrong": "12か所", "right": "11か所", "reason": "数え直した"}
    errata.add(report, words, by=editor)
    draft = drafting.open_draft(cycle, "interim", by=editor)
    asked = drafting.open_draft(cycle, "final", by=editor)
    asked.cycle = cycle
    approving.ask(asked, [User.objects.get(username="mihon-approver")], by=editor)
    Image.new("RGB", (40, 30), "navy").save(drawn := BytesIO(), "PNG")
    kept = attachments.keep(pictures.redrawn(drawn.getvalue()), original_name="map.png", by=editor)
    ProfilePicture.objects.create(cycle=cycle, key="picture-1", attachment=kept, caption="圏域図")
    step = SupportStep.objects.filter(cycle=cycle).order_by("position").first()
    own = {"cycle": cycle, "step": step, "text": "目指す姿を書く。", "origin": "adviser"}
    AdviceItem.objects.create(key="looked-at-2", **own)
    planned = {"cycle": Cycle.objects.get(fiscal_year=2026), "key": "looked-at-1"}
    SupportMember.objects.create(part="adviser", title="アドバイザー", **planned)
    SupportTask.objects.create(text="現状を聞き取る。", due="令和8年度末", **planned)
    other = SupportStep.objects.create(kind="other", title="庁内の打合せ", position=9, **planned)
    AdviceItem.objects.create(step=other, text="目指す姿を書く。", **planned)
    planned_year = Cycle.objects.get(fiscal_year=2026)
    planned_year.municipality = place
    round_ = asking(planned_year, "looked-at", by="mihon-editor")
    office = {"key": "invitee-1", "round": round_, "name": "見本の事業所"}
    SurveyInvitee.objects.create(**office)
    wrote = Response.objects.create(
        key="response-0123456789", round=round_, submission="looked-at", received_at=timezone.now()
    )
    asking(planned_year, "looked-at-draft", is_open=False, by="mihon-editor")
    asked_text = Question.objects.get(questionnaire=round_.questionnaire, kind="long_text")
    Answer.objects.create(pk=1, response=wrote, question=asked_text, text="見本の意見")
    pks = {"submitted": report.pk, "draft": draft.pk, "asked": asked.pk}
    pks |= {"number": str(report.number), "pending": pending.pk}
    pks["door"] = tokens.secret_of(round_.token)
offer = Offer("editor", "municipality", "990019", timezone.localdate())
invitee = Invitee("looked-at@example.jp", "見本市 係", "looked-at-invited")
invitation = inviting.invite(invitee, offer, by=User.objects.get(username="mihon-manager"))
pks["secret"] = tokens.secret_of(invitation.token)
pks["account"] = editor.pk
pks["staff"] = Membership.objects.get(user=editor).pk
pks["adviser"] = Membership.objects.get(user__username="adviser-1", scope_code="990019").pk
prefecture = Prefecture.objects.get(code="99")
with within_prefecture(prefecture):
    kept = {"prefecture": prefecture, "fiscal_year": 2026, "key": "post-1"}
    PrefecturePost.objects.create(name="見本県医師会", **kept)
    told = {"kind": "training", "theme": "見本の研修", "held_on": "令和8年6月"}
    SupportRecord.objects.create(**kept | told | {"key": "record-1"})
    centre = {"prefecture": prefecture, "key": "centre-1", "code": "99-00000a"}
    HealthCentre.objects.create(name="見本保健所", towns=",990019,", **centre)
    asked = {"prefecture": prefecture, "fiscal_year": 2026, "purpose": "見本"}
    for state in ("sent", "draft", "closed"):
        own = {"key": f"asked-{state}", "state": state, "due_on": "2027-03-31", **asked}
        own["title"] = f"見本の照会（{state}）"
        inquiry = Inquiry.objects.create(sent_at=timezone.now(), **own)
        for kind, choices in (("number", ""), ("choice", "ある\\nない"), ("date", "")):
            question = {"prefecture": prefecture, "key": f"{state}-{kind}", "kind": kind}
            InquiryQuestion.objects.create(
                inquiry=inquiry, text="相談窓口", is_required=True, choices=choices, **question
            )
for town in prefecture.municipalities.without_wards():
    InquiryReply.objects.create(municipality=town, inquiry="asked-sent", fiscal_year=2026)
for name, owner, username in (("", prefecture, "mihon-officer"), ("all_", None, "operator-1")):
    held = {"code": f"looked-at-{name}", "title": "見本の統計", "prefecture": owner}
    layout = StatisticsLayout.objects.create(**held)
    layout.columns.create(number=1, heading="コード")
    upload = {"file_name": "見本の統計.csv", "content": b"", "sha256": "", "state": "checking"}
    upload |= {"uploaded_by": User.objects.get(username=username), "layout": layout}
    pks[f"{name}file"] = StatisticsUpload.objects.create(prefecture=owner, **upload).pk
    pks[f"{name}dataset"] = Dataset.objects.create(**held).pk
print(json.dumps(pks))
"""
PAGES = {
    "": (
        "/account/login/",
        "/account/password/reset/",
        "/account/password/reset/done/",
        "/account/password/reset/key/1-spent/",
        "/account/password/reset/key/done/",
        "/account/signup/",
        "/account/inactive/",
        "/invitation/{secret}/",
        "/s/{door}/",
    ),
    "mihon-editor": (
        YEAR,
        f"{YEAR}profile/",
        f"{YEAR}profile/edit/",
        f"{YEAR}profile/print/",
        *(
            f"{YEAR}profile/{kind}s/{page}/"
            for kind in ("contractor", "participant", "picture")
            for page in ("add", f"{kind}-1/edit", f"{kind}-1/delete")
        ),
        f"{SURVEYS}rounds/add/",
        f"{ROUND}tables/?by=問1",
        f"{ROUND}tables/before/",
        f"{ROUND}tables/texts/",
        f"{ROUND}tables/texts/1/card/",
        ROUND,
        *(
            f"{ROUND}{page}/"
            for page in (
                "edit",
                "closing",
                "emptying",
                "responses",
                "responses/exclusion",
                "invitees",
                "invitees/add",
            )
        ),
        f"{SURVEYS}rounds/looked-at-draft/delete/",
        f"{ROUND}responses/response-0123456789/exclusion/",
        f"{ROUND}sheets/add/",
        f"{ROUND}answers/import/",
        f"{ROUND}answers/columns/",
        f"{PLANNED}year/",
        f"{PLANNED}calendar/",
        f"{PLANNED}calendar/reminders/",
        f"{PLANNED}calendar/dates/add/",
        f"{PLANNED}calendar/dates/budget-request/edit/",
        f"{PLANNED}calendar/dates/budget-request/delete/",
        f"{PLANNED}organizations/",
        f"{PLANNED}organizations/add/",
        f"{PLANNED}organizations/ishikai/edit/",
        f"{PLANNED}organizations/ishikai/delete/",
        f"{PLANNED}areas/",
        f"{PLANNED}areas/add/",
        f"{PLANNED}areas/area-1/edit/",
        f"{PLANNED}areas/area-1/delete/",
        f"{YEAR}history/",
        f"{YEAR}scenes/",
        f"{YEAR}scenes/?arrange=1",
        f"{YEAR}scenes/discharge/",
        f"{YEAR}scenes/discharge/goal/edit/",
        f"{YEAR}scenes/discharge/goal/delete/",
        f"{YEAR}issues/issue-1/figures/",
        f"{YEAR}issues/issue-1/delete/",
        f"{PLANNED}activities/",
        f"{PLANNED}activities/?arrange=1",
        f"{PLANNED}activities/?print=1",
        f"{PLANNED}activities/add/",
        f"{PLANNED}activities/activity-1/",
        f"{PLANNED}activities/activity-1/edit/",
        f"{PLANNED}activities/activity-1/delete/",
        f"{PLANNED}activities/activity-1/partners/add/",
        f"{PLANNED}activities/activity-1/partners/partner-1/edit/",
        f"{PLANNED}activities/activity-1/partners/partner-1/delete/",
        f"{PLANNED}activities/activity-1/milestones/add/",
        f"{PLANNED}activities/activity-1/milestones/milestone-1/edit/",
        f"{PLANNED}activities/activity-1/milestones/milestone-1/delete/",
        f"{PLANNED}activities/activity-1/results/add/",
        f"{PLANNED}activities/activity-1/results/result-1/edit/",
        f"{PLANNED}activities/activity-1/results/result-1/delete/",
        f"{YEAR}trash/",
        f"{YEAR}issues/add/",
        f"{YEAR}issues/issue-1/edit/",
        f"{YEAR}figures/population_total/edit/",
        f"{YEAR}figures/population_total/add/",
        f"{PLANNED}indicators/",
        f"{PLANNED}indicators/evaluation/",
        f"{PLANNED}indicators/entry/",
        f"{PLANNED}indicators/import/",
        f"{PLANNED}indicators/catalogue/",
        f"{PLANNED}indicators/own/add/",
        f"{PLANNED}indicators/own/own-1/edit/",
        f"{PLANNED}indicators/own/own-1/delete/",
        f"{PLANNED}indicators/own/own-11/versions/version-own-11-2025/edit/",
        f"{PLANNED}indicators/own/own-11/versions/version-own-11-2025/delete/",
        f"{PLANNED}indicators/indicator-1/",
        f"{PLANNED}indicators/indicator-1/edit/",
        f"{PLANNED}indicators/indicator-1/delete/",
        f"{PLANNED}indicators/indicator-1/targets/add/",
        f"{PLANNED}indicators/indicator-1/targets/target-1/edit/",
        f"{PLANNED}indicators/indicator-1/targets/target-1/delete/",
        f"{PLANNED}indicators/indicator-1/values/add/",
        f"{PLANNED}indicators/indicator-1/values/parts/",
        f"{PLANNED}indicators/indicator-1/values/value-1/parts/?by=quarter",
        f"{PLANNED}indicators/indicator-1/values/value-1/edit/",
        f"{PLANNED}indicators/indicator-1/values/value-1/delete/",
        f"{YEAR}support/",
        *(
            f"{SUPPORT}{page}/"
            for page in (
                "round/edit",
                "members/add",
                "members/looked-at-1/edit",
                "members/looked-at-1/delete",
                "tasks/add",
                "tasks/looked-at-1/edit",
                "tasks/looked-at-1/delete",
                "steps/add",
                "steps/looked-at-1/edit",
                "steps/looked-at-1/delete",
                "steps/looked-at-1/advice/add",
                "advice/looked-at-1/edit",
                "advice/looked-at-1/delete",
                "advice/looked-at-1/answer",
            )
        ),
        f"{SUPPORT}?arrange=1",
        f"{SUPPORT}history/",
        f"{SUPPORT}feedback/",
        f"{SUPPORT}feedback/edit/",
        f"{YEAR}reports/",
        f"{YEAR}reports/{{draft}}/",
        f"{YEAR}reports/{{draft}}/recipients/",
        f"{YEAR}reports/{{draft}}/preview/",
        f"{YEAR}reports/{{draft}}/check/",
        f"{YEAR}reports/{{draft}}/prefecture-copy/",
        f"{YEAR}reports/{{submitted}}/",
        f"{YEAR}reports/{{draft}}/step/",
        f"{YEAR}reports/{{draft}}/approval/request/",
        f"{YEAR}reports/{{asked}}/approval/",
        f"{YEAR}reports/{{submitted}}/versions/",
        f"{YEAR}reports/{{submitted}}/versions/1/",
        f"{YEAR}reports/{{submitted}}/reopening/",
        f"{YEAR}reports/{{submitted}}/errata/add/",
        f"{YEAR}reports/{{submitted}}/versions/1/changes/",
        f"{YEAR}reports/{{submitted}}/comments/",
        f"{YEAR}reports/{{submitted}}/exchange/",
        f"{YEAR}reports/{{submitted}}/answers/",
        f"{YEAR}reports/mail-settings/",
        f"{PLANNED}handouts/discharge/",
        f"{PLANNED}handouts/discharge/questions/edit/",
        f"{PLANNED}handover/",
        f"{PLANNED}handover/pass-on/",
        f"{PLANNED}handover/notes/general/edit/",
        f"{PLANNED}handover/indicators/indicator-1/edit/",
        f"{PLANNED}grant-evidence/",
        f"{PLANNED}grant-evidence/1-1-a/edit/",
        f"{PLANNED}survey-evidence/",
        f"{PLANNED}survey-evidence/rhythm/edit/",
        "/exchange/verify/",
        f"{YEAR}reports/{{submitted}}/preview/",
        f"{YEAR}findings/",
        f"{PLANNED}findings/",
        f"{PLANNED}findings/Q02/dementia/waive/",
        f"{PLANNED}findings/waivers/waiver-1/take-back/",
        *(
            f"{YEAR}reports/{{draft}}/sections/{code}/"
            for code in ("profile", "logic-models", "indicators", "steps", "method", "papers")
        ),
        f"{YEAR}reports/{{draft}}/sections/policy/edit/",
        f"{PLANNED}next-year/",
        f"{PLANNED}next-year/issues/issue-1/reason/",
        f"{YEAR}effects/",
        f"{YEAR}effects/issues/take-over/",
        *(
            f"{YEAR}effects/{kind}/{page}/"
            for kind, key in (
                ("issues", "before-1"),
                ("changes", "effect-1"),
                ("outlooks", "outlook-1"),
            )
            for page in ("add", f"{key}/edit", f"{key}/delete")
        ),
        f"{PLANNED}prefecture-forms/",
        f"{PLANNED}prefecture-forms/prefectureform-clinics/",
        f"{PLANNED}prefecture-forms/prefectureform-clinics/preview/",
        f"{PLANNED}surveys/forms/templates/residents/preview/",
        INQUIRIES,
        f"{INQUIRIES}asked-sent/",
        f"{INQUIRIES}asked-sent/edit/",
        f"{INQUIRIES}asked-sent/file/",
        f"{LOGIC}",
        f"{LOGIC}add/",
        f"{MODEL}",
        f"{MODEL}?view=diagram",
        f"{MODEL}edit/",
        f"{MODEL}delete/",
        f"{MODEL}print/",
        f"{MODEL}print/?view=diagram",
        f"{MODEL}outcomes/add/",
        f"{MODEL}outcomes/outcome-1/edit/",
        f"{MODEL}outcomes/outcome-1/delete/",
        f"{MODEL}outcomes/outcome-1/placements/add/",
        f"{MODEL}outcomes/outcome-1/indicators/",
        f"{MODEL}outcomes/outcome-1/indicators/use-1/edit/",
        f"{MODEL}links/add/",
        f"{MODEL}links/link-1/edit/",
        f"{MODEL}links/link-1/delete/",
        f"{MODEL}placements/placement-1/edit/",
        f"{MODEL}placements/placement-1/activity/",
        f"{MODEL}activities/activity-1/uses/",
        f"{PLANNED}indicators/published/",
        f"{PLANNED}indicators/trends/",
        f"{PLANNED}compare/",
        f"{PLANNED}compare/population_total/issue/",
        f"{YEAR}submitted-values/",
        f"{YEAR}submitted-values/population_total/2025/reply/",
        f"{PLANNED}indicators/indicator-1/entry/",
        *(
            f"{PLANNED}evaluations/{page}"
            for page in (
                "",
                "?scene=discharge",
                "sheet/",
                "outcomes/outcome-1/edit/",
                "activities/activity-18/edit/",
                "councils/council-12/edit/",
                "evaluation-1/delete/",
                "evaluation-1/judgements/add/",
                "judgements/judgement-1/edit/",
                "judgements/judgement-1/delete/",
            )
        ),
        *(
            f"{PLANNED}improvements/{page}"
            for page in (
                "",
                "add/",
                "add/?judgement=judgement-1",
                "improvement-1/edit/",
                "improvement-1/delete/",
            )
        ),
        COUNCILS,
        *(
            f"{COUNCILS}{page}/"
            for page in (
                "print",
                "add",
                "council-1",
                "council-1/edit",
                "council-1/delete",
                "council-1/functions/add",
                "council-1/outreach/add",
                "council-1/partners/add",
                "council-1/seats/add",
                "functions/function-1/edit",
                "functions/function-1/delete",
                "outreach/outreach-1/edit",
                "outreach/outreach-1/delete",
                "partners/partner-1/delete",
                "seats/seat-1/edit",
                "seats/seat-1/delete",
            )
        ),
        MEETINGS,
        *(
            f"{MEETINGS}{page}/"
            for page in (
                "add",
                "meeting-1",
                "meeting-1/print",
                "meeting-1/edit",
                "meeting-1/delete",
                "meeting-1/attendance",
                "meeting-1/agenda/add",
                "meeting-1/agenda/agenda-1/edit",
                "meeting-1/agenda/agenda-1/delete",
                "meeting-1/homework/add",
                "meeting-1/homework/homework-1/edit",
                "meeting-1/homework/homework-1/delete",
                "meeting-1/decisions/add",
                "decisions/decision-1/edit",
                "decisions/decision-1/delete",
            )
        ),
        *(
            f"{PLANNED}{page}/"
            for page in (
                "contracts",
                "contracts/add",
                "contracts/contract-1",
                "contracts/contract-1/print",
                "contracts/contract-1/edit",
                "contracts/contract-1/delete",
                "contracts/contract-1/events/add",
                "contracts/contract-1/partners/add",
                "contract-events/event-1/edit",
                "contract-events/event-1/delete",
                "executions",
                "executions/add",
                "executions/execution-1/edit",
                "executions/execution-1/delete",
                "bases",
                "bases/about",
                "bases/add",
                "bases/base-1/edit",
                "bases/base-1/publication",
                "bases/base-1/delete",
                "bases/base-1/functions/discharge/edit",
                "bases/base-1/functions/discharge/delete",
                "resources",
                "resources/add",
                "resources/resource-1/edit",
                "resources/resource-1/delete",
                "coordinators",
                "coordinators/add",
                "coordinators/cases",
                "coordinators/cases/2026/990019/structure-1",
            )
        ),
        STRUCTURE,
        *(
            f"{STRUCTURE}{page}/"
            for page in (
                "edit",
                "delete",
                "sheet",
                "publication",
                "partners/add",
                "partners/partner-1/edit",
                "partners/partner-1/delete",
                "posts/add",
                "posts/post-1",
                "posts/post-1/edit",
                "posts/post-1/delete",
                "posts/post-1/staffings/add",
                "staffings/staffing-1/edit",
                "staffings/staffing-1/delete",
                "headings/add",
                "headings/heading-1/edit",
                "headings/heading-1/delete",
                "headings/heading-1/items/add",
                "items/item-1/edit",
                "items/item-1/delete",
                "items/item-1/held",
                "stages/add",
                "stages/stage-1/edit",
                "stages/stage-1/delete",
            )
        ),
        PRACTICES,
        *(
            f"{PRACTICES}{page}/"
            for page in (
                "add",
                "practice-1",
                "practice-1/edit",
                "practice-1/delete",
                "library",
                "library/2026/990019/practice-1",
            )
        ),
        SURVEYS,
        *(
            f"{SURVEYS}{page}/"
            for page in (
                "forms",
                "forms/add",
                "forms/clinics-questionnaire",
                "forms/clinics-questionnaire/edit",
                "forms/clinics-questionnaire/delete",
                "forms/clinics-questionnaire/preview",
                "forms/clinics-questionnaire/library",
                "forms/clinics-questionnaire/questions/add/multiple",
                "forms/clinics-questionnaire/questions/add/matrix",
                "forms/questions/clinics-asked-1/edit",
                "forms/questions/clinics-asked-1/delete",
                "forms/questions/clinics-asked-1/options",
                "forms/questions/clinics-asked-1/skips",
                "add",
                "survey-1",
                "survey-1/edit",
                "survey-1/delete",
                "survey-1/questions/add",
                "questions/question-1/edit",
                "questions/question-1/delete",
                "questions/question-1/answers",
                "questions/question-1/answers/add",
                "questions/question-1/issues",
                "questions/question-1/years",
                "questions/question-1/earlier",
                "questions/question-1/value",
                "answers/answer-1/edit",
                "answers/answer-1/delete",
                "hearings/add",
                "hearings/hearing-1",
                "hearings/hearing-1/edit",
                "hearings/hearing-1/delete",
                "topics/add",
                "topics/topic-1",
                "topics/topic-1/edit",
                "topics/topic-1/delete",
                "topics/topic-1/issues",
                "topics/topic-1/voices/add",
                "voices/voice-1/edit",
                "voices/voice-1/delete",
            )
        ),
        "/account/password/change/",
        "/account/logout/",
        "/account/mfa/",
        "/account/sessions/",
        "/account/reauthenticate/",
    ),
    "mito-editor": (
        "/m/082015/2023/profile/",
        "/m/082015/2023/support/",
        "/m/082015/2023/support/steps/interim-1/edit/",
    ),
    "sakado-editor": (f"{LEADING}contract-partners/partner-1/delete/",),
    "tsurugashima-editor": (
        f"{READING}councils/shared/112399/council-1/",
        f"{READING}contracts/shared/112399/contract-1/",
        f"{READING}coordinators/shared/112399/structure-1/",
        f"{READING}coordinators/shared/112399/structure-1/sheet/",
    ),
    "mihonmachi-editor": (
        f"{BESIDE}meetings/shared/990019/meeting-1/",
        f"{BESIDE}meetings/shared/990019/meeting-1/decisions/add/",
    ),
    "mihon-approver": (
        YEAR,
        f"{YEAR}scenes/",
        f"{YEAR}reports/{{draft}}/",
        f"{YEAR}reports/{{asked}}/approval/",
    ),
    "mihon-manager": (
        "/m/990019/people/",
        "/m/990019/people/invite/",
        "/m/990019/people/{staff}/term/",
    ),
    "mihon-contractor": (
        f"{PLANNED}contributor/",
        f"{PLANNED}contributor/activity-1/",
        f"{PLANNED}contributor/activity-1/results/add/",
        f"{PLANNED}contributor/activity-1/results/result-1/edit/",
        f"{PLANNED}contributor/activity-1/results/result-1/delete/",
    ),
    BEGINNER: (f"/m/{VILLAGE}/",),
    "ibaraki-officer": (
        "/p/08/2026/",
        "/p/08/advisers/",
        "/p/08/2026/compare/?view=strip&focus=home_care_support_clinics&town=082015",
        "/p/08/2026/compare/?view=funnel&focus=aging_rate_75&town=082015",
        "/p/08/2026/compare/?view=multiples&town=082015",
        "/p/08/2026/compare/?view=profile&town=082015",
        "/p/08/2026/compare/?view=map&focus=home_care_support_clinics&town=082015",
    ),
    "adviser-1": (
        "/review/",
        "/review/past/",
        "/review/past/{number}/",
        "/review/past/{number}/versions/1/",
        "/review/{number}/",
        "/review/{number}/versions/",
        "/review/{number}/versions/1/",
        "/review/{number}/changes/",
        "/review/{number}/comments/{pending}/edit/",
        "/review/{number}/decision/",
        "/review/{number}/answer/",
        "/review/{number}/advice/",
        "/review/{number}/advice/add/",
        "/review/{number}/advice/looked-at-2/edit/",
        "/review/{number}/advice/looked-at-2/delete/",
        "/review/{number}/lessons/",
        "/review/{number}/lessons/method/edit/",
        "/review/{number}/lessons/support-needs/edit/",
        "/review/m/",
        "/review/m/990019/history/",
        DESK,
        "/review/m/990019/2026/surveys/looked-at/",
        "/review/m/990019/2026/surveys/discharge-round/?by=問1",
        *(
            f"{DESK}{page}/"
            for page in (
                "advice",
                "advice/add",
                "advice/looked-at-2/edit",
                "advice/looked-at-2/delete",
                "lessons",
                "lessons/method/edit",
                "lessons/support-needs/edit",
            )
        ),
    ),
    "mihon-officer": (
        "/p/99/2025/",
        "/p/99/2025/findings/",
        "/p/99/2025/compare/",
        "/p/99/2025/m/990019/",
        "/p/99/2025/m/990035/entry/",
        "/p/99/2025/periods/",
        "/p/99/2025/values/",
        "/p/99/2025/values/?indicator=population_total",
        "/p/99/2025/reports/{number}/",
        "/p/99/advisers/",
        "/p/99/advisers/invite/",
        "/p/99/advisers/assign/",
        "/p/99/advisers/{adviser}/term/",
        "/p/99/2025/steps/",
        "/p/99/2025/steps/?show=phases",
        FORMS,
        f"{FORMS}add/",
        f"{FORMS}prefectureform-residents/",
        f"{FORMS}prefectureform-residents/preview/",
        f"{FORMS}prefectureform-residents/edit/",
        f"{FORMS}prefectureform-residents/delete/",
        f"{FORMS}prefectureform-residents/questions/",
        f"{FORMS}prefectureform-residents/send/",
        f"{FORMS}prefectureform-clinics/",
        f"{FORMS}prefectureform-clinics/results/",
        REQUESTS,
        f"{REQUESTS}add/",
        f"{REQUESTS}asked-draft/",
        f"{REQUESTS}asked-draft/edit/",
        f"{REQUESTS}asked-draft/delete/",
        f"{REQUESTS}asked-draft/questions/add/",
        f"{REQUESTS}asked-draft/questions/draft-choice/edit/",
        f"{REQUESTS}asked-draft/questions/draft-choice/delete/",
        f"{REQUESTS}asked-sent/",
        f"{REQUESTS}asked-draft/send/",
        f"{REQUESTS}asked-sent/change/",
        f"{REQUESTS}asked-sent/close/",
        f"{REQUESTS}asked-sent/withdraw/",
        f"{REQUESTS}asked-closed/reopen/",
        f"{REQUESTS}asked-sent/answers/",
        f"{REQUESTS}asked-sent/files/",
        LOG,
        f"{LOG}add/",
        f"{LOG}record-1/edit/",
        f"{LOG}record-1/delete/",
        CENTRES,
        f"{CENTRES}add/",
        f"{CENTRES}centre-1/edit/",
        f"{CENTRES}centre-1/delete/",
        POSTS,
        f"{POSTS}add/",
        f"{POSTS}post-1/edit/",
        f"{POSTS}post-1/delete/",
        "/p/99/2025/files/",
        "/p/99/2026/definitions/",
        "/p/99/2026/definitions/add/",
        "/p/99/2026/definitions/file/",
        "/p/99/2026/definitions/pref-99-yakan-renraku/edit/",
        "/p/99/2026/bases/",
        "/p/99/2026/structures/",
        "/p/99/2026/structures/2026/990019/structure-1/",
        "/p/99/2026/practices/",
        "/p/99/2026/practices/improved/",
        "/p/99/2026/grant-items/",
        "/p/99/2026/survey-items/",
        "/p/99/2026/practices/2026/990019/practice-1/",
        FILES,
        f"{FILES}files/add/",
        f"{FILES}files/{{file}}/",
        f"{FILES}{{dataset}}/delete/",
        f"{FILES}{{dataset}}/public/",
    ),
    "operator-1": (
        "/manage/",
        "/manage/jobs/",
        "/manage/mails/",
        "/manage/periods/",
        "/manage/reminders/",
        "/account/morning-letter/",
        "/manage/reports/",
        "/manage/users/",
        "/manage/users/invite/",
        "/manage/users/{account}/",
        "/manage/users/memberships/{staff}/term/",
        "/manage/statistics/",
        "/manage/statistics/files/add/",
        "/manage/statistics/files/{all_file}/",
        "/manage/statistics/{all_dataset}/delete/",
        "/manage/statistics/{all_dataset}/public/",
    ),
    NATIONWIDE: ("/p/",),
    NEWCOMER: ("/",),
    TWO_TOWNS: ("/", "/m/990027/"),
}
SECOND_FACTOR = (
    "/account/mfa/",
    "/account/mfa/recovery-codes/",
    "/account/mfa/recovery-codes/generate/",
    "/account/mfa/totp/deactivate/",
    "/account/mfa/reauthenticate/",
)
# Deeds, ways on, parts of a page, files and answers for machines: nothing that stands in a window.
NO_PAGES = re.compile(
    r"^(healthz|api/.*|calendar/.*|.*/calendar/(file|address)/|p/.*/definitions/<slug:prefecture_definition_key>/retire/|.*/own/<slug:own_key>/catch-up/|p/<prefecture:prefecture>/|m/<code:municipality>/years/"
    r"|.*/<slug:(key|(activity|contractor|participant|picture|area|member|task|step|advice|before|effect|outlook)_key)>/(up|down)/"
    r"|.*/evaluations/(draft/|sheet\.xlsx)"
    r"|.*/(councils|evaluations|improvements|meetings|contracts|contract-events|executions|bases|resources|coordinators|posts|surveys|practices)/(.*/)?<slug:\w+>/(up|down)/"
    r"|.*/rounds/<slug:round_key>/(opening|poster|paper\.pdf|letters\.pdf|invitees/(invite|remind)|.*/(removal|readmission))/?"
    r"|.*/rounds/<slug:round_key>/((answers|tables(/before)?)/sheet|tables/answers)\.xlsx|.*/rounds/<slug:round_key>/tables/(register|pin)/"
    r"|.*/surveys/forms/.*/(copy/|next/|file/|paper\.pdf)"
    r"|.*/prefecture-forms/<slug:prefecture_form_key>/(take/|share/|withdraw/|paper\.pdf)|p/.*/forms/.*/paper\.pdf"
    r"|.*/practices/<slug:practice_key>/(publish|withdraw|export)/|.*/practices/library/.*/borrow/"
    r"|.*/homework/<slug:homework_key>/done/|.*/publication/(publish|withdraw)/|.*/sheet\.pdf"
    r"|.*/statistics/files/<int:file_pk>/(cancel/|errors\.xlsx|layout/|status/|take/)"
    r"|.*/statistics/layouts/<int:layout_pk>/forget/|.*/definitions/file/template\.xlsx"
    r"|.*/indicators/<slug:indicator_key>/(later|values/<slug:measurement_key>/official)/"
    r"|.*/trash/<int:trash_pk>/restore/|.*/figures/<slug:code>/adoption/"
    r"|.*/pictures/<slug:picture_key>/image/"
    r"|.*/indicators/(entry/check/|import/(check/|confirm/|sheet\.xlsx)|export\.(csv|xlsx)|evaluation/sheet\.xlsx)"
    r"|m/<code:municipality>/<fy:fiscal_year>/(compare/table|surveys/<slug:survey_key>/tables)\.xlsx"
    r"|.*/drafts/<slug:form_key>/(discard/)?|.*/reports/new/"
    r"|.*/indicators/(catalogue/add|<slug:indicator_key>/(up|down))/"
    r"|.*/deliveries/<int:delivery_pk>/resend/"
    r"|.*/support/steps/prepare/|review/.*/advice/(confirm|<slug:advice_key>/take-back)/"
    r"|review/.*/surveys/<slug:round_key>/sheet\.xlsx"
    r"|.*/history/tables/|.*/next-year/(.*/)?(prepare|take-back|begin|confirm|unconfirm)/"
    r"|.*/findings/of/.*"
    r"|.*/handover/pdf/|.*/(?:grant|survey)-evidence/export/"
    r"|.*/reports/<int:pk>/(submit|status|pdf|slides|tables|prefecture-copy/share|sections/<slug:section>/mark)/"
    r"|.*/reports/<int:pk>/(approval/(decision|withdrawal)|reopening/withdrawal)/"
    r"|.*/versions/<int:version>/pdf/"
    r"|m/<code:municipality>/contributor/|.*/milestones/<slug:milestone_key>/reach/|.*/handouts/<scene:scene>/pdf/"
    r"|.*/reports/<int:pk>/(mending|sections/<slug:section>/open)/|.*/(answer|answers)/(check|take-in)/"
    r"|.*/comments/(send|<int:(comment_pk|pending_pk)>/(reply|settle|delete)|<slug:section>)/"
    r"|p/.*/files/(ask|comparison|<int:prepared_pk>/(cancel|download|status))/"
    r"|.*/submitted-values/.*/withdraw/|.*/inquiries/<slug:inquiry_key>/(answer|form|file/confirm)/"
    r"|p/.*/requests/.*/(copy|forms|remind|files/confirm|m/<code:town>/form|up|down)/"
    r"|p/.*/(export|posts/copy|accept|reports/<number:number>/(pdf|accept|take-back))/|review/<number:report_number>/(pdf|slides|tables)/"
    r"|.*/logic/<slug:model_key>/.*/(move|detach|split)/"
    r"|.*/(people|advisers)/.*/(end|resend|withdraw)/"
    r"|manage/users/.*/(end|resend|withdraw|deactivate|reactivate)/"
    r"|manage/(jobs/<int:pk>/retry|mails/<int:pk>/again|reports/<number:number>/accept)/|account/mfa/recovery-codes/download/)$"
)


@pytest.fixture(scope="module")
def reports(installation):
    """A submitted and an open report of 見本市; its paper is there."""
    return json.loads(installation.run(PREPARE))


@pytest.mark.parametrize("username", PAGES, ids=lambda name: name or "signed-out")
def test_every_page_can_be_read_and_operated_by_everybody(username, sign_in, open_page, reports):
    page = sign_in(username) if username else open_page()
    titles, found = {}, {}

    for pattern in PAGES[username]:
        address = pattern.format(**reports)
        assert page.goto(address).status == 200, address
        found[address] = audit(page)
        # The same page, asked in another way, keeps its title.
        titles.setdefault(page.title(), set()).add(address.partition("?")[0])

    assert {address: faults for address, faults in found.items() if faults} == {}
    assert {title: pages for title, pages in titles.items() if len(pages) > 1} == {}


def test_no_page_of_the_site_is_left_out():
    """A new address belongs into PAGES, or its kind into NO_PAGES."""
    some = {"draft": 1, "submitted": 1, "asked": 1, "number": "990019-2025-interim-1"}
    some |= {"file": 1, "dataset": 1, "all_file": 1, "all_dataset": 1}
    some |= {"secret": "x", "door": "x", "account": 1, "staff": 1, "adviser": 1, "pending": 1}
    looked_at = [pattern.format(**some) for pages in PAGES.values() for pattern in pages]
    looked_at += [*SECOND_FACTOR, "/account/mfa/totp/activate/", "/account/mfa/authenticate/"]
    routes = {resolve(address.partition("?")[0]).route for address in looked_at}

    left_out = [
        route.path for route in EVERY if route.path not in routes and not NO_PAGES.match(route.path)
    ]

    assert left_out == []


@pytest.mark.parametrize(
    ("username", "address", "status"),
    [
        ("mihon-editor", "/m/990019/2025/nowhere/", 404),
        ("mihon-editor", "/m/082015/2023/", 404),
        ("mihon-approver", f"{YEAR}profile/edit/", 403),
    ],
)
def test_refusals_are_pages_like_any_other(username, address, status, sign_in, watch):
    watch.expected = {status}
    page = sign_in(username)

    assert page.goto(address).status == status

    assert audit(page) == []
    expect(page.get_by_role("link", name="ホームへ戻る")).to_be_visible()


def test_a_form_whose_protection_is_gone_shows_its_text_again(sign_in):
    page = sign_in("mihon-editor", f"{YEAR}issues/add/")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_label(re.compile("^課題")).fill("送っても受け付けられない。")
    page.get_by_role("button", name="追加する").click()

    expect(page.get_by_text("まだ保存していません")).to_be_visible()
    expect(page.get_by_label(re.compile("^課題"))).to_have_value("送っても受け付けられない。")
    assert audit(page) == []


def test_a_refused_form_says_what_to_do_and_keeps_the_input(sign_in, watch):
    watch.expected = {422}
    page = sign_in("mihon-editor", f"{YEAR}figures/population_total/add/")
    page.get_by_label(re.compile("^値（人）")).fill("八十くらい")
    page.get_by_label(re.compile("^値の年度")).fill("")
    page.get_by_role("button", name="追加する", exact=True).click()

    summary = page.get_by_role("group", name="入力内容を確かめてください")
    expect(summary).to_be_focused()
    assert page.title().startswith("エラー：")
    assert audit(page) == []
    box = page.get_by_label(re.compile("^値（人）"))
    expect(box).to_have_value("八十くらい")
    expect(box).to_have_attribute("aria-invalid", "true")
    links = summary.get_by_role("link")
    for sentence in links.all_inner_texts():
        expect(page.locator(".field-error", has_text=sentence)).to_have_count(1)
    links.first.click()
    expect(page.get_by_label(re.compile("^値の年度"))).to_be_focused()


def test_a_failed_login_is_a_page_like_any_other(open_page, watch):
    page = open_page()
    Mouse(page).sign_in("nobody-here", "machigai-no-kotoba")
    expect(page.locator(".error-summary")).to_be_focused()

    assert page.title().startswith("エラー：")
    assert audit(page) == []


def test_the_merge_page_and_the_offer_of_a_draft(sign_in, watch):
    watch.expected = {409}
    address = f"{YEAR}scenes/daily_care/goal/edit/"
    one, two = sign_in("mihon-editor", address), sign_in(COLLEAGUE, address)
    label = re.compile("^目指す姿")
    one.get_by_label(label).fill("市民が、家で安心して暮らせる。")
    one.get_by_role("button", name="保存する", exact=True).click()
    expect(one.get_by_role("status").first).to_contain_text("保存しました。")

    two.get_by_label(label).fill("住民が、家で安心して暮らせる。")
    expect(two.locator("#status")).to_contain_text("下書きを保存しました")
    again = sign_in(COLLEAGUE, address)
    assert audit(again) == []
    two.get_by_role("button", name="保存する", exact=True).click()

    expect(two.locator("[data-error-summary]")).to_be_focused()
    assert audit(two) == []


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_pages_of_the_second_factor(sign_in, open_page):
    page = sign_in(CODES, "/account/mfa/totp/activate/")
    if page.get_by_label(re.compile("^パスワード")).is_visible():
        assert audit(page) == []
        Mouse(page).write("パスワード", PASSWORD)
        page.get_by_role("button").last.click()
    assert audit(page) == []
    secret = page.locator("code").inner_text()
    Mouse(page).write("認証コード", code_for(secret))
    page.get_by_role("button", name="設定を終える").click()

    found = {}
    for address in SECOND_FACTOR:
        page.goto(address)
        found[address] = audit(page)
    login = open_page()
    Mouse(login).sign_in(CODES, PASSWORD)
    expect(login.get_by_role("heading", level=1)).to_have_text("2段階認証")
    found["login"] = audit(login)
    assert {address: faults for address, faults in found.items() if faults} == {}

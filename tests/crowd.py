"""Many rows of every kind in the year of a town, for the walks that count queries and look at long lists."""

from coordinators.models import Contract, ContractEvent, ContractPartner, WorkItemExecution
from indicators.models import (
    Indicator,
    IndicatorUse,
    IssueFigure,
    Measurement,
    OwnDefinition,
    Target,
)
from logicmodels.models import (
    Activity,
    ActivityPartner,
    ActivityResult,
    Issue,
    LogicModel,
    Milestone,
    Outcome,
    OutcomeLink,
    Placement,
)
from municipalities.models import (
    Area,
    Attachment,
    Change,
    Contractor,
    Municipality,
    Organization,
    Participant,
    ProfilePicture,
    TrashItem,
)
from municipalities.tenancy import within
from reports.models import (
    AdviceItem,
    Comment,
    CommentReply,
    Decision,
    Delivery,
    Erratum,
    ProgressReport,
    Snapshot,
    SupportMember,
    SupportStep,
    SupportTask,
)
from tests import world


def crowd(numbers, code=world.OURS):
    """Put one more row of every kind into a town's year for each number, all hanging on one another."""
    cycle = world.cycle_of(code)
    with within(cycle.municipality):
        for number in numbers:
            mark = {"cycle": cycle, "key": f"many-{number}"}
            place = mark | {"position": number + 10}
            report_and_trash(number, mark, place)
            activity = activity_with_parts(number, cycle, place)
            outcome = outcome_of(activity, mark, place)
            indicator_with_parts(number, outcome, mark, place)
            contracts(number, place)


def report_and_trash(number, mark, place):
    support(number, mark, place)
    report = ProgressReport.objects.create(kind="final", serial=number + 2, **mark)
    Change.objects.create(
        deed="edit", model="reports.progressreport", row=report.pk, fiscal_year=world.YEAR
    )
    TrashItem.objects.create(fiscal_year=world.YEAR, kind="logicmodels.issue", title="課題")
    versions_and_errata(number)


def versions_and_errata(number):
    """Give the year's submitted report one more version, sent to its adviser and corrected once."""
    report = ProgressReport.objects.get(cycle__fiscal_year=world.YEAR, kind="interim", serial=1)
    first = report.snapshots.get(version=1)
    version = Snapshot.objects.create(
        report=report,
        version=number + 2,
        document=first.document,
        sha256=first.sha256,
        schema_version=first.schema_version,
        made_at=first.made_at,
    )
    adviser = report.deliveries.get(snapshot=first).recipient
    Delivery.objects.create(report=report, snapshot=version, recipient=adviser)
    reviews(number, version, adviser)
    Erratum.objects.create(
        report=report,
        snapshot=first,
        place="1ページ",
        wrong="誤",
        right="正",
        written_at=first.made_at,
        written_by=report.submitted_by,
    )


def reviews(number, version, adviser):
    """Let the adviser comment on a version, be answered, and decide; one more comment is not sent yet."""
    about = {"report": version.report, "snapshot": version, "author": adviser}
    for section in ("policy", "indicators", "profile"):
        comment = Comment.objects.create(
            section=section, text="コメント", sent_at=version.made_at, **about
        )
        CommentReply.objects.create(comment=comment, text="返事", author=adviser)
    Comment.objects.create(section="policy", text=f"下書き{number}", **about)
    Decision.objects.create(
        report=version.report, snapshot=version, adviser=adviser, kind="advised", text="総評"
    )


def support(number, mark, place):
    """A step more, and one more row of the support at the first steps, about the plan."""
    SupportStep.objects.create(kind="final", **place)
    body = Organization.objects.create(key=f"support-{number}", name=f"支援の団体{number}")
    SupportMember.objects.create(part="prefecture", organization=body, **place)
    first = SupportStep.objects.get(cycle=mark["cycle"], key="pre-meeting-1")
    SupportTask.objects.create(text="すること", due="令和8年10月頃", step=first, **place)
    plan = {
        "issue": Issue.objects.get(cycle=mark["cycle"], key="issue-1"),
        "activity": Activity.objects.get(cycle=mark["cycle"], key="activity-1"),
        "outcome": Outcome.objects.get(cycle=mark["cycle"], key="outcome-1"),
    }
    for name, target in plan.items():
        about = {name: target, "key": f"many-{number}-{name}", "position": number + 10}
        AdviceItem.objects.create(cycle=mark["cycle"], step=first, text="助言", **about)


def activity_with_parts(number, cycle, place):
    """Return a new activity; the first one of the year gets one more of every part, too."""
    body = Organization.objects.create(key=f"many-{number}", name=f"団体{number}")
    area = Area.objects.create(key=f"many-{number}", name=f"圏域{number}")
    Contractor.objects.create(organization=body, **place)
    Participant.objects.create(organization=body, **place)
    ProfilePicture.objects.create(attachment=Attachment.objects.first(), caption="図", **place)
    activity = Activity.objects.create(name=f"取組{number}", executor=body, area=area, **place)
    for one in (Activity.objects.get(key="activity-1"), activity):
        part = {"cycle": cycle, "key": f"many-{number}-{one.pk}", "activity": one}
        ActivityPartner.objects.create(organization=body, **part)
        Milestone.objects.create(text="節目", **part)
        ActivityResult.objects.create(text="実績", **part)
    return activity


def outcome_of(activity, mark, place):
    model = LogicModel.objects.get(key="model-1")
    outcome = Outcome.objects.create(logic_model=model, text="成果", **place)
    Placement.objects.create(outcome=outcome, activity=activity, **place)
    last = Outcome.objects.get(key="outcome-2")
    OutcomeLink.objects.create(logic_model=model, cause=outcome, effect=last, **mark)
    return outcome


def indicator_with_parts(number, outcome, mark, place):
    own = OwnDefinition.objects.create(key=f"own-many-{number}", name="数", unit="件")
    indicator = Indicator(**place)
    indicator.follow(own)
    indicator.save()
    first = Indicator.objects.get(key="indicator-1")
    Target.objects.create(indicator=indicator, fiscal_year=2028, value=3, **mark)
    Target.objects.create(
        indicator=first, fiscal_year=2030 + number, value=3, **mark | {"key": f"first-{number}"}
    )
    IndicatorUse.objects.create(indicator=indicator, outcome=outcome, **place)
    issue = Issue.objects.create(text="課題", **place)
    IssueFigure.objects.create(indicator=indicator, issue=issue, **place)
    for definition, key in ((own, "many"), (first.own_definition, "first")):
        value = Measurement(
            key=f"{key}-{number}",
            fiscal_year=2025,
            state="value",
            value=number,
            source=f"調査{number}",
        )
        value.follow(definition)
        value.save()


def contracts(number, place):
    """A contract more beside the first one and one below it, each with its parts and a work item."""
    first = Contract.objects.led().get(key="contract-1")
    town = Municipality.objects.get(code=world.PARTNER)
    row = {"key": place["key"], "position": place["position"]}
    beside = Contract.objects.create(title=f"委託{number}", name="団体", **row)
    row["key"] += "-below"
    below = Contract.objects.create(
        title=f"再委託{number}", name="団体", kind="sub", parent=first, **row
    )
    for contract in (first, beside, below):
        part = {"contract": contract, "key": f"many-{number}-{contract.pk}"}
        ContractEvent.objects.create(text="報告", **part)
        ContractPartner.objects.get_or_create(
            contract=contract, partner=town, defaults={"key": part["key"]}
        )
        WorkItemExecution.objects.create(cycle=place["cycle"], work_item="training", **part)

"""The system refuses to start while a table of ours stands outside the fence unnamed."""

from django.apps import apps
from django.core.checks import Error, register

from municipalities.prefecture_tenancy import PrefectureManager, PrefectureModel
from municipalities.tenancy import TenantManager, TenantModel

OURS = frozenset(
    {
        "municipalities",
        "councils",
        "logicmodels",
        "indicators",
        "coordinators",
        "surveys",
        "reports",
    }
)
# Tables without an owner, each with its reason.
UNFENCED = {
    "municipalities.User": "a person may work for several municipalities",
    "municipalities.AccessEvent": "who was let in where, of every scope: ids and fixed words",
    "municipalities.Invitation": "accepted by somebody who may not yet enter any municipality",
    "municipalities.Membership": "says which municipalities a person may enter",
    "municipalities.Prefecture": "reference data",
    "municipalities.Municipality": "reference data",
    "municipalities.MunicipalityAlias": "reference data",
    "municipalities.MunicipalityChange": "reference data",
    "municipalities.MedicalArea": "reference data",
    "municipalities.MedicalAreaMember": "reference data: which towns an area has",
    "municipalities.Job": "the queue of all municipalities: ids only",
    "municipalities.OutgoingMail": "the outbox of all municipalities: ids only",
    "municipalities.Publication": "the published copy: what the disclosure rules let out",
    "municipalities.Token": "looked up before anybody knows whose it is: hashes only",
    "indicators.Definition": "national catalogue",
    "indicators.Dataset": "reference data",
    "indicators.DatasetUse": "published: how many values of a statistic a town has, no value",
    "indicators.PublishedValue": "published statistics: what everybody may read",
    "indicators.WithheldValue": "small numbers of an officer's own file: see docs/adr/0058",
    "indicators.SubmittedValue": "published: values of submitted reports, after disclosure",
    "indicators.TableMark": "random words that say whether a published table has changed",
    "indicators.StatisticsLayout": "how files of public statistics are read",
    "indicators.LayoutColumn": "how files of public statistics are read",
    "indicators.StatisticsUpload": "public statistics on their way in",
    "indicators.StagedBlock": "public statistics on their way in",
    "indicators.StagedValue": "public statistics on their way in",
    "indicators.RefusedCell": "what is wrong with a file of public statistics",
    "indicators.FileDoubt": "what is strange about a file of public statistics",
    "indicators.DoubtfulCell": "what is strange about a file of public statistics",
    "coordinators.PublishedBase": "published: bases that their towns share with the prefecture",
    "coordinators.PublishedStructure": "published: structures that their towns share",
    "reports.PublishedPractice": "published: good practice that towns share",
    "reports.Progress": "published: dates, counts and states of a year, no text",
    "reports.YearProgress": "published: counts and states of a year, no text",
    "reports.PhaseProgress": "published: where a scene stands in the cycle, no text",
    "reports.StepProgress": "published: days and counts of the steps of the support, no text",
    "reports.FindingCount": "published: in how many places a year breaks a rule, no text",
    "reports.InquiryReply": "published: how far a town is with a 照会: a state and days",
    "reports.InquiryReplyLine": "published: what a town has answered to its prefecture",
    "surveys.FormReply": "published: how far a town is with its prefecture's questionnaire: a state and a day",
    "surveys.SharedResult": "published: tables of a survey that towns share with their prefecture",
    "reports.OfficerEntry": "written by the prefecture of towns that do not use the system",
    "reports.DueDate": "a date that a prefecture or the operator announces",
    "reports.GrantItem": "the wording of a public document, as a prefecture has put it right",
    "reports.AcceptanceRule": "how a prefecture accepts reports",
    "reports.ReminderRule": "how many days before a date people are reminded, nationwide",
    "reports.LetterRound": "on which days the morning letters went out",
}


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def problems_of(model):
    """Yield in words what is wrong with one table's fence."""
    if issubclass(model, PrefectureModel):
        yield from problems_of_managers(model._meta, PrefectureManager, owner="prefecture")
    elif not issubclass(model, TenantModel):
        if model._meta.label not in UNFENCED:
            yield "is open to every municipality"
        return
    else:
        yield from problems_of_managers(model._meta, TenantManager, owner="municipality")
    for field in ways_round(model):
        yield f"can be reached round the fence by the reverse name of {field.name}"


def problems_of_managers(meta, manager, *, owner):
    if not isinstance(meta.default_manager, manager):
        yield "has an unfenced default manager"
    if not isinstance(meta.base_manager, manager):
        yield "has an unfenced base manager"
    if meta.get_field(owner).null:
        yield "may be without an owner"


def ways_round(model):
    """Yield the foreign keys to unfenced tables whose reverse name leads back in from outside."""
    for field in model._meta.concrete_fields:
        if (
            field.is_relation
            and not issubclass(field.related_model, (TenantModel, PrefectureModel))
            and not field.remote_field.hidden
        ):
            yield field


@register()
def every_table_is_fenced(app_configs, **kwargs):
    """Each of our tables is fenced on all its managers and paths, or is named in UNFENCED."""
    return [
        Error(f"{model._meta.label} {problem}", obj=model, id="municipalities.E001")
        for model in our_models()
        for problem in problems_of(model)
    ]

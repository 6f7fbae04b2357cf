"""This app's part of the municipality-year document: councils, meetings and what they decided."""

from pydantic import Field

from councils.choices import (
    Consent,
    CouncilKind,
    CouncilStatus,
    DecisionKind,
    MeetingStyle,
    Profession,
    Programme,
    SeatRole,
)
from councils.evaluating.evaluation_document import EVALUATION_PARTS
from councils.models import (
    AgendaItem,
    Attendance,
    Council,
    CouncilFunction,
    CouncilPartner,
    Decision,
    Homework,
    Meeting,
    Outreach,
    Seat,
)
from logicmodels.models import Activity, DesiredState, Issue, LogicModel
from municipalities.choices import Audience, Scene
from municipalities.models import Area, Organization
from municipalities.rows.rows import Day, Key, Position, RowSchema, written
from municipalities.rows.shared_rows import (
    CODE,
    AcrossPart,
    LedPart,
    NamedPart,
    NamedRow,
    PartnerRow,
    PartnersPart,
)

MOST = 32_767


def _few(title):
    return Field(default=None, ge=0, le=MOST, title=title)


class FunctionRow(RowSchema):
    """機能。is_detail の行は、その前の機能の内訳"""

    text: str = written(CouncilFunction, "text")
    is_detail: bool = False
    position: Position = 0


class SeatRow(NamedRow):
    """構成員"""

    role: SeatRole = SeatRole.MEMBER
    profession: Profession = Profession.UNSTATED
    people: int | None = _few("人数")
    consent: Consent = Consent.UNSTATED
    is_named_later: bool = False
    note: str = written(Seat, "note")
    position: Position = 0


class OutreachRow(NamedRow):
    """働きかけ"""

    when: str = written(Outreach, "when")
    way: str = written(Outreach, "way")
    text: str = written(Outreach, "text")
    result: str = written(Outreach, "result")
    position: Position = 0


class CouncilRow(RowSchema):
    """協議体。年度をまたいで使う。parent は上位の会議体"""

    name: str = written(Council, "name")
    kind: CouncilKind = CouncilKind.OTHER
    programme: Programme = Programme.OURS
    scene: Scene = Scene.ALL
    status: CouncilStatus = CouncilStatus.ACTIVE
    planned: str = written(Council, "planned")
    established: str = written(Council, "established")
    ended: str = written(Council, "ended")
    parent: Key | None = Field(default=None, title="上位の会議体")
    area: Key | None = Field(default=None, title="対象の地域")
    purpose: str = written(Council, "purpose")
    frequency: str = written(Council, "frequency")
    times_min: int | None = _few("年間の回数（最少）")
    times_max: int | None = _few("年間の回数（最多）")
    number_of_bodies: int | None = _few("会議体の数（複数ある場合）")
    secretariat: str = written(Council, "secretariat")
    theme: str = written(Council, "theme")
    goal_long: str = written(Council, "goal_long")
    goal_short: str = written(Council, "goal_short")
    bodies_wanted: str = written(Council, "bodies_wanted")
    note: str = written(Council, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER
    council_partners: list[PartnerRow] = Field(default_factory=list)
    functions: list[FunctionRow] = Field(default_factory=list)
    seats: list[SeatRow] = Field(default_factory=list)
    outreach: list[OutreachRow] = Field(default_factory=list)


class AgendaRow(RowSchema):
    """議題"""

    text: str = written(AgendaItem, "text")
    discussion: str = written(AgendaItem, "discussion")
    position: Position = 0


class AttendanceRow(RowSchema):
    """職種別の出席者数"""

    profession: Profession
    people: int = Field(ge=0, le=MOST, title="人数")
    note: str = written(Attendance, "note")


class HomeworkRow(RowSchema):
    """持ち帰り"""

    who: str = written(Homework, "who")
    text: str = written(Homework, "text")
    due: str = written(Homework, "due")
    is_done: bool = False
    position: Position = 0


class MeetingRow(RowSchema):
    """会議。council は協議体のキー"""

    council: Key
    title: str = written(Meeting, "title")
    number: int | None = _few("回")
    held_on: Day | None = Field(default=None, title="開催日")
    planned: str = written(Meeting, "planned")
    is_cancelled: bool = False
    time: str = written(Meeting, "time")
    place: str = written(Meeting, "place")
    style: MeetingStyle = MeetingStyle.UNSTATED
    scene: Scene = Scene.ALL
    purpose: str = written(Meeting, "purpose")
    minutes: str = written(Meeting, "minutes")
    next_time: str = written(Meeting, "next_time")
    is_public: bool = False
    audience: Audience = Audience.ADVISER
    agenda: list[AgendaRow] = Field(default_factory=list)
    attendance: list[AttendanceRow] = Field(default_factory=list)
    homework: list[HomeworkRow] = Field(default_factory=list)


class DecisionRow(RowSchema):
    """決定事項。meeting_lead は、ほかの市区町村の会議のときだけ、そのコード"""

    meeting: Key
    meeting_lead: str = Field(default="", pattern=rf"^$|{CODE}", title="会議を開いた市区町村")
    kind: DecisionKind = DecisionKind.AGREED
    text: str = written(Decision, "text")
    scene: Scene = Scene.ALL
    desired_state: Key | None = Field(default=None, title="目指す姿")
    issue: Key | None = Field(default=None, title="課題")
    logic_model: Key | None = Field(default=None, title="ロジックモデル")
    activity: Key | None = Field(default=None, title="取組")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class CouncilsPart(LedPart):
    name = "councils"
    model = Council
    schema = CouncilRow
    fields = (
        "name",
        "kind",
        "programme",
        "scene",
        "status",
        "planned",
        "established",
        "ended",
        "parent",
        "area",
        "purpose",
        "frequency",
        "times_min",
        "times_max",
        "number_of_bodies",
        "secretariat",
        "theme",
        "goal_long",
        "goal_short",
        "bodies_wanted",
        "note",
        "position",
        "audience",
    )
    references = {"parent": Council, "area": Area}
    order = ("position", "key")
    tree = "parent"


COUNCILS = CouncilsPart()


class CouncilPartnersPart(PartnersPart):
    name = "council_partners"
    model = CouncilPartner
    inside, owner = COUNCILS, "council"
    fields = ("council", "partner")
    references = {"council": Council}


class FunctionsPart(LedPart):
    name = "functions"
    model = CouncilFunction
    schema = FunctionRow
    inside, owner = COUNCILS, "council"
    fields = ("council", "text", "is_detail", "position")
    references = {"council": Council}
    order = ("position", "key")


class SeatsPart(NamedPart, LedPart):
    name = "seats"
    model = Seat
    schema = SeatRow
    inside, owner = COUNCILS, "council"
    fields = (
        "council",
        "organization",
        "name",
        "role",
        "profession",
        "people",
        "consent",
        "is_named_later",
        "note",
        "position",
    )
    references = {"council": Council, "organization": Organization}
    order = ("position", "key")


class OutreachPart(NamedPart, LedPart):
    name = "outreach"
    model = Outreach
    schema = OutreachRow
    inside, owner = COUNCILS, "council"
    fields = ("council", "organization", "name", "when", "way", "text", "result", "position")
    references = {"council": Council, "organization": Organization}
    order = ("position", "key")


class MeetingsPart(LedPart):
    name = "meetings"
    model = Meeting
    schema = MeetingRow
    year = "fiscal_year"
    fields = (
        "council",
        "title",
        "number",
        "held_on",
        "planned",
        "is_cancelled",
        "time",
        "place",
        "style",
        "scene",
        "purpose",
        "minutes",
        "next_time",
        "is_public",
        "audience",
    )
    references = {"council": Council}


MEETINGS = MeetingsPart()


class OfMeetingPart(LedPart):
    """A part of a meeting: which council it stands under, the meeting says."""

    inside, owner = MEETINGS, "meeting"
    year = "meeting__fiscal_year"
    references = {"meeting": Meeting}
    follows = ("council",)

    def refer(self, row, values, known):
        super().refer(row, values, known)
        row.council = row.meeting.council

    def refer_again(self, row):
        super().refer_again(row)
        row.council = row.council


class AgendaPart(OfMeetingPart):
    name = "agenda"
    model = AgendaItem
    schema = AgendaRow
    fields = ("meeting", "text", "discussion", "position")
    order = ("position", "key")


class AttendancePart(OfMeetingPart):
    name = "attendance"
    model = Attendance
    schema = AttendanceRow
    fields = ("meeting", "profession", "people", "note")


class HomeworkPart(OfMeetingPart):
    name = "homework"
    model = Homework
    schema = HomeworkRow
    fields = ("meeting", "who", "text", "due", "is_done", "position")
    order = ("position", "key")


class DecisionsPart(AcrossPart):
    name = "decisions"
    model = Decision
    schema = DecisionRow
    foreign = ("meeting",)
    fields = (
        "meeting",
        "kind",
        "text",
        "scene",
        "desired_state",
        "issue",
        "logic_model",
        "activity",
        "position",
        "audience",
    )
    references = {
        "meeting": Meeting,
        "desired_state": DesiredState,
        "issue": Issue,
        "logic_model": LogicModel,
        "activity": Activity,
    }
    named_with = ("meeting__council",)
    order = ("position", "key")


COUNCIL_PARTNERS = CouncilPartnersPart()
FUNCTIONS = FunctionsPart()
SEATS = SeatsPart()
OUTREACH = OutreachPart()
AGENDA = AgendaPart()
ATTENDANCE = AttendancePart()
HOMEWORK = HomeworkPart()
DECISIONS = DecisionsPart()
PARTS = (
    COUNCILS,
    COUNCIL_PARTNERS,
    FUNCTIONS,
    SEATS,
    OUTREACH,
    MEETINGS,
    AGENDA,
    ATTENDANCE,
    HOMEWORK,
    DECISIONS,
    *EVALUATION_PARTS,
)

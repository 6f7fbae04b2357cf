"""This app's part of the municipality-year document: bodies, areas and 自治体概要."""

from typing import Annotated

from django.core.exceptions import ValidationError
from pydantic import Field

from municipalities.bodies.body_names import follow_names
from municipalities.choices import AreaKind, Audience, OrganizationKind, ResourceKind
from municipalities.japanese.review_rhythm import MOST_YEARS
from municipalities.kernel.attachments import Attachment
from municipalities.models import (
    Area,
    Contractor,
    Organization,
    Participant,
    Profile,
    ProfilePicture,
    Resource,
)
from municipalities.rows.rows import (
    MOST_SMALL,
    Count,
    Key,
    Position,
    RowSchema,
    RowsPart,
    written,
)

Times = Annotated[int, Field(ge=0, le=MOST_SMALL)]


class OrganizationRow(RowSchema):
    """団体・部署。年度をまたいで使う"""

    name: str = written(Organization, "name")
    kind: OrganizationKind = OrganizationKind.OTHER
    note: str = written(Organization, "note")


class AreaRow(RowSchema):
    """地域の区分（日常生活圏域など）。年度をまたいで使う"""

    kind: AreaKind = AreaKind.DAILY_LIVING
    name: str = written(Area, "name")
    covers: str = written(Area, "covers")
    position: Position = 0


class EnduringPart(RowsPart):
    """Enduring rows: a document adds and corrects them, but never takes one away."""

    deletes = False

    def stored(self, cycle):
        return list(self.model.objects.select_related(*self.references).order_by())

    def new_row(self, cycle, key):
        return self.model(key=key)


class OrganizationsPart(EnduringPart):
    name = "organizations"
    model = Organization
    schema = OrganizationRow
    fields = ("name", "kind", "note")

    def save(self, plan, *, by):
        yield from super().save(plan, by=by)
        for entry in plan.changed:
            if entry.before["name"] != entry.row.name:
                follow_names(entry.row)


class AreasPart(EnduringPart):
    name = "areas"
    model = Area
    schema = AreaRow
    fields = ("kind", "name", "covers", "position")
    order = ("position", "key")


class ResourceRow(RowSchema):
    """地域資源。数は count と unit、または count_text のどちらか。年度をまたいで使う"""

    kind: ResourceKind = ResourceKind.OTHER
    name: str = written(Resource, "name")
    count: Count | None = Field(default=None, title="数")
    unit: str = written(Resource, "unit")
    count_text: str = written(Resource, "count_text")
    area: Key | None = Field(default=None, title="地域")
    as_of: str = written(Resource, "as_of")
    source: str = written(Resource, "source")
    note: str = written(Resource, "note")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class ResourcesPart(EnduringPart):
    name = "resources"
    model = Resource
    schema = ResourceRow
    fields = (
        "kind",
        "name",
        "count",
        "unit",
        "count_text",
        "area",
        "as_of",
        "source",
        "note",
        "position",
        "audience",
    )
    references = {"area": Area}
    order = ("position", "key")


class ProfileRow(RowSchema):
    """自治体概要の文章"""

    responsible_section: str = written(Profile, "responsible_section")
    strengths: str = written(Profile, "strengths")
    difficulties: str = written(Profile, "difficulties")
    medical_features: str = written(Profile, "medical_features")
    care_features: str = written(Profile, "care_features")
    programme_state: str = written(Profile, "programme_state")
    review_rhythm: str = written(Profile, "review_rhythm")
    review_years: int | None = Field(
        default=None, ge=1, le=MOST_YEARS, title="PDCAを一巡させる年数"
    )
    reviews_min: Times | None = Field(default=None, title="年間の見直しの回数（最少）")
    reviews_max: Times | None = Field(default=None, title="年間の見直しの回数（最多）")


class ProfilePart(RowsPart):
    name = "profile"
    model = Profile
    schema = ProfileRow
    fields = (*Profile.HEAD_FIELDS, *Profile.REVIEW_FIELDS, *Profile.FEATURE_FIELDS)
    single = True


class ContractorRow(RowSchema):
    """委託先。窓口や業務ごとに一行"""

    desk: str = written(Contractor, "desk")
    organization: Key
    position: Position = 0


class ContractorsPart(RowsPart):
    name = "contractors"
    model = Contractor
    schema = ContractorRow
    fields = ("desk", "organization", "position")
    references = {"organization": Organization}
    order = ("position", "key")


class ParticipantRow(RowSchema):
    """その他の参加者"""

    organization: Key
    position: Position = 0


class ParticipantsPart(RowsPart):
    name = "participants"
    model = Participant
    schema = ParticipantRow
    fields = ("organization", "position")
    references = {"organization": Organization}
    order = ("position", "key")


class ProfilePictureRow(RowSchema):
    """自治体概要の図表。画像は中身のハッシュで示す"""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", title="画像のSHA-256")
    caption: str = written(ProfilePicture, "caption")
    source: str = written(ProfilePicture, "source")
    position: Position = 0
    audience: Audience = Audience.ADVISER


class ProfilePicturesPart(RowsPart):
    """A picture's bytes lie beside the document: an unknown hash is refused."""

    name = "profile_pictures"
    model = ProfilePicture
    schema = ProfilePictureRow
    fields = ("attachment", "caption", "source", "position", "audience")
    order = ("position", "key")

    def stored(self, cycle):
        rows = ProfilePicture.objects.filter(cycle=cycle)
        return list(rows.select_related("attachment").order_by())

    def dump_row(self, row):
        values = {name: self.dump_value(row, name) for name in self.fields[1:]}
        return {"key": row.key, "sha256": row.attachment.sha256} | values

    def lookups(self, cycle):
        return {one.sha256: one for one in Attachment.objects.order_by()}

    def assign(self, row, values, lookups):
        picture = lookups.get(values["sha256"])
        if picture is None:
            message = "この画像はまだ登録されていません。先に「自治体概要」の画面で画像を登録してください。"
            raise ValidationError({"sha256": message})
        super().assign(row, values | {"attachment": picture}, lookups)


PROFILE = ProfilePart()
RESOURCES = ResourcesPart()
CONTRACTORS = ContractorsPart()
PARTICIPANTS = ParticipantsPart()
PROFILE_PICTURES = ProfilePicturesPart()
PARTS = (
    OrganizationsPart(),
    AreasPart(),
    RESOURCES,
    PROFILE,
    CONTRACTORS,
    PARTICIPANTS,
    PROFILE_PICTURES,
)

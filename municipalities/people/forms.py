"""What is typed about people: an invitation, an assignment, a term, a first password."""

import unicodedata

from allauth.account import forms as account
from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils import timezone

from municipalities.choices import Role, ScopeKind
from municipalities.fields import JaDateField, JaTextField
from municipalities.forms import House, HouseForm
from municipalities.login.account_forms import NEW_PASSWORDS
from municipalities.models import Municipality, Prefecture, User
from municipalities.models.people import NATION_CODE
from municipalities.people.inviting import Invitee
from municipalities.people.offers import Offer

MAIL_SHAPE = "メールアドレスの形を確かめてください（例：kenko@city.example.jp）"
OLD_SHAPE = (
    "「..」や「.@」を含む古い形のアドレスには、送信できません。別のメールアドレスを入力してください"
)
LOGIN_SHAPE = "半角の英小文字・数字・ハイフンで、3〜40文字で入力してください（例：mihon-editor-2）"
LONGEST_MAIL, LONGEST_NAME = 254, 60
FROM_WHEN = ("開始日", "この日の0時から使えます")
UNTIL_WHEN = ("終了日", "この日の終わりまで使えます。決まっていないときは空欄にします")


class MailField(JaTextField):
    """One mail address: never several, never with a header of its own."""

    widget = forms.EmailInput

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST_MAIL, **kwargs)

    def to_python(self, value):
        if any(sign in str(value or "") for sign in "\r\n"):
            raise forms.ValidationError(f"{self.label}は、1件だけ、1行で入力してください")
        return unicodedata.normalize("NFKC", super().to_python(value))

    def run_validators(self, value):
        if value in self.empty_values:
            return
        is_old = ".." in value or ".@" in value
        EmailValidator(message=OLD_SHAPE if is_old else MAIL_SHAPE)(value)


class TermFields(HouseForm):
    """The two ends of a term, in Japanese days, both included."""

    words = {"valid_from": FROM_WHEN, "valid_to": UNTIL_WHEN}

    valid_from = JaDateField(initial=timezone.localdate)
    valid_to = JaDateField(required=False)

    def clean(self):
        cleaned = super().clean()
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error(
                "valid_to", "終了日は、開始日と同じ日か、それより後の日を入力してください"
            )
        return cleaned


class TermForm(TermFields):
    """A term that exists already; `seen` names what the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=30)


class RoleFields(TermFields):
    """A role for a term in a place. What the page fixes is not asked for.

    `places`: codes and names to choose from; None where the page itself is the place.
    """

    role = forms.ChoiceField(label="役割")
    role_words = {
        Role.VIEWER: "閲覧者は読むだけ",
        Role.EDITOR: "担当者は書いて報告書を提出",
        Role.APPROVER: "上長は報告書を確認",
        Role.MANAGER: "管理者は利用者を管理",
        Role.CONTRIBUTOR: "委託先は任された記録だけを書く",
    }
    place: forms.Field = forms.ChoiceField(label="担当する市区町村", required=False)
    organization_key = forms.ChoiceField(
        label="委託先の団体",
        required=False,
        help_text="役割が「委託先」のときに選びます。団体は「団体・部署の一覧」に登録しておきます",
    )

    def __init__(self, *args, roles, here, places=None, organizations=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.here = here
        self.fields["role"].choices = [(role.value, role.label) for role in Role if role in roles]
        told = [words for role, words in self.role_words.items() if role in roles]
        self.fields["role"].help_text = "、".join(told)
        self._choose("place", places)
        self._choose("organization_key", organizations if Role.CONTRIBUTOR in roles else None)

    def _choose(self, name, choices):
        if choices is None:
            del self.fields[name]
        else:
            self.fields[name].choices = [("", "選んでください"), *choices]

    def clean(self):
        cleaned = super().clean()
        role, ends = cleaned.get("role"), cleaned.get("valid_to")
        if ends and ends < timezone.localdate():
            self.add_error("valid_to", "終了日は、今日か、それより後の日を入力してください")
        is_contractors = role == Role.CONTRIBUTOR
        if is_contractors and not cleaned.get("organization_key") and not self.errors:
            self.add_error("organization_key", "委託先の団体を選んでください")
        if role and not self.errors:
            self.scope = self.find_scope(role, cleaned.get("place", ""))
        return cleaned

    def find_scope(self, role, place):
        """Return where the role is to act, as (kind, code); errors go to the field of the place."""
        if role == Role.ADVISER and "place" in self.fields:
            if not place:
                self.add_error("place", "担当する市区町村を選んでください")
            return ScopeKind.MUNICIPALITY, place
        return self.here

    def offer(self):
        """Return what was asked for, once the form is valid."""
        cleaned, (kind, code) = self.cleaned_data, self.scope
        is_contractors = cleaned["role"] == Role.CONTRIBUTOR
        key = cleaned.get("organization_key", "") if is_contractors else ""
        return Offer(cleaned["role"], kind, code, cleaned["valid_from"], cleaned["valid_to"], key)


class InviteForm(RoleFields):
    """An invitation by mail address."""

    field_order: tuple[str, ...] = (
        "email",
        "display_name",
        "username",
        "role",
        "place",
        "organization_key",
        "valid_from",
        "valid_to",
    )

    email = MailField(
        label="メールアドレス", help_text="招待のリンクを送ります。係のアドレスも使えます"
    )
    display_name = JaTextField(
        label="表示名",
        max_length=LONGEST_NAME,
        help_text="画面や報告書に出る名前です。個人名は要りません（例：見本市 高齢福祉課 担当者）",
    )
    username = JaTextField(
        label="ログイン名",
        required=False,
        max_length=40,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]{2,39}\Z", LOGIN_SHAPE)],
        help_text="空欄のときは、自動で付けます。半角の英小文字・数字・ハイフンで、3〜40文字です",
    )

    def invitee(self):
        cleaned = self.cleaned_data
        username = cleaned["username"] or proposed_login(cleaned["role"], self.scope[1])
        return Invitee(cleaned["email"], cleaned["display_name"], username)


class OperatorInviteForm(InviteForm):
    """The operator's: the place is written, for there are too many to choose from."""

    place = JaTextField(
        label="市区町村または都道府県",
        required=False,
        help_text="コードか名前で入力します（例：082015、茨城県水戸市、茨城県）。運営管理者を招待するときは空欄にします",
    )

    def _choose(self, name, choices):
        if name != "place":
            super()._choose(name, choices)

    def find_scope(self, role, place):
        if role == Role.OPERATOR:
            return ScopeKind.NATION, NATION_CODE
        is_officer = role == Role.OFFICER
        rows = prefectures_named(place) if is_officer else municipalities_named(place)
        if len(rows) != 1:
            what = "都道府県" if is_officer else "市区町村"
            few = f"{what}の名前かコードを入力してください"
            many = (
                "同じ名前の市区町村があります。都道府県の名前を付けるか、コードで入力してください"
            )
            self.add_error("place", many if rows else few)
            return "", ""
        return (ScopeKind.PREFECTURE if is_officer else ScopeKind.MUNICIPALITY), rows[0].code


class PrefectureInviteForm(InviteForm):
    """The prefecture's: an officer works for all of it, or for the towns of one health centre."""

    field_order: tuple[str, ...] = (
        *InviteForm.field_order[:5],
        "centre",
        *InviteForm.field_order[5:],
    )

    centre = forms.ChoiceField(
        label="保健所",
        required=False,
        help_text="役割が「都道府県担当者」のときだけ選べます。選ぶと、その保健所が担当する市町村だけが表示され、受理や期限などの操作はできません",
    )

    def __init__(self, *args, centres, **kwargs):
        super().__init__(*args, **kwargs)
        if centres:
            self.fields["centre"].choices = [("", "都道府県の全体"), *centres]
        else:
            del self.fields["centre"]

    def find_scope(self, role, place):
        centre = self.cleaned_data.get("centre", "")
        if centre and role != Role.OFFICER:
            self.add_error("centre", "保健所は、役割が「都道府県担当者」のときだけ選べます")
        if centre and role == Role.OFFICER:
            return ScopeKind.HEALTH_CENTRE, centre
        return super().find_scope(role, place)


class AssignForm(RoleFields):
    """An adviser who has an account takes on another municipality: no new invitation."""

    field_order = ("user", "place", "valid_from", "valid_to")

    user = forms.ModelChoiceField(
        User.objects.none(), label="アドバイザー", empty_label="選んでください"
    )

    def __init__(self, *args, advisers, **kwargs):
        super().__init__(*args, roles=frozenset({Role.ADVISER}), **kwargs)
        self.fields["user"].queryset = advisers
        self.fields["role"].required = False
        self.fields["role"].widget = forms.HiddenInput()

    def clean_role(self):
        return Role.ADVISER.value


class FirstPasswordForm(House, account.SetPasswordForm):
    words = {
        "password1": ("パスワード", NEW_PASSWORDS["password1"][1]),
        "password2": ("パスワード（確認）", NEW_PASSWORDS["password2"][1]),
    }


def prefectures_named(text):
    return [row for row in Prefecture.objects.all() if text and text in {row.code, row.name}]


def municipalities_named(text):
    """Return the municipalities of this code or name, with or without the prefecture's before it."""
    rows = Municipality.objects.without_wards().select_related("prefecture")
    if text.isdecimal():
        return list(rows.filter(code=unicodedata.normalize("NFKC", text)))
    named = rows.filter(name__in=[text[at:] for at in range(min(len(text), 5))])
    return [row for row in named if text in {row.name, f"{row.prefecture}{row.name}"}]


def proposed_login(role, code):
    """Return a login that nobody has: place, role and a number."""
    stem = f"{code.lower()}-{role}-"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"

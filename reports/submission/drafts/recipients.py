"""To whom a report may go, and choosing among them; it may also go to nobody, as a paper of the council."""

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.access import Permission, may_in, roles_with
from municipalities.choices import ScopeKind
from municipalities.models import Membership
from reports.choices import RecipientPart
from reports.models import Recipient
from reports.submission.drafts.moving import move

# As what somebody receives a report: the right that it takes, and where they must hold it.
RIGHTS = {
    RecipientPart.ADVISER: (Permission.READ_SUBMITTED, ScopeKind.MUNICIPALITY),
    RecipientPart.SUPERIOR: (Permission.APPROVE_REPORT, ScopeKind.MUNICIPALITY),
    RecipientPart.PREFECTURE: (Permission.VIEW_PREFECTURE, ScopeKind.PREFECTURE),
}
NO_DRAFT = "この報告書は下書きではないため、変えられません。いまの状態を確かめてください。"

BOTH = "協議体資料として締める報告書は、都道府県に届きません。どちらか一つを選んでください。"


def candidates(municipality):
    """Return the accounts that may receive the municipality's reports today, by part, each once."""
    found, known = {}, set()
    for part in RIGHTS:
        users = [user for user in _holders(part, municipality) if user.pk not in known]
        found[part] = users
        known.update(user.pk for user in users)
    return found


def advisers(municipality):
    """Return the accounts that advise this municipality today, by name."""
    return _holders(RecipientPart.ADVISER, municipality)


def superiors(municipality):
    """Return the accounts that may approve its reports today, by name."""
    return _holders(RecipientPart.SUPERIOR, municipality)


def writers(report):
    """Return who is written to about a submitted report: whoever submitted it, else all who may."""
    place = report.cycle.municipality
    if report.submitted_by and may_in(report.submitted_by, Permission.SUBMIT_REPORT, place):
        return [report.submitted_by]
    return _holding(Permission.SUBMIT_REPORT, ScopeKind.MUNICIPALITY, place)


def _holders(part, municipality):
    return _holding(*RIGHTS[part], municipality)


def _holding(permission, kind, municipality):
    """Return the accounts that hold this right there today, by name."""
    memberships = (
        Membership.objects.in_term()
        .of_scope(kind, _code(kind, municipality))
        .filter(role__in=roles_with(permission), user__is_active=True)
        .select_related("user")
    )
    found = {membership.user_id: membership.user for membership in memberships}
    return sorted(found.values(), key=lambda user: (user.display_name, user.pk))


def _code(kind, municipality):
    return municipality.prefecture.code if kind == ScopeKind.PREFECTURE else municipality.code


def choose(report, chosen, *, by, is_council_paper=False, is_for_prefecture_alone=False):
    """Replace the recipients of a draft by these (account → part) and record it.

    A paper of the council goes to nobody, and what is for the prefecture alone to no account.
    Raises ValidationError for a report that is no draft, and for both at once.
    """
    if not report.is_draft:
        raise ValidationError(NO_DRAFT)
    if is_council_paper and is_for_prefecture_alone:
        raise ValidationError(BOTH)
    values = {
        "is_council_paper": is_council_paper,
        "is_for_prefecture_alone": is_for_prefecture_alone,
    }
    goes_to_accounts = not any(values.values())
    wanted = {user.pk: str(part) for user, part in chosen.items()} if goes_to_accounts else {}
    was = {name: getattr(report, name) for name in values}
    if parts_of(report) == wanted and was == values:
        return
    with transaction.atomic():
        told = {"recipients": sorted(wanted)}
        move(report, values, by=by, deed="recipients", told=told)
        put(report, wanted)


def parts_of(report):
    """Return the recipients of a report: key of the account → part."""
    return dict(report.recipients.values_list("user", "part"))


def put(report, wanted):
    """Make these the recipients (key of the account → part), in the transaction of the caller's deed."""
    report.recipients.exclude(user__in=wanted).delete()
    for user, part in wanted.items():
        Recipient.objects.update_or_create(report=report, user_id=user, defaults={"part": part})

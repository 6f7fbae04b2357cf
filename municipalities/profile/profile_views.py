"""自治体概要: its page, its texts, and the lists of contractors and participants."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from municipalities.access import Permission, requires
from municipalities.choices import Audience
from municipalities.models import Contractor, Participant, Profile, ProfilePicture
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row
from municipalities.profile.profile_forms import ContractorForm, ParticipantForm, ProfileForm


def back_to(request, anchor):
    """Return the address of a section or row of the profile's page."""
    return f"{request.cycle.url('municipalities:profile')}#{anchor}"


def rows_of(model, cycle):
    """Return one of the year's lists in the order people gave it."""
    return model.objects.filter(cycle=cycle)


def the_row(model, request, key):
    """Return a row of the year with its year at hand. Raises Http404."""
    row = get_object_or_404(rows_of(model, request.cycle), key=key)
    row.cycle = request.cycle
    return row


def append(form, *, by):
    """Write a new row of a list, with what it points at, behind the last one."""
    form.settle(by=by)
    row = form.save(commit=False)
    ordering.append(row, among=rows_of(type(row), row.cycle), by=by)


def what_the_profile_shows(cycle):
    """Return texts and lists of a year's profile, for its page and its paper."""
    profile = Profile.objects.filter(cycle=cycle).first() or Profile(cycle=cycle)
    return {
        "profile": profile,
        "contractors": rows_of(Contractor, cycle).select_related("organization"),
        "participants": rows_of(Participant, cycle).select_related("organization"),
        "pictures": rows_of(ProfilePicture, cycle).select_related("attachment"),
    }


@require_safe
@requires(Permission.VIEW_PLAN)
def profile(request):
    return render(request, "municipalities/profile.html", what_the_profile_shows(request.cycle))


@require_safe
@requires(Permission.VIEW_PLAN)
def profile_print(request):
    """The sheet of 自治体概要 on A4 landscape; pictures that stay 庁内 are not on it."""
    shown = what_the_profile_shows(request.cycle)
    pictures = shown["pictures"].exclude(audience=Audience.INTERNAL)
    return render(request, "municipalities/profile_print.html", shown | {"pictures": pictures})


@requires(Permission.EDIT_PLAN)
def profile_edit(request):
    row = Profile.objects.filter(cycle=request.cycle).first() or Profile(
        cycle=request.cycle, key="profile"
    )
    page = EditPage(
        key=f"profile-{request.cycle.fiscal_year}",
        title="自治体概要を編集する",
        back=request.cycle.url("municipalities:profile"),
    )
    return edit_row(request, row, form_class=ProfileForm, page=page)


@requires(Permission.EDIT_PLAN)
def contractor_add(request):
    page = EditPage(
        key=f"contractor-new-{request.cycle.fiscal_year}",
        title="委託先を追加する",
        back=back_to(request, "contractors"),
        lead="窓口や業務ごとに1件ずつ登録します。",
    )
    return add_row(
        request,
        Contractor(cycle=request.cycle),
        form_class=ContractorForm,
        page=page,
        deed=lambda form: append(form, by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def contractor_edit(request, contractor_key):
    page = EditPage(
        key=f"contractor-{request.cycle.fiscal_year}-{contractor_key}",
        title="委託先を編集する",
        back=back_to(request, f"contractor-{contractor_key}"),
    )
    row = the_row(Contractor, request, contractor_key)
    return edit_row(request, row, form_class=ContractorForm, page=page)


@requires(Permission.EDIT_PLAN)
def contractor_delete(request, contractor_key):
    page = DeletePage(title="委託先を削除する", back=back_to(request, "contractors"))
    return delete_row(request, the_row(Contractor, request, contractor_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def contractor_move(request, contractor_key, step):
    return move(request, the_row(Contractor, request, contractor_key), step=step)


def move(request, row, *, step):
    """Move a row of a list one step and come back to it."""
    ordering.move(row, among=rows_of(type(row), request.cycle), step=step, by=request.user)
    return redirect(back_to(request, f"{row._meta.model_name}-{row.key}"))


@requires(Permission.EDIT_PLAN)
def participant_add(request):
    page = EditPage(
        key=f"participant-new-{request.cycle.fiscal_year}",
        title="その他の参加者を追加する",
        back=back_to(request, "participants"),
        lead="委託先のほかに、この年度の取組に加わる団体や部署を登録します（例：都道府県の担当課、保健所）。",
    )
    return add_row(
        request,
        Participant(cycle=request.cycle),
        form_class=ParticipantForm,
        page=page,
        deed=lambda form: append(form, by=request.user),
    )


@requires(Permission.EDIT_PLAN)
def participant_edit(request, participant_key):
    page = EditPage(
        key=f"participant-{request.cycle.fiscal_year}-{participant_key}",
        title="その他の参加者を編集する",
        back=back_to(request, f"participant-{participant_key}"),
    )
    row = the_row(Participant, request, participant_key)
    return edit_row(request, row, form_class=ParticipantForm, page=page)


@requires(Permission.EDIT_PLAN)
def participant_delete(request, participant_key):
    page = DeletePage(title="その他の参加者を削除する", back=back_to(request, "participants"))
    return delete_row(request, the_row(Participant, request, participant_key), page=page)


@require_POST
@requires(Permission.EDIT_PLAN)
def participant_move(request, participant_key, step):
    return move(request, the_row(Participant, request, participant_key), step=step)

"""Pages of the rows that the support's page lists: adding, editing, deleting and moving each."""

from dataclasses import dataclass

from django.db.models import Model
from django.shortcuts import get_object_or_404, redirect

from municipalities.forms import HouseModelForm
from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind of row on the page; `place` is where its list stands, `lead` what its forms say above."""

    name: str
    label: str
    model: type[Model]
    form_class: type[HouseModelForm]
    place: str
    lead: str = ""

    def of(self, cycle):
        return self.model.objects.filter(cycle=cycle)


def back_to(request, anchor):
    return f"{request.cycle.url('reports:support')}#{anchor}"


def the_row(request, key, listed):
    """Return a row of the year with its year at hand. Raises Http404."""
    row = get_object_or_404(listed.of(request.cycle), key=key)
    row.cycle = request.cycle
    return row


def add(request, listed, **marks):
    """Show the form of a new row, or put it behind the last one."""

    def append(form):
        form.settle(by=request.user)
        among = listed.of(request.cycle)
        ordering.append(form.save(commit=False), among=among, by=request.user)

    page = EditPage(
        key=f"{listed.name}-new-{request.cycle.fiscal_year}",
        title=f"{listed.label}を追加する",
        back=back_to(request, listed.place),
        lead=listed.lead,
    )
    row = listed.model(cycle=request.cycle, **marks)
    return add_row(request, row, form_class=listed.form_class, page=page, deed=append)


def edit(request, key, listed):
    page = EditPage(
        key=f"{listed.name}-{request.cycle.fiscal_year}-{key}",
        title=f"{listed.label}を編集する",
        back=back_to(request, f"{listed.name}-{key}"),
        lead=listed.lead,
        remove=request.cycle.url(f"reports:{listed.name}_delete", key),
    )
    row = the_row(request, key, listed)
    return edit_row(request, row, form_class=listed.form_class, page=page)


def delete(request, key, listed):
    row = the_row(request, key, listed)
    page = DeletePage(title=f"{listed.label}を削除する", back=back_to(request, listed.place))
    return delete_row(request, row, page=page)


def move(request, row, *, among, step, place):
    """Move a row one step within its list and come back to it, as the page was shown."""
    ordering.move(row, among=among, step=step, by=request.user)
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{request.cycle.url('reports:support')}{query}#{place}-{row.key}")

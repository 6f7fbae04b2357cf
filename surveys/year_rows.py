"""What the lists of this app have in common: a row of the year, adding behind the last, moving one step."""

from dataclasses import dataclass
from functools import partial

from django.shortcuts import get_object_or_404, redirect

from municipalities.pages import ordering
from municipalities.pages.adding import add_row
from municipalities.pages.deleting import DeletePage, delete_row
from municipalities.pages.editing import EditPage, edit_row


def the_row(request, model, key, *related):
    """Return a row of the year with its year at hand. Raises Http404."""
    rows = model.objects.select_related(*related) if related else model.objects.all()
    row = get_object_or_404(rows, cycle=request.cycle, key=key)
    row.cycle = request.cycle
    return row


def list_url(request, anchor=""):
    return request.cycle.url("surveys:survey_list") + (f"#{anchor}" if anchor else "")


def append(form, *, among, by):
    """Write a new row behind the last one."""
    form.settle(by=by)
    row = form.save(commit=False)
    ordering.append(row, among=among, by=by)
    return row


def move(request, row, *, among, step, back):
    """Move a row one step and come back to it."""
    ordering.move(row, among=among, step=step, by=request.user)
    return redirect(back)


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows that have a page of their own and stand in a list of the year: what their views do is one thing.

    `name` is what their addresses, drafts and anchors are called by; `anchor` is that of their list.
    """

    model: type
    form_class: type
    name: str
    anchor: str
    add_title: str
    edit_title: str
    delete_title: str
    lead: str

    def of_year(self, request):
        return self.model.objects.filter(cycle=request.cycle)

    def add(self, request):
        page = EditPage(
            key=f"{self.name}-new-{request.cycle.fiscal_year}",
            title=self.add_title,
            back=list_url(request, self.anchor),
            lead=self.lead,
        )
        return add_row(
            request,
            self.model(cycle=request.cycle),
            form_class=self.form_class,
            page=page,
            deed=partial(append, among=self.of_year(request), by=request.user),
        )

    def edit(self, request, key):
        page = EditPage(
            key=f"{self.name}-{request.cycle.fiscal_year}-{key}",
            title=self.edit_title,
            back=request.cycle.url(f"surveys:{self.name}", key),
        )
        return edit_row(
            request, the_row(request, self.model, key), form_class=self.form_class, page=page
        )

    def delete(self, request, key):
        page = DeletePage(title=self.delete_title, back=list_url(request, self.anchor))
        return delete_row(request, the_row(request, self.model, key), page=page)

    def move(self, request, key, step):
        row = the_row(request, self.model, key)
        back = list_url(request, f"{self.name}-{key}")
        return move(request, row, among=self.of_year(request), step=step, back=back)

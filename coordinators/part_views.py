"""Adding, editing, deleting and moving whatever stands under a structure that we lead."""

from dataclasses import dataclass
from functools import partial

from django.db import models
from django.shortcuts import redirect

from coordinators.views import structure_of
from municipalities import ordering
from municipalities.adding import add_row
from municipalities.deleting import DeletePage, delete_row
from municipalities.editing import EditPage, edit_row
from municipalities.forms import HouseModelForm
from municipalities.kernel import changes
from municipalities.keys import new_key
from municipalities.shared_views import led_or_404


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row under a structure. `owner` is the column of what it is listed under."""

    name: str
    label: str
    model: type[models.Model]
    form_class: type[HouseModelForm]
    owner: str = "structure"
    # Columns by which one list is told from another under the same owner.
    beside: tuple[str, ...] = ()
    has_order: bool = True
    lead: str = ""

    def among(self, row):
        """Return the rows that stand in one list with this one."""
        columns = (self.owner, *self.beside)
        return self.model.objects.led().filter(**{name: getattr(row, name) for name in columns})


def place_of(request, row, part):
    """Return where a row is seen: on the page of its post for a part of its people, else of its structure."""
    if part.owner == "post":
        url = request.cycle.url("coordinators:post", row.structure.key, row.post.key)
        return f"{url}#staffing"
    url = request.cycle.url("coordinators:structure", row.structure.key)
    if row.pk:
        return f"{url}#{part.name}-{row.key}"
    # A row that has no place of its own yet is looked for in its list.
    return f"{url}#heading-{row.heading.key}" if part.owner == "heading" else f"{url}#{part.name}s"


def part_of(request, structure_key, key, part):
    """Return a part of a structure of the year that we lead, with that structure. Raises Http404."""
    structure = structure_of(request, structure_key)
    row = led_or_404(part.model, structure=structure, key=key)
    row.structure = structure
    return row


def add(request, row, part):
    """Show the form of a new part, or add it."""
    owner = getattr(row, part.owner)
    row.key = new_key(part.name)
    page = EditPage(
        key=f"{part.name}-new-{request.cycle.fiscal_year}-{owner.key}",
        title=f"{part.label}を追加する",
        back=place_of(request, row, part),
        lead=part.lead or f"体制：{row.structure}",
    )
    deed = partial(insert, part=part, by=request.user)
    return add_row(request, row, form_class=part.form_class, page=page, deed=deed)


def insert(form, *, part, by):
    """Write a new part; where its list has an order, behind the last one."""
    form.settle(by=by)
    row = form.save(commit=False)
    if part.has_order:
        ordering.append(row, among=part.among(row), by=by)
    else:
        changes.create_versioned(row, by=by)


def edit(request, row, part, form_class=None):
    page = EditPage(
        key=f"{part.name}-{request.cycle.fiscal_year}-{row.key}",
        title=f"{part.label}を編集する",
        back=place_of(request, row, part),
        lead=part.lead or f"体制：{row.structure}",
        remove=request.cycle.url(f"coordinators:{part.name}_delete", row.structure.key, row.key),
    )
    return edit_row(request, row, form_class=form_class or part.form_class, page=page)


def delete(request, row, part, lead=""):
    back = place_of(request, row, part).partition("#")[0]
    page = DeletePage(
        title=f"{part.label}を削除する", back=back, lead=lead or f"体制：{row.structure}"
    )
    return delete_row(request, row, page=page)


def move(request, row, part, step):
    ordering.move(row, among=part.among(row), step=step, by=request.user)
    return redirect(place_of(request, row, part))

"""Adding, editing, deleting and moving whatever stands under a structure that we lead."""

from dataclasses import dataclass

from coordinators.structures.views import structure_of
from municipalities.pages import part_pages
from municipalities.pages.part_pages import Around
from municipalities.pages.shared_views import led_or_404
from municipalities.rows.keys import new_key


@dataclass(frozen=True, slots=True)
class Part(part_pages.Part):
    """A kind of row under a structure. `owner` is the column of what it is listed under."""

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


def around(request, row, part, key, **words):
    """Return what a page of a part says around it."""
    return Around(
        **{
            "key": f"{request.cycle.fiscal_year}-{key}",
            "back": place_of(request, row, part),
            "lead": part.lead or f"体制：{row.structure}",
        }
        | words
    )


def add(request, row, part):
    """Show the form of a new part, or add it."""
    owner = getattr(row, part.owner)
    row.key = new_key(part.name)
    place = around(request, row, part, owner.key)
    among = part.among(row) if part.has_order else None
    return part_pages.add_part(request, row, part, place, among=among)


def edit(request, row, part, form_class=None):
    remove = request.cycle.url(f"coordinators:{part.name}_delete", row.structure.key, row.key)
    place = around(request, row, part, row.key, remove=remove)
    return part_pages.edit_part(request, row, part, place, form_class=form_class)


def delete(request, row, part, lead=""):
    back = place_of(request, row, part).partition("#")[0]
    place = around(request, row, part, row.key, back=back, lead=lead or f"体制：{row.structure}")
    return part_pages.delete_part(request, row, part, place)


def move(request, row, part, step):
    among, back = part.among(row), place_of(request, row, part)
    return part_pages.move_part(request, row, among=among, step=step, back=back)

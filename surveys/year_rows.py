"""What the lists of this app have in common: a row of the year, adding behind the last, moving one step."""

from django.shortcuts import get_object_or_404, redirect

from municipalities import ordering


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

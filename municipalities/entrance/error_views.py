"""Error pages that say what happened and where to go; respondents before a door have pages of their own."""

from http import HTTPStatus

from django.shortcuts import redirect, render

from municipalities.access import public
from municipalities.entrance import unsaved
from municipalities.entrance.scopes import NoSuchYearError

DOORS = "/s/"
# The address is nearly a key: no other site is told of it, no search engine keeps it.
DOOR_HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@public
def csrf_failure(request, reason=""):
    """The form's protection did not match: usually a page left open while signing in anew.

    What one of our own forms had sent is shown again on its page, not yet saved.
    """
    if request.user.is_authenticated and unsaved.keep(request):
        return redirect(request.path)
    return render(request, "403_csrf.html", status=403)


def is_at_door(request):
    """Say whether a respondent asks, who knows no menu and no login."""
    return request.path_info.lower().startswith(DOORS)


def door_page(request, name, status):
    """Return a page for respondents that names no town, the same for every address that opens nothing."""
    page = render(request, name, status=status)
    for field, value in DOOR_HEADERS.items():
        page.headers[field] = value
    return page


def bad_request(request, exception):
    if is_at_door(request):
        return door_page(None, "door/trouble.html", HTTPStatus.BAD_REQUEST)
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", {"typed": unsaved.texts_of(request)}, status=403)


def page_not_found(request, exception):
    """Of a year that is not there, say which are, to people who may know."""
    if is_at_door(request):
        return door_page(request, "door/not_found.html", HTTPStatus.NOT_FOUND)
    is_year = isinstance(exception, NoSuchYearError) and exception.years
    context = {
        "typed": unsaved.texts_of(request),
        "missing_year": exception.fiscal_year if is_year else None,
        "years": exception.years if is_year else (),
        "place": exception.place if is_year else "",
    }
    return render(request, "404.html", context, status=404)


def too_large(request):
    if is_at_door(request):
        return door_page(None, "door/trouble.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def server_error(request):
    """No context: whatever broke may break again."""
    if is_at_door(request):
        return door_page(None, "door/trouble.html", HTTPStatus.INTERNAL_SERVER_ERROR)
    return render(None, "500.html", status=500)

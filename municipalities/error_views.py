"""Error pages that say what happened and where to go."""

from django.shortcuts import redirect, render

from municipalities import unsaved
from municipalities.access import public
from municipalities.scopes import NoSuchYearError


@public
def csrf_failure(request, reason=""):
    """The form's protection did not match: usually a page left open while signing in anew.

    What one of our own forms had sent is shown again on its page, not yet saved.
    """
    if request.user.is_authenticated and unsaved.keep(request):
        return redirect(request.path)
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", {"typed": unsaved.texts_of(request)}, status=403)


def page_not_found(request, exception):
    """Of a year that is not there, say which are, to people of that municipality alone."""
    is_year = isinstance(exception, NoSuchYearError) and exception.years
    context = {
        "typed": unsaved.texts_of(request),
        "missing_year": exception.fiscal_year if is_year else None,
        "years": exception.years if is_year else (),
    }
    return render(request, "404.html", context, status=404)


def server_error(request):
    """No context: whatever broke may break again."""
    return render(None, "500.html", status=500)

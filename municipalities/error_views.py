"""Error pages that say what happened and where to go."""

from django.shortcuts import render

from municipalities.access import public


@public
def csrf_failure(request, reason=""):
    """The form's protection did not match: usually a page left open over a sign-out."""
    return render(request, "403_csrf.html", status=403)


def bad_request(request, exception):
    return render(request, "400.html", status=400)


def permission_denied(request, exception):
    return render(request, "403.html", status=403)


def page_not_found(request, exception):
    return render(request, "404.html", status=404)


def server_error(request):
    """No context: whatever broke may break again."""
    return render(None, "500.html", status=500)

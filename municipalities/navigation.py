"""What every page shows around its content: menu and context bar, by what the person may do."""

from django.conf import settings
from django.urls import reverse

from municipalities.access import Permission

# The menu of a municipality's year, for whoever may read it.
YEAR_MENU = (
    ("ホーム", "municipalities:board"),
    ("自治体概要", "municipalities:profile"),
    ("目指す姿と課題", "logicmodels:plan"),
    ("取組", "logicmodels:activity_list"),
    ("ロジックモデル", "logicmodels:logic_models"),
    ("指標", "indicators:indicator_list"),
    ("連携支援の経過", "reports:support"),
    ("報告書", "reports:report_list"),
)

# Pages whose address does not lie below the entry to which they belong.
BESIDE = {
    "municipalities:profile": ("figures/", "organizations/", "areas/"),
    "logicmodels:plan": ("issues/",),
    "reports:report_list": ("effects/",),
}


def navigation(request):
    """Context processor: `navigation`, `context_bar`, `DEMO`. Empty where nobody is signed in."""
    scope = getattr(request, "scope", None)
    if scope is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"navigation": [], "context_bar": [], "DEMO": settings.DEMO}
    return {
        "navigation": [entry for entry in entries(request) if entry],
        "context_bar": context_bar(request),
        "DEMO": settings.DEMO,
    }


def entries(request):
    """Yield the menu for where we are: a municipality's year, the adviser's desk, the operator's."""
    may = request.scope.may
    if request.cycle and may(Permission.VIEW_PLAN):
        yield from entries_of_year(request)
        return
    yield entry(request, "ホーム", reverse("home"), exact=True)
    if request.cycle and may(Permission.CONTRIBUTE):
        yield entry(request, "自分の団体の取組", request.cycle.url("logicmodels:contributor"))
    yield from entries_of_advisers(request)
    yield from entries_of_prefecture(request)
    if request.municipality and may(Permission.MANAGE_PEOPLE):
        yield people_entry(request)
    if may(Permission.OPERATE):
        yield entry(request, "処理とメール", reverse("manage:work"))
        yield entry(request, "利用者", reverse("people:users"))


def entries_of_advisers(request):
    may, past = request.scope.may, reverse("review:past")
    if may(Permission.READ_SUBMITTED):
        # The pages of the past lie below the inbox, and have an entry of their own.
        yield entry(request, "受信箱", reverse("review:inbox"), but=past)
    if may(Permission.READ_KEPT):
        yield entry(request, "過去の助言", past)


def entries_of_prefecture(request):
    prefecture, may = request.scope.prefecture, request.scope.may
    if not prefecture or not may(Permission.VIEW_PREFECTURE):
        return
    url = reverse("prefecture:current", args=[prefecture.code])
    advisers = reverse("people:advisers", args=[prefecture.code])
    yield entry(request, "提出状況", url, but=advisers)
    if may(Permission.MANAGE_PREFECTURE):
        yield entry(request, "アドバイザー", advisers)


def entries_of_year(request):
    for label, name in YEAR_MENU:
        beside = tuple(request.cycle.board_url + piece for piece in BESIDE.get(name, ()))
        yield entry(
            request, label, request.cycle.url(name), exact=name.endswith("board"), beside=beside
        )
    if request.scope.may(Permission.MANAGE_PEOPLE):
        yield people_entry(request)


def people_entry(request):
    return entry(request, "利用者", reverse("people:town", args=[request.municipality.code]))


def entry(request, label, url, *, exact=False, beside=(), but=None):  # noqa: PLR0913 -- where it is current
    here = request.path == url if exact else request.path.startswith((url, *beside))
    here = here and not (but and request.path.startswith(but))
    return {"label": label, "url": url, "current": here}


def context_bar(request):
    """Return municipality ▸ year ▸ scene as far as the address names them; links for who may open them."""
    municipality, cycle = request.municipality, request.cycle
    if municipality is None:
        return []
    may_open = request.scope.may(Permission.VIEW_PLAN)
    home = reverse("municipality", args=[municipality.code]) if may_open else ""
    bar = [{"label": municipality.name, "url": home}]
    if cycle is not None:
        board = cycle.url("municipalities:board") if may_open else ""
        bar.append({"label": cycle.label, "url": board})
    if scene := request.resolver_match and request.resolver_match.kwargs.get("scene"):
        bar.append({"label": scene.label, "url": ""})
    return bar

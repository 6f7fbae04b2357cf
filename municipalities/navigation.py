"""What every page shows around its content: menu and context bar, by what the person may do."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from municipalities import fiscal
from municipalities.access import Permission
from municipalities.choices import ScopeKind

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


PROGRESS = "市町村の進み具合"


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
    if may(Permission.READ_SUBMITTED):
        yield entry(request, "受信箱", reverse("review:inbox"))
    if may(Permission.VIEW_PREFECTURE):
        yield from entries_of_officer(request)
    if may(Permission.OPERATE):
        yield from entries_of_operator(request)


def entries_of_officer(request):
    """The prefecture's table and its dates, for the year that is shown; before one is chosen, the list."""
    prefecture = request.scope.prefecture
    is_nationwide = request.scope.kind == ScopeKind.NATION
    if prefecture is None or is_nationwide:
        label = "都道府県" if is_nationwide else PROGRESS
        yield entry(request, label, reverse("prefecture:prefectures"), exact=True)
    if prefecture is None:
        return
    year = shown_year(request)
    periods = reverse("prefecture:periods", args=[prefecture.code, year])
    is_there = request.path == periods
    progress = entry(
        request, "市町村の進み具合", reverse("prefecture:current", args=[prefecture.code])
    )
    yield progress | {"current": progress["current"] and not is_there}
    if request.scope.may(Permission.MANAGE_PREFECTURE):
        yield entry(request, "期限と受理のしかた", periods)


def shown_year(request):
    """Return the fiscal year of the address, else today's."""
    match = request.resolver_match
    return (match and match.kwargs.get("year")) or fiscal.fiscal_year_of(timezone.localdate())


def entries_of_operator(request):
    yield entry(request, "運営管理", reverse("manage:home"), exact=True)
    yield entry(request, "処理とメール", reverse("manage:work"), beside=(reverse("manage:mails"),))
    yield entry(request, "受理を待つ報告書", reverse("nation:waiting"))
    yield entry(request, "提出期限", reverse("nation:periods"))


def entries_of_year(request):
    for label, name in YEAR_MENU:
        beside = tuple(request.cycle.board_url + piece for piece in BESIDE.get(name, ()))
        yield entry(
            request, label, request.cycle.url(name), exact=name.endswith("board"), beside=beside
        )


def entry(request, label, url, *, exact=False, beside=()):
    here = request.path == url if exact else request.path.startswith((url, *beside))
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

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
    if may(Permission.READ_SUBMITTED):
        yield from entries_of_adviser(request)
    if request.scope.prefecture and may(Permission.VIEW_PREFECTURE):
        url = reverse("prefecture:current", args=[request.scope.prefecture.code])
        yield entry(request, "提出状況", url)
    if may(Permission.OPERATE):
        yield entry(request, "処理とメール", reverse("manage:work"))


def entries_of_adviser(request):
    """Yield the desk of submitted reports, and the municipalities below it, which have an entry of their own."""
    towns = reverse("review:municipality_list")
    inbox = entry(request, "受信箱", reverse("review:inbox"))
    yield inbox | {"current": inbox["current"] and not request.path.startswith(towns)}
    if request.scope.may(Permission.ADVISE):
        yield entry(request, "担当の自治体", towns)


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

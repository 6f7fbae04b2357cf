"""What every page shows around its content: menu and context bar, by what the person may do."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from municipalities.access import Permission
from municipalities.choices import ScopeKind
from municipalities.japanese import fiscal
from municipalities.japanese.prefecture_words import told_of
from municipalities.menus import officer_menu, town_menu
from municipalities.menus.officer_menu import PROGRESS


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the menu. It is current on its own page and, unless `exact`, on those below it."""

    label: str
    url: str
    beside: tuple[str, ...] = ()
    exact: bool = False

    def reach(self, path):
        """Return how many signs of the path lead here; 0 where it is another entry's page."""
        if self.exact:
            return len(self.url) if path == self.url else 0
        return max(
            (len(one) for one in (self.url, *self.beside) if path.startswith(one)), default=0
        )


def navigation(request):
    """Context processor: `navigation`, `subnavigation`, `context_bar`, `DEMO`. Empty where nobody is signed in."""
    scope = getattr(request, "scope", None)
    if scope is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return {
            "navigation": [],
            "subnavigation": [],
            "context_bar": [],
            "DEMO": settings.DEMO,
        }
    return {
        "navigation": menu(request),
        "subnavigation": subnavigation(request),
        "context_bar": context_bar(request),
        "DEMO": settings.DEMO,
    }


def menu(request):
    """Return the entries; current is the one whose address is nearest to the page's."""
    found = list(entries(request))
    nearest = max((one.reach(request.path) for one in found), default=0)
    return [
        {
            "label": one.label,
            "url": one.url,
            "current": bool(nearest) and one.reach(request.path) == nearest,
        }
        for one in found
    ]


def entries(request):
    """Yield the menu for where we are: a municipality's year, or what the person has anywhere."""
    may = request.scope.may
    if request.cycle and may(Permission.VIEW_PLAN):
        yield from entries_of_year(request)
        return
    yield Entry("ホーム", reverse("home"), exact=True)
    if request.cycle and may(Permission.CONTRIBUTE):
        yield Entry("自分の団体の取組", request.cycle.url("logicmodels:contributor"))
    yield from entries_of_adviser(may)
    if may(Permission.VIEW_DISTRICT):
        yield from entries_of_officer(request)
    if request.municipality and may(Permission.MANAGE_PEOPLE):
        yield people_entry(request)
    if may(Permission.OPERATE):
        yield from entries_of_operator()


def entries_of_year(request):
    for label, name in town_menu.ENTRIES:
        beside = town_menu.BESIDE.get(name, ())
        pieces = tuple(request.cycle.board_url + piece for piece in beside)
        called = told_of(label, request.municipality.prefecture.word)
        yield Entry(called, request.cycle.url(name), pieces, exact=name.endswith("board"))
    if pages := town_menu.check_and_act(request.cycle):
        first, *rest = (url for _, url in pages)
        yield Entry(town_menu.CHECK_AND_ACT, first, tuple(rest))
    if request.scope.may(Permission.MANAGE_PEOPLE):
        yield people_entry(request)


def people_entry(request):
    return Entry("利用者", reverse("people:town", args=[request.municipality.code]))


def entries_of_adviser(may):
    if may(Permission.READ_SUBMITTED):
        yield Entry("受信箱", reverse("review:inbox"))
    if may(Permission.ADVISE):
        yield Entry("担当の自治体", reverse("review:municipality_list"))
    if may(Permission.READ_KEPT):
        yield Entry("過去の助言", reverse("review:past"))


def entries_of_officer(request):
    """The prefecture's table, its dates and its advisers, for the year that is shown; before one is chosen, the list."""
    prefecture = request.scope.prefecture
    is_nationwide = request.scope.kind == ScopeKind.NATION
    if prefecture is None or is_nationwide:
        label = "都道府県" if is_nationwide else PROGRESS
        yield Entry(label, reverse("prefecture:prefectures"), exact=True)
    if prefecture is None:
        return
    year = shown_year(request)
    for group, pages in officer_menu.open_groups(request.scope.may):
        first, *rest = (page.url(prefecture.code, year) for page in pages)
        yield Entry(group.label, first, tuple(rest))


def subnavigation(request):
    """Return the pages beside this one in its entry of the menu; empty where there are none."""
    groups = groups_of_pages(request)
    here = nearest_of(request.path, [url for pages in groups for _, url in pages])
    pages = next((one for one in groups if here in dict(one).values()), [])
    return [
        {"label": label, "url": url, "current": url == here}
        for label, url in pages
        if len(pages) > 1
    ]


def groups_of_pages(request):
    """Return the groups of pages, each with label and address: of a town's year, or of an officer's menu."""
    prefecture = request.scope.prefecture
    if request.cycle and request.scope.may(Permission.VIEW_PLAN):
        return [town_menu.check_and_act(request.cycle)]
    if prefecture is None or request.municipality:
        return []
    year = shown_year(request)
    return [
        [(page.called(prefecture.word), page.url(prefecture.code, year)) for page in pages]
        for _, pages in officer_menu.open_groups(request.scope.may)
    ]


def nearest_of(path, urls):
    """Return the longest of the addresses that a path is at or below; empty where it is below none."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")


def shown_year(request):
    """Return the fiscal year of the address, else today's."""
    match = request.resolver_match
    return (match and match.kwargs.get("year")) or fiscal.fiscal_year_of(timezone.localdate())


def entries_of_operator():
    yield Entry("運営管理", reverse("manage:home"), exact=True)
    yield Entry("処理とメール", reverse("manage:work"), (reverse("manage:mails"),))
    yield Entry("受理を待つ報告書", reverse("nation:waiting"))
    yield Entry("提出期限", reverse("nation:periods"), (reverse("reminders"),))
    yield Entry("統計の取り込み", reverse("national_statistics:statistics"))
    yield Entry("利用者", reverse("people:users"))


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

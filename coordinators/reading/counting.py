"""How many coordinators there are: by post, by level, by employment, and whether the parts make the whole. Pure.

A number that nobody stated is None, never 0.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

COORDINATOR = "coordinator"
PREFECTURE_LEVELS = frozenset({"prefecture_lead", "prefecture_field"})


class Part(Protocol):
    """Some people of a post by employment and duty."""

    @property
    def employment(self) -> str: ...
    @property
    def duty(self) -> str: ...
    @property
    def people(self) -> int: ...


class Counted(Protocol):
    """A post as far as it is counted."""

    @property
    def level(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def people(self) -> int | None: ...
    @property
    def staffing(self) -> Sequence[Part]: ...


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The parts of a post do not make its number of people: shown, never refused."""

    parts: int
    people: int

    def __str__(self) -> str:
        return f"内訳の合計{self.parts}人と人数{self.people}人が合っていません"


@dataclass(frozen=True, slots=True)
class Headcount:
    """Coordinators of the municipalities, and those of the prefecture that also work here.

    The prefecture's are counted once in the prefecture: sums over towns take `municipal` alone.
    """

    municipal: int | None
    prefecture: int | None

    @property
    def together(self) -> int | None:
        return added((self.municipal, self.prefecture))


def added(numbers: Iterable[int | None]) -> int | None:
    """Return the sum of what is stated; None where nothing is."""
    stated = [number for number in numbers if number is not None]
    return sum(stated) if stated else None


def people_of(post: Counted) -> int | None:
    """Return a post's number of people as stated; where it is not, what its parts add up to."""
    if post.people is not None:
        return post.people
    return added(part.people for part in post.staffing)


def mismatch(post: Counted) -> Mismatch | None:
    """Say by how much the parts of a post miss its number. A post without parts misses nothing."""
    if post.people is None or not post.staffing:
        return None
    parts = sum(part.people for part in post.staffing)
    return None if parts == post.people else Mismatch(parts, post.people)


def coordinators(posts: Iterable[Counted]) -> list[Counted]:
    """Return the posts of coordinators: clerks and advising physicians are told apart."""
    return [post for post in posts if post.role == COORDINATOR]


def headcount(posts: Iterable[Counted]) -> Headcount:
    """Count the coordinators of one structure."""
    ours: list[int | None] = []
    prefecture: list[int | None] = []
    for post in coordinators(posts):
        (prefecture if post.level in PREFECTURE_LEVELS else ours).append(people_of(post))
    return Headcount(added(ours), added(prefecture))


def by_level(posts: Iterable[Counted]) -> dict[str, int | None]:
    """Return the coordinators of each level that occurs, in the order of first appearance."""
    found: dict[str, list[int | None]] = {}
    for post in coordinators(posts):
        found.setdefault(post.level, []).append(people_of(post))
    return {level: added(numbers) for level, numbers in found.items()}


def by_role(posts: Iterable[Counted]) -> dict[str, int | None]:
    """Return the people of each role beside the coordinators."""
    found: dict[str, list[int | None]] = {}
    for post in posts:
        if post.role != COORDINATOR:
            found.setdefault(post.role, []).append(people_of(post))
    return {role: added(numbers) for role, numbers in found.items()}


def by_employment(posts: Iterable[Counted]) -> dict[tuple[str, str], int]:
    """Return how many coordinators there are of each (employment, duty) that is stated."""
    found: Counter[tuple[str, str]] = Counter()
    for post in coordinators(posts):
        for part in post.staffing:
            found[part.employment, part.duty] += part.people
    return dict(found)

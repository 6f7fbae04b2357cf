"""What is known of one list of the document: its columns, its section, how its rows are called."""

from __future__ import annotations

from dataclasses import dataclass

from municipalities.choices import Audience, Scene
from reports.document.differing.fields import Column, text, word


@dataclass(frozen=True, slots=True)
class Part:
    """One list of rows. `named` are the columns that make a row's name; `around` the list it lies in.

    `ranked` rows have an order of their own, each among those with the same `beside`. A `single`
    one is no list. `source` is the name in the document where it is another one, `identity` the
    column by which rows are matched.
    """

    name: str
    section: str
    heading: str
    columns: tuple[Column, ...]
    named: tuple[str, ...] = ()
    around: str = ""
    ranked: bool = False
    beside: str = ""
    single: bool = False
    source: str = ""
    identity: str = "key"
    joint: str = "　"


AUDIENCE = word("audience", "見せる範囲", Audience, Audience.ADVISER)
SCENE = word("scene", "場面", Scene, Scene.ALL)
NOTE = text("note", "補足")

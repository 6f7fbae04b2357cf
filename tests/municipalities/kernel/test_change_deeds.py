"""Every deed that the code writes into the history has words; none is shown as it stands in the code."""

import ast
import importlib
from pathlib import Path

import pytest

from municipalities.kernel import changes
from municipalities.kernel.changes import Change
from municipalities.templatetags.change_words import DEEDS, deed

ROOT = Path(__file__).resolve().parents[3]
APPS = (
    *("municipalities", "logicmodels", "indicators", "councils"),
    *("coordinators", "surveys", "reports"),
)
# Calls whose `deed` goes into a Change, straight or by a function of the same file.
WRITERS = {
    *("record", "create_versioned", "create_together", "save_versioned", "tell_together", "note"),
    *("move", "_move", "_save", "_tell", "_record", "_written"),
}


def deeds_of(path):
    """Yield every deed that a module names where it writes a Change."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and called(call) in WRITERS:
            for keyword in call.keywords:
                if keyword.arg == "deed":
                    yield from words_in(keyword.value, name)


def called(call):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def words_in(value, module):
    if isinstance(value, ast.IfExp):
        yield from words_in(value.body, module)
        yield from words_in(value.orelse, module)
    elif isinstance(value, ast.Constant):
        yield value.value
    elif isinstance(value, ast.Name) and value.id.isupper():
        yield getattr(importlib.import_module(module), value.id)


def every_deed():
    files = (path for app in APPS for path in sorted((ROOT / app).rglob("*.py")))
    return {one for path in files if "migrations" not in path.parts for one in deeds_of(path)}


def test_every_deed_of_the_code_has_japanese_words():
    found = every_deed()

    assert {"take_in", "open", "fix", "carry", "approval_return", "readmit", "edit"} <= found
    assert found - DEEDS.keys() == set()
    assert not any(words.isascii() for words in DEEDS.values())


def test_a_deed_without_words_would_be_found():
    """The negative control: the walk sees constants, choices between two, and names of a module."""
    tree = ast.parse("changes.record(row, deed='a' if x else 'b')").body[0].value

    assert set(words_in(tree.keywords[0].value, "x")) == {"a", "b"}
    assert deed(Change(deed="nobody_names_it")) == "nobody_names_it"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "shown"),
    [("take_in", "回答の取り込み"), ("open", "受付の開始"), ("fix", "調査票の確定")],
)
def test_the_history_page_shows_them(as_editor, here, word, shown):
    changes.record(here, by=None, deed=word, before={}, after={})

    page = as_editor.get("/m/990019/2026/history/").content.decode()

    assert shown in page
    assert f">{word}<" not in page

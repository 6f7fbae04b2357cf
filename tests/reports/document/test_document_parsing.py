"""Bytes become JSON that both databases can keep, or are refused with their place."""

import pytest

from reports.document import parsing

GOOD_JSON = '{"a": [1, 1.5, "文", null, true]}'
NOT_JSON = {
    "nothing": b"",
    "no JSON": b"issues: []",
    "an open bracket": b"[1,",
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "a number beyond a float": b'{"a": 1e999}',
    "a name twice": b'{"a": 1, "a": 2}',
    "another code page": '{"a": "日本"}'.encode("cp932"),
    "a hundred thousand brackets": b"[" * 100_000,
    "five thousand digits": b"1" * 5000,
}
NOT_STORABLE = {
    "NUL": (rb'{"a": ["x", "a\u0000"]}', "/a/1"),
    "a lone surrogate": (rb'{"a": {"b": "\ud800"}}', "/a/b"),
    "a raw surrogate": (b'{"a": "\xed\xa0\x80"}', "/a"),
    "a surrogate in a name": (rb'{"a": {"\udfff": 1}}', "/a"),
    "a bare text": (rb'"\ud800"', ""),
}


@pytest.mark.parametrize("content", NOT_JSON.values(), ids=NOT_JSON)
def test_bytes_that_are_no_json_are_refused(content):
    with pytest.raises(parsing.Unreadable) as caught:
        parsing.parse(content)

    assert [one.pointer for one in caught.value.problems] == [""]


@pytest.mark.parametrize(("content", "pointer"), NOT_STORABLE.values(), ids=NOT_STORABLE)
def test_text_that_no_database_keeps_is_refused_with_its_place(content, pointer):
    with pytest.raises(parsing.Unreadable) as caught:
        parsing.parse(content)

    assert [one.pointer for one in caught.value.problems] == [pointer]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_is_read_as_editors_save_it(encoding):
    assert parsing.parse(GOOD_JSON.encode(encoding)) == {"a": [1, 1.5, "文", None, True]}


def test_a_pair_of_surrogates_is_one_character():
    assert parsing.parse(rb'"\ud842\udfb7"') == "𠮷"

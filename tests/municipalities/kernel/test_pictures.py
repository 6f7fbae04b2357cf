"""A picture is drawn anew: upright, no larger than paper needs, without anything that is no pixel."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from municipalities.kernel import pictures
from municipalities.kernel.pictures import Refused, redrawn
from tests.pictures import drawn, photo_with_secrets

SECRET = "GPS-SECRET-36.22N-140.28E"


def opened(picture):
    return Image.open(io.BytesIO(picture.data))


def head_of_png(width, height, tail=b""):
    """Return a PNG whose head claims these sides; its pixels are missing or bogus."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + tail
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("name", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_each_kind_is_kept(name):
    picture = redrawn(drawn(name, size=(40, 30)))

    assert (picture.width, picture.height) == opened(picture).size == (40, 30)
    assert picture.content_type in {"image/png", "image/jpeg"}
    assert opened(picture).getpixel((5, 5))[:3] == pytest.approx((0, 128, 128), abs=6)


def test_place_camera_comment_and_profile_stay_out():
    sent = photo_with_secrets(SECRET)
    picture = redrawn(sent)

    assert SECRET.encode() in sent, "the negative control: it was there"
    assert SECRET.encode() not in picture.data
    with opened(picture) as image:
        assert not image.getexif()
        assert not {"comment", "icc_profile", "exif", "xmp"} & set(image.info)


def test_a_photo_lying_on_its_side_stands_up():
    picture = redrawn(photo_with_secrets(SECRET))

    assert (picture.width, picture.height) == (60, 30)


def test_what_hides_in_and_behind_a_png_stays_out():
    text = Image.new("RGB", (9, 9), "white")
    note = PngInfo()
    note.add_text("Comment", SECRET)
    into = io.BytesIO()
    text.save(into, "PNG", pnginfo=note)
    sent = into.getvalue() + f"<script>{SECRET}</script>".encode()
    assert sent.count(SECRET.encode()) == 2

    assert SECRET.encode() not in redrawn(sent).data


def test_the_same_bytes_give_the_same_picture():
    sent = photo_with_secrets(SECRET)

    assert redrawn(sent).data == redrawn(sent).data


def test_a_large_picture_shrinks_to_what_paper_needs():
    picture = redrawn(drawn(size=(4800, 1200)))

    assert (picture.width, picture.height) == (2400, 600)


def test_what_shows_through_stays_so():
    into = io.BytesIO()
    Image.new("RGBA", (9, 9), (255, 0, 0, 128)).save(into, "PNG")

    assert opened(redrawn(into.getvalue())).getpixel((1, 1)) == (255, 0, 0, 128)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_every_kind_of_png_is_drawn(mode):
    into = io.BytesIO()
    Image.new(mode, (9, 7)).save(into, "PNG")

    assert (redrawn(into.getvalue()).width, redrawn(into.getvalue()).height) == (9, 7)


@pytest.mark.parametrize(
    "sides", [(6325, 6325), (20_000, 20_000), (65_535, 65_535), (2**31 - 1, 2)]
)
def test_a_bomb_is_refused_by_its_head(sides):
    """A few hundred bytes that claim gigabytes of pixels."""
    bomb = head_of_png(*sides)

    assert len(bomb) < 300
    with pytest.raises(Refused, match="4,000万画素"):
        redrawn(bomb)


def test_a_text_that_unpacks_to_gigabytes_is_refused():
    packed = zlib.compress(b"\0" * 80_000_000)
    data = b"Comment\0\0" + packed
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data
    chunk += struct.pack(">I", zlib.crc32(b"zTXt" + data))

    with pytest.raises(Refused):
        redrawn(head_of_png(9, 9, chunk))


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7\n%%EOF\n",
        b"PK\x03\x04" + b"\0" * 60,
        b"MZ" + b"\0" * 200,
        b"GIF89a" + b"\0" * 60,
        drawn("BMP"),
        drawn("TIFF"),
        drawn("GIF"),
        drawn()[:60],
        drawn("JPEG")[:200],
        b"\x89PNG\r\n\x1a\n",
        head_of_png(0, 0),
        head_of_png(9, 9),
        b"<!doctype html><img src=x onerror=alert(1)>",
    ],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_whole_picture_of_ours_is_refused_in_words(data):
    with pytest.raises(Refused, match="PNG・JPEG・WebP"):
        redrawn(data)


def test_an_empty_and_a_heavy_file_are_refused_in_words():
    with pytest.raises(Refused, match="空です"):
        redrawn(b"")
    with pytest.raises(Refused, match="5MBまで"):
        redrawn(drawn() + b"\0" * pictures.MOST_BYTES)


SAMPLES = [drawn(), drawn("JPEG"), drawn("WEBP"), photo_with_secrets(SECRET)]


# Of a place that is broken Pillow warns and reads on.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=150, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    cuts=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=8),
    length=st.integers(20, 4000),
)
def test_whatever_is_broken_is_drawn_or_refused_never_a_crash(sample, cuts, length):
    data = bytearray(sample[:length])
    for place, value in cuts:
        data[place % len(data)] = value
    try:
        picture = redrawn(bytes(data))
    except Refused:
        return
    assert SECRET.encode() not in picture.data
    assert opened(picture).size == (picture.width, picture.height)

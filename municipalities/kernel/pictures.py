"""Pictures as people hand them in, made harmless: decoded within limits, drawn anew, nothing else kept.

Place and camera of a photo, comments, colour profiles and whatever hides behind the picture's end stay out.
"""

from __future__ import annotations

import struct
import threading
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
# A sheet of A4 at 200 dots an inch is 2,339 wide: more is never printed.
LONGEST_EDGE = 2400
FORMATS = ("PNG", "JPEG", "WEBP")
JPEG_QUALITY = 88
# What a decoder says of bytes that are no whole picture.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    OverflowError,
    struct.error,
    zlib.error,
)

# Pixels take a hundred times the room of their file: one picture at a time in each process.
_ONE_AT_A_TIME = threading.Lock()

EMPTY = "ファイルが空です。画像のファイルを選び直してください。"
TOO_BIG = "画像は5MBまでです。小さくして保存し直すか、別の画像を選んでください。"
TOO_MANY_PIXELS = "画像は4,000万画素までです。縮小して保存し直してから、選んでください。"
UNREADABLE = (
    "PNG・JPEG・WebPの画像として読み取れません。画像を開いて「名前を付けて保存」でPNGかJPEGにしてから、"
    "選び直してください。"
)


class Refused(Exception):
    """The bytes are no picture that can be kept; the message says so to whoever sent them."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture drawn anew, as bytes."""

    data: bytes
    content_type: str
    suffix: str
    width: int
    height: int


def redrawn(data: bytes) -> Picture:
    """Return the picture in these bytes, drawn anew and upright. Raises Refused.

    The same bytes give the same picture. What the file is called and says of its type counts nothing.
    """
    if not data:
        raise Refused(EMPTY)
    if len(data) > MOST_BYTES:
        raise Refused(TOO_BIG)
    from PIL import Image  # noqa: PLC0415 -- only where pictures come in

    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    try:
        with _ONE_AT_A_TIME, _whole_pictures_only():
            return _drawn(data)
    except bombs as error:
        raise Refused(TOO_MANY_PIXELS) from error
    except BROKEN as error:
        raise Refused(UNREADABLE) from error


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Let no library of this process (WeasyPrint does) have told Pillow to take half a picture for one."""
    from PIL import ImageFile  # noqa: PLC0415 -- as above

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _drawn(data: bytes) -> Picture:
    """Return the bare pixels, upright and no larger than paper needs. Raises what decoders raise."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- as above

    with Image.open(BytesIO(data), formats=FORMATS) as image:
        # The head is read, the pixels are not: a bomb goes here.
        if image.width * image.height > MOST_PIXELS:
            raise Refused(TOO_MANY_PIXELS)
        is_photo = image.format == "JPEG"
        image.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
        upright = ImageOps.exif_transpose(image)
        pixels = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    pixels.info.clear()
    return _photo(pixels) if is_photo else _drawing(pixels)


def _photo(pixels: Image) -> Picture:
    data = _encoded(_on_white(pixels), "JPEG", quality=JPEG_QUALITY)
    return Picture(data, "image/jpeg", ".jpg", pixels.width, pixels.height)


def _drawing(pixels: Image) -> Picture:
    """Return maps, tables and charts as PNG, so that lines stay sharp; what is no drawing as a photo."""
    data = _encoded(pixels, "PNG")
    if len(data) > MOST_BYTES // 2:
        return _photo(pixels)
    return Picture(data, "image/png", ".png", pixels.width, pixels.height)


def _encoded(pixels: Image, name: str, **options: Any) -> bytes:
    into = BytesIO()
    pixels.save(into, name, **options)
    return into.getvalue()


def _on_white(pixels: Image) -> Image:
    """Return the picture as it looks on paper."""
    from PIL import Image  # noqa: PLC0415 -- as above

    if pixels.mode == "RGB":
        return pixels
    paper = Image.new("RGB", pixels.size, "white")
    paper.paste(pixels, mask=pixels.getchannel("A"))
    return paper

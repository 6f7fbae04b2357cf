"""Pictures for tests, drawn when they are asked for."""

import io

from PIL import Image


def drawn(name="PNG", *, size=(40, 30), colour="teal", **options):
    """Return the bytes of a plain picture."""
    into = io.BytesIO()
    Image.new("RGB", size, colour).save(into, name, **options)
    return into.getvalue()


def photo_with_secrets(secret):
    """Return a JPEG lying on its side, with place, camera, comment and profile; 60 wide when upright."""
    exif = Image.Exif()
    exif[0x010F] = exif[0x0131] = secret
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 22.0, 0.0), 3: "E", 4: (140.0, 28.0, 0.0)})
    extras = {"exif": exif, "comment": secret.encode(), "icc_profile": secret.encode() * 50}
    return drawn("JPEG", size=(30, 60), **extras)

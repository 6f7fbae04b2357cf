"""Copy the pinned front-end files of node_modules into static/vendor and build the icon sprite.

Stdlib only. Nothing of it is committed: `make setup` runs it after `npm ci`.
"""

import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONTS = "@expo-google-fonts"
FILES = {
    "@digital-go-jp/design-tokens/dist/tokens.css": "tokens.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "idiomorph/dist/idiomorph-ext.min.js": "idiomorph-ext.min.js",
    "plotly.js-basic-dist-min/plotly-basic.min.js": "plotly-basic.min.js",
    f"{FONTS}/biz-udpgothic/400Regular/BIZUDPGothic_400Regular.ttf": "fonts/BIZUDPGothic-Regular.ttf",
    f"{FONTS}/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf": "fonts/BIZUDPGothic-Bold.ttf",
    f"{FONTS}/biz-udgothic/400Regular/BIZUDGothic_400Regular.ttf": "fonts/BIZUDGothic-Regular.ttf",
    f"{FONTS}/biz-udgothic/700Bold/BIZUDGothic_700Bold.ttf": "fonts/BIZUDGothic-Bold.ttf",
    f"{FONTS}/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf": "fonts/NotoSansJP-Regular.ttf",
}
# Every icon stands beside a word, so a short list is enough (ux.md 3.5).
ICONS = (
    "arrow-right",
    "box-arrow-right",
    "check-circle",
    "chevron-right",
    "clock-history",
    "download",
    "envelope",
    "exclamation-triangle",
    "file-earmark-pdf",
    "house",
    "info-circle",
    "pencil",
    "person",
    "plus-lg",
    "send",
)
SVG = "http://www.w3.org/2000/svg"
# A manifest storage refuses a reference to a source map that was not copied.
SOURCE_MAP = re.compile(rb"\n?(?://[#@] sourceMappingURL=.*|/\*[#@] sourceMappingURL=.*?\*/)\s*")


def copy_files() -> None:
    for source, target in FILES.items():
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        if destination.suffix in {".js", ".css"}:
            destination.write_bytes(SOURCE_MAP.sub(b"\n", (MODULES / source).read_bytes()))
        else:
            shutil.copyfile(MODULES / source, destination)


def build_sprite() -> None:
    ET.register_namespace("", SVG)
    sprite = ET.Element(f"{{{SVG}}}svg")
    for name in ICONS:
        icon = ET.parse(MODULES / "bootstrap-icons" / "icons" / f"{name}.svg").getroot()
        symbol = ET.SubElement(sprite, f"{{{SVG}}}symbol", id=name, viewBox=icon.get("viewBox", ""))
        symbol.extend(icon)
    ET.ElementTree(sprite).write(VENDOR / "icons.svg", encoding="utf-8")


if __name__ == "__main__":
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_files()
    build_sprite()

"""Two ways to use a page, with one interface: by pointer, and by keyboard alone.

Neither can open an address: a journey made by hands goes where visible links and buttons lead.
"""

import re

from playwright.sync_api import expect

# More Tab stops than any page has: reaching this means that the target cannot be reached.
MOST_STOPS = 150
AT_THE_START = "() => document.activeElement === document.body"
HAS_FOCUS = "element => element === document.activeElement"
# As it is painted: before, a page may still be on its way to what has the focus. On a busy machine
# that takes several frames; what never comes is told after the last of them.
FOCUS = """async () => {
    const here = document.activeElement;
    const seen = (box) => box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
        && box.top < innerHeight && box.left < innerWidth;
    for (let frame = 0; frame < 1 || (frame < 30 && !seen(here.getBoundingClientRect())); frame++) {
        await new Promise(requestAnimationFrame);
    }
    const ring = (part) => {
        const style = getComputedStyle(here, part);
        return style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
    };
    const box = here.getBoundingClientRect();
    const between = (low, high, limit) => (Math.max(low, 0) + Math.min(high, limit)) / 2;
    const hit = document.elementFromPoint(
        between(box.left, box.right, innerWidth), between(box.top, box.bottom, innerHeight));
    return {
        what: here.outerHTML.slice(0, 160),
        isSkipLink: here.matches(".skip-link"),
        // Where a whole row is the link, the ring is drawn round the row.
        ring: Math.max(ring(), ring("::after")),
        seen: seen(box),
        covered: Boolean(hit) && !hit.contains(here) && !here.contains(hit),
        isEnd: here === document.body,
    };
}"""


def spoken(name):
    """Return a pattern for a name as it is read out: before words hidden from view stands a blank."""
    return re.compile(rf"^{re.escape(name).replace('（', ' ?（')}$")


class Hand:
    """Uses one page of a browser."""

    def __init__(self, page):
        self.page = page

    def press(self, target):
        """Activate a link or a button."""
        raise NotImplementedError

    def replace(self, target, text):
        """Replace what stands in a text field."""
        raise NotImplementedError

    def toggle(self, target):
        """Tick or untick a checkbox, choose a radio button."""
        raise NotImplementedError

    def menu(self, name):
        """Go to an entry of the main menu; on a phone it is opened first."""
        expect(self.page.locator("#menu")).to_be_attached()
        entry = self.page.locator("#menu").get_by_role("link", name=spoken(name))
        opener = self.page.get_by_role("button", name="メニュー")
        if opener.is_visible():
            self.press(opener)
        self.press(entry)

    def sign_out(self):
        """Sign out; on a phone the button is in the menu."""
        opener = self.page.get_by_role("button", name="メニュー")
        if opener.is_visible():
            self.press(opener)
        self.button("ログアウトする")

    def link(self, name, *, within="body"):
        self.press(self.page.locator(within).get_by_role("link", name=spoken(name)).first)

    def button(self, name):
        self.press(self.page.get_by_role("button", name=name, exact=True))

    def write(self, label, text):
        """Replace the text of the field with this visible label."""
        field = self.page.get_by_label(re.compile(rf"^{re.escape(label)}\s*※"))
        self.replace(field, text)

    def sees(self, text):
        expect(self.page.locator("body")).to_contain_text(text)

    def sign_in(self, username, password):
        self.write("ユーザー名", username)
        self.write("パスワード", password)
        self.button("ログインする")

    def download(self, name):
        """Follow a download link; return the bytes that arrive."""
        with self.page.expect_download() as download:
            self.link(name)
        return download.value.path().read_bytes()


class Mouse(Hand):
    def press(self, target):
        target.click()

    def replace(self, target, text):
        target.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def toggle(self, target):
        target.click()


class Keyboard(Hand):
    """Tab, Enter, space and typing. Every stop on the way must be visible and bear the ring of the focus."""

    def reach(self, target):
        expect(target).to_be_visible()
        for _ in range(MOST_STOPS):
            self.tab()
            if target.evaluate(HAS_FOCUS):
                return
        raise AssertionError(f"{target} cannot be reached by Tab on {self.page.url}")

    def tab(self):
        """Go to the next stop; on a fresh page that is the skip link. After the last one the page begins anew."""
        is_first = self.page.evaluate(AT_THE_START)
        self.page.keyboard.press("Tab")
        stop = self.page.evaluate(FOCUS)
        if stop["isEnd"]:
            return stop
        if is_first:
            assert stop["isSkipLink"], stop["what"]
        assert stop["ring"] >= 2, f"no ring on {stop['what']}"
        assert stop["seen"], f"outside the window: {stop['what']}"
        assert not stop["covered"], f"covered by something else: {stop['what']}"
        return stop

    def walk(self):
        """Go through all stops of a fresh page; return them."""
        stops = []
        for _ in range(MOST_STOPS):
            stop = self.tab()
            if stop["isEnd"]:
                return stops
            stops.append(stop)
        raise AssertionError(f"the focus does not come out of {self.page.url}")

    def press(self, target):
        self.reach(target)
        self.page.keyboard.press("Enter")

    def replace(self, target, text):
        self.reach(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def toggle(self, target):
        self.reach(target)
        self.page.keyboard.press("Space")

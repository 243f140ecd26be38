"""What a page must hold in a real browser: one heading, no error in the console, nothing wider than the screen, no serious finding of axe-core."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from dashboard.navigation import ENTRIES, Entry
from scoring.model import Role
from scoring.permissions import may
from tests.browser.conftest import PATIENCE

WIDE, PHONE = 1400, 390
TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Mobi"
_DONE = "[data-testid=stApp][data-test-script-state=notRunning]"
_TALLEST = 5000

IDS = {"overview": "period=2026Q2", "unit": "period=2026Q2&unit=mochuan", "briefing": "period=2026Q2&unit=mochuan", "heatmap": "period=2026Q2"}
"""What an address says beside the role, where a page shows more with it; pages that are not named here are opened bare."""


@dataclass(frozen=True, slots=True)
class Known:
    """A node of Streamlit's own that we cannot change: the rule it breaks, how to tell it, and why it stays."""

    rule: str
    selector: str
    why: str


ALLOWED = (
    Known(
        "color-contrast",
        "[data-testid=stButtonGroup] [data-selected=true]",
        "the chosen part of a segmented control is drawn in the dark theme's primary colour, 3.8:1: one colour cannot carry white button labels and text on a dark page",
    ),
    Known(
        "scrollable-region-focusable",
        "[data-testid=stCode] pre",
        "Streamlit's st.code scrolls sideways and takes no focus; the copy button beside it gives the text",
    ),
)

# Without preload axe asks for no style sheet again; only its checks of autoplay and of locked orientation (neither serious) would need one.
_FOUND = """async (allowed) => {
  const result = await axe.run(document, {resultTypes: ['violations'], preload: false});
  const known = (rule, node) => {
    const element = document.querySelector(node.target[node.target.length - 1]);
    return element && allowed.some(one => one.rule === rule && element.closest(one.selector));
  };
  return result.violations.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => ({rule: one.id, nodes: one.nodes.filter(node => !known(one.id, node)).map(node => node.html.slice(0, 160))}))
    .filter(one => one.nodes.length);
}"""


def entries(role: Role, *, also: Role | None = None) -> list[Entry]:
    """The pages of a role; `also`: without those that this other role may open as well."""
    return [entry for entry in ENTRIES if may(role, entry.action) and not (also and may(also, entry.action))]


def address(entry: Entry, role: Role) -> str:
    """Where a page is, with its ids."""
    path = "" if entry.path == "overview" else entry.path
    return f"/{path}?role={role.zh}" + (f"&{IDS[entry.path]}" if entry.path in IDS else "")


@contextmanager
def window(chromium: Browser, server: str, width: int, scheme: Literal["light", "dark"] = "light") -> Iterator[tuple[Page, list[str]]]:
    """A page as wide as asked, a telephone's below 500 px, and what its console complains of."""
    phone = width < 500
    context = chromium.new_context(
        viewport={"width": width, "height": 844 if phone else 1000},
        locale="zh-CN",
        base_url=server,
        color_scheme=scheme,
        user_agent=TELEPHONE if phone else None,
        has_touch=phone,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said: list[str] = []

    def noted(message: ConsoleMessage) -> None:
        # Streamlit asks below a deep link's path for what lies at the root: 404, harmless.
        if message.type == "error" and "/_stcore/" not in str(message.location.get("url", "")):
            said.append(message.text)

    page.on("console", noted)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, said
    context.close()


def visit(page: Page, to: str) -> None:
    """Open an address: the first one afresh, the next as the browser's own Forward does, which spares reading Streamlit's 5 MB of scripts again."""
    if page.url == "about:blank":
        page.goto(to)
    else:
        before = page.get_by_role("heading", level=1).first.inner_text()
        page.evaluate("(to) => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate', {state: {}})); }", to)
        page.wait_for_function("(old) => { const now = document.querySelector('h1'); return now && now.innerText !== old; }", arg=before)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page was run and its charts are drawn."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    page.wait_for_selector(_DONE)
    page.wait_for_function("() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(one => one.querySelector('.main-svg'))")
    page.wait_for_timeout(250)


def too_wide(page: Page) -> int:
    """Pixels by which anything is wider than the screen."""
    found: int = page.evaluate("""() => {
      const main = document.querySelector('[data-testid=stMain]') || document.documentElement;
      return Math.max(document.documentElement.scrollWidth - document.documentElement.clientWidth, main.scrollWidth - main.clientWidth);
    }""")
    return found


def needed_height(page: Page) -> int:
    """Height of the page's content."""
    found: int = page.evaluate("() => (document.querySelector('[data-testid=stMain]') || document.documentElement).scrollHeight")
    return min(found, _TALLEST)


def violations(page: Page, allowed: Sequence[Known] = ALLOWED) -> list[str]:
    """Serious and critical findings of axe-core, one line a rule, without the nodes that are known."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(_FOUND, [{"rule": one.rule, "selector": one.selector} for one in allowed])
    return [f"{one['rule']}: {json.dumps(one['nodes'][:3], ensure_ascii=False)}" for one in found]

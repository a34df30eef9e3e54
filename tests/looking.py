"""Pages of the test's own book as a browser shows them: what the site answers is handed to it, no server in between."""

import re
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from parts import require

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
HOST = "http://localhost"
SCALES = {
    "desk": {"width": 1280, "height": 800}, "twice as large": {"width": 640, "height": 400},
    "narrow": {"width": 320, "height": 640},
}  # fmt: skip


@contextmanager
def chromium():
    """Debian's Chromium; while its loop of events runs, Django asks no database."""
    require("chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield browser
        browser.close()


@lru_cache
def _kept(name):
    return finders.find(name)


@dataclass(frozen=True)
class Shown:
    """A page as the site answered it to an account."""

    path: str
    account: str
    status: int
    headers: dict[str, str]
    body: bytes


def asked(client: Client, account: str, path: str) -> Shown:
    """What the site answers to an account; it is asked before there is a browser, whose loop no database is asked in."""
    found = client.get(path)
    whole = b"".join(found.streaming_content) if found.streaming else found.content
    return Shown(path, account, found.status_code, dict(found.items()), whole)


def show(page, shown: Shown):
    """A page of the browser opens what the site answered; its styles and scripts come from where they are kept."""

    def answer(route):
        path = urlsplit(route.request.url).path
        if path.startswith("/static/"):
            return route.fulfill(path=_kept(path.removeprefix("/static/")))
        if path == urlsplit(shown.path).path:
            return route.fulfill(status=shown.status, headers=shown.headers, body=shown.body)
        return route.fulfill(status=204)

    page.unroute_all()
    page.route(re.compile(f"^{HOST}/"), answer)
    page.goto(f"{HOST}{shown.path}")


# What no rule of axe asks, by the numbers of the criteria; each gives the parts of the page that miss it.
SEEN = """
const seen = (e) => e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && !e.closest(".off");
const said = (e) => `${e.tagName.toLowerCase()}${e.className.baseVal ?? e.className ? "." + (e.className.baseVal ?? e.className) : ""} `
  + (e.getAttribute("name") || e.textContent.trim().replace(/\\s+/g, " ")).slice(0, 30);
const PRESSED = "a[href], button, summary, input:not([type=hidden]), select, textarea";
const sentence = (e) => e.matches("a") && getComputedStyle(e).display === "inline"
  && [...e.parentElement.childNodes].some((n) => n.nodeType === 3 && /[\\p{L}\\p{N}]/u.test(n.data));
const box = (e) => {
  const label = e.matches("[type=checkbox], [type=radio]") && (e.closest("label") || document.querySelector(`label[for="${CSS.escape(e.id)}"]`));
  return (label || e).getBoundingClientRect();
};
"""
RUNS_OFF = f"""() => {{{SEEN}
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const scrolls = (e) => {{ for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(p).overflowX)) return true; return false; }};
  const found = [...document.body.querySelectorAll("*")]
    .filter((e) => seen(e) && e.getBoundingClientRect().right > wide + 1 && !scrolls(e));
  return [`${{document.documentElement.scrollWidth}}`, ...found.map(said)].slice(0, 6);
}}"""
SMALL = f"""(least) => {{{SEEN}
  const all = [...document.querySelectorAll(PRESSED)].filter((e) => seen(e) && !sentence(e) && !e.closest("svg"));
  const boxes = all.map(box);
  const crowded = (b, i) => boxes.some((o, j) => j !== i && all[j].parentElement && !all[i].contains(all[j]) && !all[j].contains(all[i])
    && Math.abs(o.left + o.width / 2 - b.left - b.width / 2) < 24 && Math.abs(o.top + o.height / 2 - b.top - b.height / 2) < 24);
  return all.filter((e, i) => {{
    const b = boxes[i];
    if (!b.width || !b.height) return false;
    if (least > 24) return !e.matches("a:not(.btn)") && b.height < least;
    return (b.width < least || b.height < least) && crowded(b, i);
  }}).map((e) => `${{said(e)}} ${{Math.round(box(e).width)}}x${{Math.round(box(e).height)}}`);
}}"""
FOCUS = f"""() => {{{SEEN}
  const found = [];
  for (const e of document.querySelectorAll(PRESSED + ", [tabindex='0']")) {{
    if (!seen(e) || e.disabled || e.closest("svg")) continue;
    e.focus({{focusVisible: true}});
    if (document.activeElement !== e) continue;
    const ring = [e, e.parentElement, e.closest("label")].filter(Boolean).some((p) => {{
      const s = getComputedStyle(p); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; }});
    if (!ring) found.push("no outline: " + said(e));
    const b = e.getClientRects()[0];
    const at = b && document.elementFromPoint(b.left + Math.min(b.width / 2, 12), b.top + b.height / 2);
    if (at && at !== e && !e.contains(at) && !at.contains(e) && !at.closest("label")) found.push(`hidden under ${{said(at)}}: ${{said(e)}}`);
  }}
  document.activeElement.blur();
  return found;
}}"""
FOREIGN = f"""() => {{{SEEN}
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = texts.nextNode();) {{
    const e = n.parentElement, lang = e.closest("[lang]").lang;
    if (e.closest("script, style, input, textarea, svg") || !seen(e)) continue;
    const han = /\\p{{Script=Han}}/u.test(n.data), words = /[a-z]{{2,}} [a-z]{{2,}} [a-z]{{2,}}/.test(n.data);
    if ((lang === "en" && han) || (lang === "zh-CN" && words && !han)) found.push(`${{lang}}: ${{n.data.trim().slice(0, 40)}}`);
  }}
  return found;
}}"""


AXE = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}


def missed(page) -> dict[str, list[str]]:
    """What a page misses, by what was asked of it: nothing where it misses nothing."""
    page.set_viewport_size(SCALES["desk"])
    found = {
        "axe": [
            f"{rule['id']} {part['html'][:90]}"
            for rule in Axe().run(page, options=AXE).response["violations"]
            for part in rule["nodes"]
        ],
        "title": [] if re.fullmatch(r".+ · .+", page.title()) else [page.title()],
        "one h1": [] if page.locator("h1").count() == 1 else page.locator("h1").all_inner_texts(),
        "another language": page.evaluate(FOREIGN),
        "smaller than 24 px": page.evaluate(SMALL, 24),
        "focus": page.evaluate(FOCUS),
    }
    for scale, size in SCALES.items():
        page.set_viewport_size(size)
        found[f"runs off, {scale}"] = page.evaluate(RUNS_OFF)
    found["smaller than 44 px on touch"] = page.evaluate(SMALL, 42)  # of the search the box, with its border
    return {asked: parts for asked, parts in found.items() if parts}

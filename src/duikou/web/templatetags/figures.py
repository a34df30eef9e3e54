"""Template words: a figure as a link, its tags, words of the field, the frame of the page, addresses in its language."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duikou.rules import period as periods
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.web import addresses, language
from duikou.web import frame as frames
from duikou.web import menu as menus
from duikou.web.seeing import withdrawn

register = template.Library()

HAN = re.compile("[\u4e00-\u9fff]")

CLASS = {"calculated": "calc", "approximate": "approx", "expected": "fore", "unreported": "none", "withheld": "none"}


@register.simple_tag
def root() -> str:
    """What every address of the page begins with: {% root %}/p/…"""
    return addresses.root()


@register.simple_tag
def lang() -> str:
    """The language of the page as HTML writes it."""
    return language.lang()


@register.simple_tag
def tongue(text: object) -> SafeString:
    """The language of words that may not be in that of the page: <td{% tongue row.title %}>."""
    return SafeString(' lang="zh-CN"' if language.english() and HAN.search(str(text)) else "")


@register.simple_tag
def fig(figure: Figure, unit: bool = True, tags: bool = True, bare: bool = False) -> SafeString:
    """A figure as the link to its trail, with unit and tags; blank: no number, the tag 未报. `bare`: neither."""
    if figure.mark == "apart":
        return _apart(figure)
    marks = figure_tags(figure) if tags and not bare else SafeString("")
    if figure.blank:
        return marks or _empty(figure)
    link = format_html(
        '<a class="fig" href="{}"{}>{}</a>', addresses.figure_href(figure.name), tongue(figure.number), figure.number
    )
    said = format_html("<small{}>{}</small>", tongue(figure.unit), figure.unit) if unit and not bare else ""
    return format_html_join(" ", "{}", ((part,) for part in (link, said, marks) if part))


def _apart(figure: Figure) -> SafeString:
    """不能相加, with the reason as its title, as the link to the records side by side."""
    href, why = addresses.figure_href(figure.name), figure.standing.blank
    said = language.say("nature", "apart")
    return format_html('<a class="tag none apart" href="{}" title="{}">{}</a>', href, why, said)


def _empty(figure: Figure) -> SafeString:
    return format_html('<span class="blank" title="{}"></span>', figure.standing.blank)


@register.simple_tag
def figure_tags(figure: Figure) -> SafeString:
    """The tags of a figure: only what a reader must know; a plain number has none."""
    found = [_apart(figure)] if figure.mark == "apart" else []
    if figure.forecast and figure.value is not None and not figure.value.exact:
        found.append(tag("nature", "approximate"))
    if figure.nature in CLASS:
        found.append(tag("nature", figure.nature))
    return format_html_join(" ", "{}", ((mark,) for mark in found))


@register.simple_tag
def tag(list_name: str, code: str) -> SafeString:
    """A tag with a word of the field."""
    return _tag(CLASS.get(code, "none"), language.say(list_name, code))


@register.simple_tag
def asked_tag(figure: Figure) -> SafeString:
    """待核 where a question about the figure is open, with the questions as its title."""
    if not figure.asked:
        return SafeString("")
    return _tag("todo", language.say("tag", "asked"), "；".join(figure.standing.questions))


@register.simple_tag(takes_context=True)
def gone(context: Mapping[str, Any], document: int) -> SafeString:
    """已撤下 beside a document that was withdrawn; asked of the book once a page."""
    return tag("document_state", "withdrawn") if document in withdrawn(context["request"]) else SafeString("")


def _tag(look: str, words: str, title: str = "") -> SafeString:
    """A tag in the language of the page, which may stand in a part that is not in that language yet."""
    spoken = format_html(' lang="{}"', language.lang()) if language.english() else ""
    said = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="tag {}"{}{}>{}</span>', look, spoken, said, words)


@register.filter
def word(code: str | None, list_name: str) -> str:
    """The word of a code: {{ row.state|word:"finding_state" }}."""
    return language.say(list_name, code or "")


@register.filter
def area(code: str) -> str:
    """The short name of an area: {{ office.area|area }}."""
    return language.area_name(code)


@register.filter
def words(quantity: Any) -> str:
    """A quantity in words: 200万元."""
    return write(quantity).text if quantity is not None else ""


@register.filter
def days(code: str) -> str:
    """A period in words: 2010年8月—2011年8月."""
    return language.period_words(periods.parse(code))


@register.simple_tag(takes_context=True)
def frame(context: Mapping[str, Any]) -> frames.Frame | None:
    """The frame of the page being rendered: {% frame as frame %}."""
    return frames.frame_of(context)


@register.simple_tag(takes_context=True)
def me(context: Mapping[str, Any]) -> frames.Me | None:
    """Who is signed in; nothing for a visitor and where nobody could be asked."""
    request = context.get("request")
    return frames.me(request) if request is not None and request.user.is_authenticated else None


@register.simple_tag(takes_context=True)
def languages(context: Mapping[str, Any]) -> list[frames.Choice]:
    """The same page in each language; a page that knows no request says its `path`."""
    request = context.get("request")
    return frames.languages(request.get_full_path() if request is not None else context.get("path", "/"))


@register.simple_tag(takes_context=True)
def help_href(context: Mapping[str, Any]) -> str:
    """The help for the page being rendered; a page that knows no request has the help for all."""
    request = context.get("request")
    return addresses.help_href(request.path if request is not None else "")


@register.simple_tag
def nearest(path: str) -> str:
    """The nearest address above one that was not found."""
    return frames.nearest(path)


@register.simple_tag
def who_grants(programme: str = "") -> str:
    """Who can give a right."""
    return frames.who_grants(programme)


@register.simple_block_tag(takes_context=True)
def menu(context: Mapping[str, Any], content: str) -> SafeString:
    """The menu with the current item named by the block `section` inside it."""
    frame = context.get("frame")
    if frame is None:
        return SafeString("")
    current = content.strip() or menus.left(frame)[0].code
    return render_to_string("menu.html", {"left": menus.left(frame), "right": menus.right(frame), "current": current})


@register.filter
def makeup(figure: Figure) -> list[str]:
    """How a stated total stands: 构成已列 200/1000，数不变; 来源 1000 + 其后 200 = 1200."""
    s = figure.standing
    if s.total is None or figure.value is None:
        return []
    scale = write(s.total).scale
    total = write(s.total, scale).number
    said = []
    if s.later is not None:
        said.append(f"来源 {total} + 其后 {write(s.later, scale).number} = {write(figure.value, scale).number}")
    if s.listed is not None:
        said.append(f"构成已列 {write(s.listed, scale).number}/{total}，数不变")
    return said

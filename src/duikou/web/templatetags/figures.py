"""Template words: a figure as a link, its tags, words of the field, the frame of the page."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duikou.rules import period as periods
from duikou.rules.writing import write
from duikou.statistics.figure import Figure
from duikou.terms.words import zh
from duikou.web import frame as frames

register = template.Library()

CLASS = {"calculated": "calc", "approximate": "approx", "expected": "fore", "unreported": "none"}


@register.simple_tag
def fig(figure: Figure, unit: bool = True, tags: bool = True, bare: bool = False) -> SafeString:
    """A figure as the link to its trail, with unit and tags; blank: no number, the tag 未报. `bare`: neither."""
    marks = figure_tags(figure) if tags and not bare else SafeString("")
    if figure.blank:
        return marks or _empty(figure)
    link = format_html('<a class="fig" href="/f/{}">{}</a>', figure.name, figure.number)
    said = format_html("<small>{}</small>", figure.unit) if unit and not bare else ""
    return format_html_join(" ", "{}", ((part,) for part in (link, said, marks) if part))


def _empty(figure: Figure) -> SafeString:
    return format_html('<span class="blank" title="{}"></span>', figure.standing.blank)


@register.simple_tag
def figure_tags(figure: Figure) -> SafeString:
    """The tags of a figure: only what a reader must know; a plain number has none."""
    found = []
    if figure.forecast and figure.value is not None and not figure.value.exact:
        found.append(tag("nature", "approximate"))
    if figure.nature in CLASS:
        found.append(tag("nature", figure.nature))
    return format_html_join(" ", "{}", ((mark,) for mark in found))


@register.simple_tag
def tag(list_name: str, code: str) -> SafeString:
    """A tag with a word of the field."""
    return format_html('<span class="tag {}">{}</span>', CLASS.get(code, "none"), zh(list_name, code))


@register.simple_tag
def asked_tag(figure: Figure) -> SafeString:
    """待核 where a question about the figure is open, with the questions as its title."""
    if not figure.asked:
        return SafeString("")
    return format_html(
        '<span class="tag todo" title="{}">{}</span>', "；".join(figure.standing.questions), zh("record", "finding")
    )


@register.filter
def word(code: str | None, list_name: str) -> str:
    """The word of a code: {{ row.state|word:"finding_state" }}."""
    return zh(list_name, code or "")


@register.filter
def words(quantity: Any) -> str:
    """A quantity in words: 200万元."""
    return write(quantity).text if quantity is not None else ""


@register.filter
def days(code: str) -> str:
    """A period in words: 2010年8月—2011年8月."""
    return periods.parse(code).zh


@register.simple_tag(takes_context=True)
def frame(context: Mapping[str, Any]) -> frames.Frame | None:
    """The frame of the page being rendered: {% frame as frame %}."""
    return frames.frame_of(context)


@register.simple_tag
def nearest(path: str) -> str:
    """The nearest address above one that was not found."""
    return frames.nearest(path)


@register.simple_tag
def who_grants() -> str:
    """Who can give a right."""
    return frames.who_grants()


MENU = (
    ("overview", "总览", ""), ("funds", "资金", "#funds"), ("projects", "项目", "#projects"),
    ("people", "人才与教育", "#people"), ("gifts", "社会捐助", "#gifts"), ("industry", "产业合作", "#industry"),
    ("exchanges", "往来会商", "#exchanges"),
)  # fmt: skip


@register.simple_block_tag(takes_context=True)
def menu(context: Mapping[str, Any], content: str) -> SafeString:
    """The menu with the current item named by the block `section` inside it."""
    frame = frames.frame_of(context)
    if frame is None:
        return SafeString("")
    current = content.strip() or "overview"
    return render_to_string("menu.html", {"items": _items(frame), "more": _more(frame), "current": current})


def _items(frame: frames.Frame) -> list[tuple[str, str, str, int | None]]:
    """The menu left: sections of the dashboard, then tables, report, library."""
    sections = [(name, words, f"{frame.home}{anchor}", None) for name, words, anchor in MENU]
    return [
        *sections,
        ("tables", "统计表", f"{frame.home}t/overview/", None),
        ("reports", "情况汇报", f"{frame.home}reports/situation.docx", None),
        ("library", "资料库", f"{frame.home}d/", None),
    ]


def _more(frame: frames.Frame) -> list[tuple[str, str, str, int | None]]:
    """The menu right: submit for those who may, and what is to be verified with its number."""
    submit = [("submit", "填报", f"{frame.home}funds/new", None)] if frame.may_record else []
    return [*submit, ("check", "核对", f"{frame.home}#check", len(frame.book.questions))]


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

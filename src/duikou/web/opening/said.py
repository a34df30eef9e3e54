"""What is typed in the forms of opening: areas and organisations by name or code, former names a line each."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from duikou.acts.doing import today
from duikou.records.models import Organisation
from duikou.rules.typed import read_day, visible
from duikou.terms.words import Region, regions

NAMED = 6  # areas or organisations that an objection names


def areas() -> list[Region]:
    """The areas of today, each by the code that it bears now."""
    return [row for rows in regions().values() for row in rows if in_force(row, today())]


def in_force(row: Region, day: date) -> bool:
    """Whether an area bears its code on a day."""
    begun = row.valid_from is None or row.valid_from <= day
    return begun and (row.valid_until is None or row.valid_until >= day)


def area_said(text: str) -> Region:
    """The area that is meant by a code, a full or a short name; ValueError says what may be written."""
    rows = [row for found in regions().values() for row in found if text in (row.code, row.name, row.short)]
    found = [row for row in rows if in_force(row, today())]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"“{text}”有 {len(found)} 个：{_named(found)}；写代码")
    if ended := next((row for row in rows if row.successor), None):
        heir = regions()[ended.successor][-1]
        raise ValueError(f"“{text}”（{ended.code}）用到 {ended.valid_until} 为止；写 {heir.short} 或 {heir.code}")
    alike = [row for row in areas() if len(text) > 1 and text in row.name]
    hint = f"相近的有{_named(alike)}" if alike else "名单里没有的，由系统管理员用 duikou areas 导入"
    raise ValueError(f"没有区划“{text}”；写全称、简称或 6 位代码，如 和田地区 或 653200；{hint}")


def _named(rows: list[Region]) -> str:
    listed = "、".join(f"{row.name} {row.code}" for row in rows[:NAMED])
    return listed + (f"等 {len(rows)} 个" if len(rows) > NAMED else "")


class AreaField(forms.CharField):
    """An area by name or code: its code."""

    def __init__(self, label: str, **more: Any) -> None:
        widget = forms.TextInput(attrs={"list": "areas", "autocomplete": "off"})
        super().__init__(label=label, max_length=40, widget=widget, **more)

    def clean(self, value: Any) -> str:
        """The code; what is no area of today is told in words."""
        text = visible(super().clean(value) or "")
        if not text:
            return ""
        try:
            return area_said(text).code
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None


def organisation_said(text: str) -> Organisation | None:
    """The organisation of a code, a name or a short name; nothing where the book has none; ValueError where it has several."""
    rows = Organisation.objects.filter(code=text) or Organisation.objects.filter(name=text)
    found = list(rows or Organisation.objects.filter(short=text))
    if len(found) > 1:
        listed = "、".join(f"{row.name} {row.code}" for row in found[:NAMED])
        raise ValueError(f"“{text}”有 {len(found)} 个：{listed}；写代码")
    return found[0] if found else None


def former_names(text: str) -> Iterator[tuple[str, str, str]]:
    """Former names as items of a record: a line each, 名称：至某日; ValueError names the line that cannot be read."""
    for number, line in enumerate(filter(None, (visible(line) for line in text.splitlines())), 1):
        name, _, until = line.replace(":", "：").partition("：")
        if not name.strip() or not until.strip():
            raise ValueError(f"第 {number} 行“{line[:30]}”：写成 名称：至某日，如 望澜市扶贫办：至2021-05-31")
        try:
            day = read_day(until.strip().removeprefix("至").removesuffix("止"))
        except ValueError as odd:
            raise ValueError(f"第 {number} 行：{odd}") from None
        yield "former", name.strip(), f"至{day.isoformat()}"

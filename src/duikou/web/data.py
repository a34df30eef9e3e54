"""A figure as plain data (L6): /f/{name}.json with its records and passages, /f/{name}.csv with its records."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse

from duikou.records.models import Programme
from duikou.reports.iati import activities
from duikou.rules.quantity import Quantity
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import Definition
from duikou.statistics.explain import sentence
from duikou.statistics.figure import BadName, Name, parse
from duikou.statistics.members import Member
from duikou.statistics.passages import Passage
from duikou.statistics.trace import Trail, trail
from duikou.statistics.trace_said import equation, with_source
from duikou.statistics.values import RefusedSum

from .book import snapshot
from .doors import door, of_figure, of_programme
from .listing import files
from .makeup import make_up
from .proofs import proofs

ROUNDING = "once, half away from zero, from the base unit"
HEADS = ("记录", "单位", "形式", "用途", "数值", "下限", "上限", "计量单位", "计入", "理由", "出处", "原文词句")


def as_json(request: HttpRequest, name: str) -> JsonResponse:
    """The figure's four groups, its sentence, records and passages; 422 where the sum is not allowed."""
    try:
        wanted, line = parse(name)
    except (BadName, KeyError) as error:
        return _json({"error": str(error.args[0])}, 404)
    try:
        return _json(data_of(snapshot(line), wanted))
    except RefusedSum as error:
        why = error.refusal
        refused = {"question": why.question, "reason": why.reason, "instead": why.instead}
        return _json({"name": str(wanted), "refused": refused}, 422)


def data_of(taken: Snapshot, wanted: Name) -> dict[str, Any]:
    """A figure with its trail as plain data; RefusedSum where the sum is not allowed."""
    found = trail(taken, wanted)
    shown = found.figure.as_data()
    shown["identity"] |= {"first": str(wanted.days.first), "last": str(wanted.days.last)}
    shown["writing"] |= {"digits": len(found.figure.number.partition(".")[2]), "rounding": ROUNDING}
    return shown | {
        "definition": definition_data(wanted.definition),
        "sentence": sentence(wanted.definition),
        "make_up": _make_up(found),
        "checks": [
            {"state": proof.state, "title": proof.title, "detail": proof.detail} for proof in proofs(taken, found)
        ],
        "equation": equation(found),
        "with_source": with_source(found),
        "members": [_member(m) for m in found.members],
        "made_of": [part.figure.as_data() for part in found.parts],
        "head": taken.head.full,
    }


def definition_data(of: Definition) -> dict[str, Any]:
    """The sheet of a figure as plain data: what is added or counted, in which unit, who answers for it, from which day."""
    return {
        "code": of.code, "version": of.version, "name": of.name, "en": of.en, "why": of.why, "sentence": sentence(of),
        "how": _how(of), "adds": of.add, "unit": of.unit, "kind": of.kind, "of": of.of,
        "where": {column: list(words) for column, words in of.where.items()},
        "by": list(of.by), "share": [code for code in of.share if code], "rests_on": of.rests_on, "author": of.author,
        "checked_by": of.checked_by, "valid_from": str(of.valid_from or ""),
    }  # fmt: skip


def _how(of: Definition) -> str:
    """How its number is had from its records: one divided by another, different persons, records counted, values added."""
    return "share" if of.share != ("", "") else "heads" if of.distinct else "count" if of.count else "sum"


def _make_up(found: Trail) -> dict[str, Any]:
    """The drawing of what a figure is made of, as numbers."""
    made = make_up(found)
    parts = [{"label": bar.label, "number": bar.number, "from": bar.x, "width": bar.width} for bar in made.bars]
    return {"said": made.subtitle, "equation": made.equation, "parts": parts}


def iati(request: HttpRequest, programme: str) -> StreamingHttpResponse:
    """A published programme as IATI 2.03 activities, sent as it is written; 404 while it is not published."""
    if not Programme.objects.filter(code=programme).exclude(published=None).exists():
        raise Http404("没有公开的项目方案不导出")
    answer = StreamingHttpResponse(activities(snapshot(), programme), content_type="application/xml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{programme}.iati.xml"'
    return answer


def taken(request: HttpRequest, name: str) -> files.Listing | HttpResponse:
    """The records of a figure, those left out with the reason."""
    try:
        wanted, line = parse(name)
        found = trail(snapshot(line), wanted)
    except (BadName, KeyError) as error:
        raise Http404(str(error.args[0])) from None
    except RefusedSum as error:
        return HttpResponse(str(error), status=422, content_type="text/plain; charset=utf-8")
    members = [*found.counted, *found.left_out, *(m for part in found.parts for m in part.counted)]
    return files.Listing(found.figure.tag, wanted.definition.name, HEADS, map(_line, members), wide=3)


def _line(member: Member) -> list[object]:
    places = dict.fromkeys(f"《{p.title}》{p.place}" for p in member.passages)
    return [
        member.number, member.who, member.form, member.label, member.text, *_bounds(member.value).values(),
        "是" if member.counted else "否", member.reason, "；".join(places), "；".join(p.fragment for p in member.passages),
    ]  # fmt: skip


def _member(member: Member) -> dict[str, Any]:
    return {
        "record": f"{member.kind}-{member.number}",
        "label": member.label,
        "who": member.who,
        "form": member.form,
        "text": member.text,
        **_bounds(member.value),
        "hedge": member.value.hedge if member.value else None,
        "counted": member.counted,
        "reason": member.reason,
        "questions": list(member.questions),
        "passages": [passage_data(p) for p in member.passages],
    }


def _bounds(value: Quantity | None) -> dict[str, Any]:
    """Both ends and the unit they are kept in; empty where there is no number."""
    return (
        {"low": value.low, "high": value.high, "unit": value.unit} if value else dict.fromkeys(("low", "high", "unit"))
    )


def passage_data(p: Passage) -> dict[str, Any]:
    """A passage as plain data."""
    return {
        "title": p.title, "grade": p.grade, "digest": p.digest, "section": p.section, "paragraph": p.paragraph,
        "fragment": p.fragment, "said": p.said, "side": p.side,
    }  # fmt: skip


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False, "indent": 1})


urlpatterns = [
    door("p/<slug:programme>/iati.xml", iati, "see_figures", of_programme, name="iati"),
    door("f/<str:name>.json", as_json, "see_figures", of_figure),
    *files.doors("f/<str:name>", taken, "see_figures", of_figure, name="figure"),
]

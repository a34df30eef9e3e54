"""What the interface answers when it does not do a thing: one shape (RFC 9457) with all problems at once."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse

from duikou.rules.problem import Problem
from duikou.statistics.values import RefusedSum
from duikou.terms.words import word, zh
from duikou.web.typed import FIELD_OF

from .shapes import Sentence, Shape

MEDIA = "application/problem+json"
_log = logging.getLogger("duikou.interface")


@dataclass(frozen=True)
class Kind:
    """One kind of refusal: its name, what it is and what to do about it, in 中文 and English."""

    name: str
    zh: str
    en: str
    do: str
    do_en: str


KINDS = {
    400: Kind("unreadable", "请求读不成", "The request cannot be read", "送 UTF-8 的 JSON，至多 8 层",
              "Send JSON in UTF-8, at most 8 levels deep."),
    401: Kind("who", "要说明是谁", "Who asks is not known", "送今天有效的密钥", "Send a key that is valid today."),
    403: Kind("duty", "没有这项职责", "Not among your duties", "找安全管理员开通",
              "Ask the security officer for a role or key that may."),
    404: Kind("absent", "没有，或者看不到", "Not there, or not yours to see", "核对地址和密钥能到的范围",
              "Check the address and the reach of the key."),
    405: Kind("method", "没有这种办法", "No such method here", "用 Allow 头里的办法", "Use a method that Allow names."),
    409: Kind("moved", "账本已变动", "The book has moved on", "重新核对，用新的行号登记",
              "Check again and record with the line of that check."),
    410: Kind("gone", "原文已撤下", "The text was withdrawn", "改用记录；原文不再提供",
              "Use the records; the text is gone for good."),
    413: Kind("large", "正文太大", "The body is too large", "至多 1 MB，分成几次送", "Send at most 1 MB; split the list."),
    415: Kind("media", "正文不是 JSON", "The body is not JSON", "写 Content-Type: application/json",
              "Send Content-Type: application/json."),
    422: Kind("refused", "没有办成", "Not done, nothing was written", "照所列逐处改正，全部重送",
              "Mend every problem listed and send all again."),
    429: Kind("often", "问得太密", "Asked too often", "等够 Retry-After 所说的秒数",
              "Wait for the seconds that Retry-After names."),
    500: Kind("broken", "出错了", "Something broke", "什么也没有写入；已记入日志，找系统管理员",
              "Nothing was written; the mistake stands in the log."),
}  # fmt: skip


class Objection(Shape):
    """One problem: where it is, what was found, what was expected, how to mend it; the rule that says so, if one does."""

    place: str
    field: str
    found: str
    expected: str
    remedy: str
    rule: str
    weight: str
    sentence: Sentence


class Refusal(Shape):
    """Why a thing was not done (RFC 9457)."""

    type: str
    title: str
    title_en: str
    status: int
    detail: str
    detail_en: str
    instance: str
    problems: list[Objection]


@dataclass
class Objected(Exception):
    """A request that is answered with a status, why, and the problems."""

    status: int
    detail: str
    problems: list[Objection] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)


def refusal(request: HttpRequest, objected: Objected) -> HttpResponse:
    """The answer that refuses a request."""
    kind = KINDS[objected.status]
    said = Refusal(
        type=f"/api/#{kind.name}", title=kind.zh, title_en=kind.en, status=objected.status, detail=objected.detail,
        detail_en=kind.do_en, instance=request.path, problems=objected.problems,
    )  # fmt: skip
    text = json.dumps(said.model_dump(), ensure_ascii=False)
    data = text.encode("utf-8", "replace")  # what was sent may hold halves of characters
    return HttpResponse(data, status=objected.status, content_type=MEDIA, headers=dict(objected.headers))


def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to a mistake of the program itself, which is logged."""
    _log.error("%s %s", request.method, request.path, exc_info=error)
    return refusal(request, Objected(500, "程序出错，已记入日志；什么也没有写入"))


def objections(problems: Iterable[Problem]) -> list[Objection]:
    """Problems of the rules."""
    return [
        Objection(
            place=p.place, field=FIELD_OF.get(p.code, ""), found=p.found, expected=p.expected, remedy=p.remedy,
            rule=p.code, weight=p.weight, sentence=Sentence(zh=p.sentence.zh, en=p.sentence.en),
        )
        for p in problems
    ]  # fmt: skip


def objection(place: str, name: str, found: str, expected: str, remedy: str, en: str) -> Objection:
    """A problem that no rule of the book states: what was sent cannot be read."""
    return Objection(
        place=place, field=name, found=found, expected=expected, remedy=remedy, rule="", weight="stops",
        sentence=Sentence(zh=expected, en=en),
    )  # fmt: skip


def refused_sum(error: RefusedSum) -> Objected:
    """A figure that may not be added up, with the question that failed and what may be had instead."""
    why = error.refusal
    asked = word("additivity", why.question)
    said = Objection(
        place="", field="", found=why.reason, expected=f"{asked.zh}？", remedy=why.instead, rule=why.question,
        weight="stops", sentence=Sentence(zh=f"{zh('additivity', why.question)}？", en=f"{asked.en}?"),
    )  # fmt: skip
    return Objected(422, str(why), [said])

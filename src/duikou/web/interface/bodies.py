"""The bodies of requests: JSON in UTF-8, at most 1 MB, not too deep, numbers that are numbers."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser

from duikou.web.doors import READING

from .problems import Objected

LARGEST = 2**20  # bytes
DEEPEST = 8  # levels of lists and objects
LONGEST = 30  # digits of a number


def fit(request: HttpRequest) -> None:
    """Nothing where the body may be read; Objected before it is, where it is too large or says it is no JSON."""
    if request.method in READING:
        return
    said = request.META.get("CONTENT_LENGTH") or "0"
    if not said.isdecimal() or len(said) > len(str(LARGEST)) or int(said) > LARGEST:
        raise Objected(413, f"正文至多 1 MB，现为 {said} 字节；把一列分成几次送")
    if request.content_type != "application/json":
        raise Objected(
            415, f"正文要写成 JSON（Content-Type: application/json），现为“{(request.content_type or '')[:40]}”"
        )


class Json(Parser):
    """Reads a body; ValueError says in words what cannot be read."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The value that the body is."""
        try:
            said = json.loads(request.body.decode("utf-8"), parse_constant=_no_number, parse_int=_number)
        except UnicodeDecodeError as error:
            raise ValueError(f"正文第 {error.start + 1} 字节不是 UTF-8") from None
        except json.JSONDecodeError as error:
            raise ValueError(f"正文第 {error.lineno} 行第 {error.colno} 字读不成 JSON") from None
        except RecursionError:
            raise ValueError(_DEEP) from None
        if _deeper(said, DEEPEST):
            raise ValueError(_DEEP)
        return said


_DEEP = f"正文套得太深，至多 {DEEPEST} 层"


def _number(said: str) -> int:
    if len(said) > LONGEST:
        raise ValueError(f"正文里的数至多 {LONGEST} 位")
    return int(said)


def _no_number(said: str) -> NoReturn:
    raise ValueError(f"正文里的 {said} 不是数")


def _deeper(value: Any, levels: int) -> bool:
    """Whether a value has more levels than so many."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return levels == 0 or any(_deeper(part, levels - 1) for part in inside)

"""What of a request cannot be read, in words: where it stands, what was found, what was expected."""

from collections.abc import Iterator
from typing import Any

from ninja.errors import ValidationErrorContext

from .problems import Objection, objection

PLACES = {"path": "地址", "query": "参数", "body": "正文", "header": "请求头"}
EXPECTED = {
    "missing": "要写这一项", "extra_forbidden": "没有这一项，去掉", "string_type": "写成文字",
    "string_unicode": "写成完整的文字", "string_too_long": "至多 {max_length} 个字", "string_too_short": "至少 {min_length} 个字",
    "string_pattern_mismatch": "写法合 {pattern}", "int_type": "写成整数", "int_parsing": "写成整数",
    "int_parsing_size": "写成不太长的整数", "int_from_float": "写成整数", "greater_than_equal": "不小于 {ge}",
    "less_than_equal": "不大于 {le}", "list_type": "写成一列", "too_long": "至多 {max_length} 项",
    "too_short": "至少 {min_length} 项", "model_type": "写成一个对象", "model_attributes_type": "写成一个对象",
    "dict_type": "写成一个对象",
}  # fmt: skip
SHOWN = 20  # characters of what was sent that are said back


def objections_of(context: ValidationErrorContext[Any]) -> Iterator[Objection]:
    """Every problem of one part of a request: path, query or body."""
    source = PLACES.get(str(context.model.__ninja_param_source__), "")
    for error in context.pydantic_validation_error.errors(include_url=False):
        at = error["loc"][1:] if source == PLACES["body"] else error["loc"]
        expected = error.get("ctx", {}).get("zh") or _expected(error["type"], error.get("ctx", {}))
        yield objection(
            _place(source, at), ".".join(str(part) for part in at), _found(error), expected, "改正后再送", error["msg"]
        )


def _place(source: str, at: tuple[int | str, ...]) -> str:
    """第 2 笔 of a list, else the part of the request."""
    number = next((part for part in at if isinstance(part, int)), None)
    return source if number is None else f"第 {number + 1} 笔"


def _expected(kind: str, details: dict[str, Any]) -> str:
    return EXPECTED.get(kind, "写法合接口说明").format(**details)


def _found(error: Any) -> str:
    """What was sent, where it is short enough to be said back."""
    said = error.get("input")
    if error["type"] in ("missing", "extra_forbidden") or not isinstance(said, str | int | float):
        return ""
    words = str(said)
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}……（{len(words)} 个字）"

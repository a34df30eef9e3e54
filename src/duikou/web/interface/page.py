"""The page of the interface: every operation by subject, made from the schema, with an example to be typed."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.terms.words import word
from duikou.web.doors import open_door

from .api import ABOUT, api
from .keys import RATES
from .problems import KINDS

PAYMENT = '{"amount_fen": 200000000, "paid_on": "2012-03-05", "receiver": "hn", "voucher": "津财拨7号"}'
SENT = {  # what the examples of acts send, by operation
    "funds_check": PAYMENT,
    "funds_record": f'{{"line": 55, "disbursements": [{PAYMENT}]}}',
    "money_new_notice": '{"number": "津财〔2012〕8号", "type": "issue", "side": "supporting", "day": "2012-03-05", '
    '"lines": [{"amount_fen": 90000000, "receiver": "hn"}]}',
    "money_new_receipt": '{"amount_fen": 200000000, "day": "2012-03-06", "receiver": "hn", "reference": "回单 7"}',
    "money_new_matches": '{"matches": [{"entry": 31, "amount_fen": 200000000}]}',
    "money_new_contract": '{"number": "HT-2012-1", "project": 32, "payee": "p00001", "type": "works", '
    '"method": "tender", "price_fen": 100000000, "day": "2012-03-05"}',
    "money_new_claim": '{"contract": 33, "type": "progress", "stage": "started", "amount_fen": 40000000, '
    '"day": "2012-03-05", "invoices": [{"number": "发票 1", "amount_fen": 40000000}]}',
    "money_steps_new_step": '{"step": "countersign", "signer": "front_line"}',
}


@dataclass(frozen=True)
class Named:
    """A parameter, a field of a body or of an answer: its name, its type, what it is, whether it must be there."""

    name: str
    type: str
    shape: str
    said: str
    required: bool
    example: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation as the page tells it."""

    method: str
    path: str
    summary: str
    en: str
    right: str
    parameters: tuple[Named, ...]
    body: str
    answer: tuple[int, str, str]
    errors: tuple[int, ...]
    example: str
    sent: str


@dataclass(frozen=True)
class ShapeOfData:
    """A shape with its fields."""

    name: str
    said: str
    fields: tuple[Named, ...]


@dataclass(frozen=True)
class Told:
    """All that the page tells."""

    subjects: dict[str, list[Operation]]
    shapes: tuple[ShapeOfData, ...]


def page(request: HttpRequest) -> HttpResponse:
    """The page."""
    site = f"{request.scheme}://{request.get_host()}"
    context = {"told": told(), "kinds": KINDS, "rates": RATES, "site": site, "about": ABOUT.split("\n")}
    return render(request, "interface.html", context)


@cache
def told() -> Told:
    """What the schema says, by subject; it does not change while the program runs."""
    schema = api.get_openapi_schema(path_prefix="/api/")
    subjects: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            subjects.setdefault(operation["tags"][0], []).append(_operation(path, method.upper(), operation))
    shapes = schema["components"]["schemas"]
    return Told(subjects, tuple(_shape(name, shapes[name]) for name in sorted(shapes)))


def _operation(path: str, method: str, said: dict[str, Any]) -> Operation:
    parameters = tuple(_named(p["name"], p["schema"] | p, p["required"]) for p in said["parameters"])
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good = next(status for status in said["responses"] if int(status) < 300)
    answer = said["responses"][good]["content"]["application/json"]["schema"]
    errors = tuple(int(status) for status in said["responses"] if int(status) >= 400)
    return Operation(
        method, path, said["summary"], said["description"], _right(said), parameters, _type(body)[1],
        (int(good), *_type(answer)), errors, _example(path, parameters), SENT.get(said["operationId"], ""),
    )  # fmt: skip


def _right(said: dict[str, Any]) -> str:
    """What one must be allowed to do: 看数字 see figures; nothing where nobody is asked."""
    if "x-act" not in said:
        return ""
    found = word("act", said["x-act"])
    return f"{found.zh} {found.en}"


def _example(path: str, parameters: tuple[Named, ...]) -> str:
    """The address with the examples of its parameters."""
    for p in parameters:
        path = path.replace(f"{{{p.name}}}", p.example)
    return path


def _named(name: str, schema: dict[str, Any], required: bool) -> Named:
    kind, shape = _type(schema)
    said = schema.get("description", "").replace("`", "")
    return Named(name, kind, shape, said, required, str(schema.get("example", "")))


def _shape(name: str, schema: dict[str, Any]) -> ShapeOfData:
    required = schema.get("required", [])
    fields = schema.get("properties", {}).items()
    return ShapeOfData(
        name, schema.get("description", "").replace("`", ""), tuple(_named(n, s, n in required) for n, s in fields)
    )


def _type(schema: dict[str, Any]) -> tuple[str, str]:
    """A type in words, and the shape that it names if it names one."""
    if "$ref" in schema:
        return "", schema["$ref"].rsplit("/", 1)[-1]
    if parts := schema.get("anyOf", schema.get("allOf", ())):
        kinds = [_type(part) for part in parts]
        return " 或 ".join(kind for kind, _ in kinds if kind), next((shape for _, shape in kinds if shape), "")
    if schema.get("type") == "array":
        kind, shape = _type(schema["items"])
        return f"一列{kind}", shape
    return {"string": "文字", "integer": "整数", "boolean": "是否", "object": "对象", "null": "空"}.get(
        schema.get("type", ""), ""
    ) + {"date": "（日期）", "date-time": "（时间）"}.get(schema.get("format", ""), ""), ""


urlpatterns = [open_door("api/", page, "接口说明")]  # in English too; the interface itself has no language

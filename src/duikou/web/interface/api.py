"""The interface as a whole: its subjects, how it refuses, and its schema with acts, errors and keys."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError, ValidationErrorContext
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation
from ninja.renderers import JSONRenderer

from duikou.acts.doing import Forbidden
from duikou.rules.problem import Refused
from duikou.statistics.figure import BadName
from duikou.statistics.values import RefusedSum
from duikou.web.doors import ABSENT, SignInFirst
from duikou.web.frame import who_grants

from . import documents, figures, funds, journal, money_steps, programmes, records, tables, works
from .bodies import Json
from .keys import ASKED, HOW, rates, who
from .misread import objections_of
from .problems import KINDS, MEDIA, Objected, Objection, Refusal, broken, objections, refusal, refused_sum

ABOUT = """对口一本账的接口：与页面同一本账、同一张权限表、同样的办理。钱以整分计（unit 为 fen）；不确数给上下限和说法，
没有报的留空，不是零。The interface of the book: the records, figures and acts of its pages, by the same rights."""
SUBJECTS = (programmes, figures, tables, records, documents, funds, money_steps, works, journal)
ALWAYS, AT_A_PLACE, WRITING = (401, 429), (404, 422), (400, 403, 413, 415)


class Readable(JSONRenderer):
    """JSON with 中文 as it is."""

    json_dumps_params = {"ensure_ascii": False}


class Interface(NinjaAPI):
    """Ninja with our problems in place of its own, and what it cannot know in its schema."""

    _schema: OpenAPISchema | None = None

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Everything that cannot be read, as problems with their places."""
        return ValidationError([o.model_dump() for context in error_contexts for o in objections_of(context)])

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Subject and name: records_one_record."""
        return f"{operation.view_func.__module__.rpartition('.')[2]}_{operation.view_func.__name__}"

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The schema, each operation with the errors it may answer; it does not change while the program runs."""
        if self._schema is None:
            self._schema = self._described(super().get_openapi_schema(**kwargs))
        return self._schema

    def _described(self, schema: OpenAPISchema) -> OpenAPISchema:
        parts = Refusal.model_json_schema(ref_template=REF_TEMPLATE, mode="serialization")
        schema["components"]["schemas"] |= parts.pop("$defs") | {"Refusal": parts}
        schema["components"]["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer", "description": HOW},
            "session": {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": "已登录的浏览器"},
        }
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                also = [*operation.pop("x-also"), *([404] if "x-act" in operation else [])]
                statuses = _statuses("{" in path, bool(operation["parameters"]), method, also)
                operation["responses"] |= {str(status): _error(status) for status in statuses}
                operation["security"] = [{"key": []}, {"session": []}, {}]
        return schema


def _statuses(at_a_place: bool, asked_more: bool, method: str, also: Iterable[int]) -> list[int]:
    """The errors that an operation may answer."""
    found = {*ALWAYS, *also, *(WRITING if method != "get" else ())}
    found |= {*AT_A_PLACE} if at_a_place else {422} if asked_more else set()
    return sorted(found)


def _error(status: int) -> dict[str, Any]:
    kind = KINDS[status]
    content = {MEDIA: {"schema": {"$ref": REF_TEMPLATE.format(model="Refusal")}}}
    return {"description": f"{kind.zh} {kind.en}", "content": content}


api = Interface(
    title="对口一本账", version="1", description=ABOUT, docs_url=None, auth=who, throttle=rates, renderer=Readable(),
    parser=Json(), urls_namespace="interface",
)  # fmt: skip
for subject in SUBJECTS:
    api.add_router("", subject.router)


# ---- what is raised below, as an answer ------------------------------------------------------------------------------


def _absent(error: Exception) -> Objected:
    said = str(error.args[0]) if error.args and isinstance(error.args[0], str) else ""
    return Objected(404, said or ABSENT)


def _refused(error: Refused) -> Objected:
    return Objected(422, f"有 {len(error.problems)} 处要改，什么也没有写入", objections(error.problems))


def _misread(error: ValidationError) -> Objected:
    return Objected(
        422, f"有 {len(error.errors)} 处读不成，什么也没有写入", [Objection(**said) for said in error.errors]
    )


ANSWERS: dict[type[Exception], Callable[[Any], Objected]] = {
    Objected: lambda objected: objected,
    Http404: _absent,
    BadName: lambda error: Objected(404, str(error)),
    SignInFirst: lambda _: Objected(401, f"这件事要先说明是谁；{HOW}", headers=ASKED),
    PermissionDenied: lambda error: Objected(403, f"{error}；要开通找{who_grants()}"),
    Forbidden: lambda error: Objected(403, f"{error}；要开通找{who_grants()}"),
    Refused: _refused,
    RefusedSum: refused_sum,
    ValidationError: _misread,
    Throttled: lambda error: Objected(429, "这一分钟问满了，稍后再问", headers={"Retry-After": str(error.wait)}),
    HttpError: lambda error: Objected(error.status_code, str(error.__cause__ or error)),
}


def _answering(make: Callable[[Any], Objected]) -> Callable[[HttpRequest, Any], HttpResponse]:
    return lambda request, error: refusal(request, make(error))


for kind, make in ANSWERS.items():
    api.add_exception_handler(kind, _answering(make))
api.add_exception_handler(Exception, broken)  # type: ignore[arg-type]  # it says that classes come too

"""The promises of the house that imports cannot show: where records are written, where amounts are added up."""

import ast
import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from duikou.acts.accepting import SUBJECTS
from duikou.rules.fact import Fact
from duikou.snapshot.tables import TABLES
from duikou.terms.words import vocabulary
from duikou.web.addresses import model_of
from duikou.web.fields import OWN, REST
from duikou.web.kinds.listing import urlpatterns as of_lists
from duikou.web.kinds.sections import OF_KIND

RECORDED = [fact for subject in SUBJECTS if subject.act for fact in subject.kinds]

SOURCE = Path(__file__).parents[1] / "src" / "duikou"
ROOMS = ("terms", "rules", "records", "acts", "snapshot", "statistics", "intake", "reports", "web")
WRITES = {"bulk_create", "bulk_update", "update_or_create", "get_or_create", "create", "save", "delete"}


def modules(*rooms):
    return [p for room in rooms for p in sorted((SOURCE / room).rglob("*.py")) if "migrations" not in p.parts]


def calls(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield name, node


def test_every_folder_of_the_package_is_a_room():
    folders = {p.name for p in SOURCE.iterdir() if p.is_dir() and not p.name.startswith("__")}
    assert folders == {*ROOMS, "config"}


@pytest.mark.parametrize("path", modules(*(r for r in ROOMS if r != "acts")), ids=lambda p: str(p.relative_to(SOURCE)))
def test_records_are_written_in_acts_only(path):
    # Passwords are Django's own and not records of the book: the demonstration sets them. A drawing becomes bytes by save.
    allowed = {"save"} if path.name in ("demo.py", "photograph.py") else set()
    written = [name for name, _ in calls(path) if name in WRITES - allowed]
    assert not written, f"{path} writes: {written}"


@pytest.mark.parametrize(
    "path", modules(*(r for r in ROOMS if r not in ("statistics", "rules"))), ids=lambda p: str(p.relative_to(SOURCE))
)
def test_amounts_are_added_up_in_statistics_and_rules_only(path):
    text = path.read_text("utf-8")
    added = [
        node.lineno
        for name, node in calls(path)
        if name in ("Sum", "fsum", "aggregate") and "Max(" not in ast.unparse(node)
    ]
    added += [node.lineno for name, node in calls(path) if name == "sum" and _of_amounts(node)]
    assert not added, f"{path} adds amounts up at lines {added}"
    assert "import statistics" not in text


def _of_amounts(node):
    return bool(re.search(r"amount|fen|low|high|balance|value", ast.unparse(node)))


def test_no_room_below_the_web_reads_a_request():
    for path in modules(*(r for r in ROOMS if r != "web")):
        assert "HttpRequest" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("path", modules(*ROOMS), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_is_about_page_sized(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400, path


@pytest.mark.parametrize("path", modules(*ROOMS), ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_module_opens_with_one_line_that_says_what_it_holds(path):
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path


def test_templates_have_no_inline_style_or_script():
    for path in (SOURCE / "web" / "templates").rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"\sstyle\s*=", text), path
        assert "<style" not in text, path
        assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path


def test_nothing_on_a_page_comes_from_elsewhere():
    for path in (SOURCE / "web").rglob("*"):
        if path.suffix in (".html", ".css", ".js"):
            found = re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", path.read_text("utf-8"))
            assert [f for f in found if "w3.org" not in f] == [], path


def test_the_contract_of_the_rooms_names_them_all():
    contracts = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(c for c in contracts if c["type"] == "layers" and c["containers"] == ["duikou"])["layers"]
    assert {room.strip() for layer in layers for room in layer.split("|")} == set(ROOMS)


def test_acts_subjects_stand_beside_each_other():
    subjects = {p.stem for p in (SOURCE / "acts").glob("*.py")} & {p.stem for p in (SOURCE / "rules").glob("*.py")}
    subjects -= {"contracts", "ledger", "packs"}  # these stand below the other subjects: pyproject.toml
    for subject in subjects:
        text = (SOURCE / "acts" / f"{subject}.py").read_text("utf-8")
        others = re.findall(r"from (?:\.|duikou\.acts\.?)(\w+) import", text)
        assert not set(others) & subjects, f"acts/{subject}.py leans on {set(others) & subjects}"


def test_every_figure_has_a_sheet_with_author_checker_and_first_day():
    for path in (SOURCE / "statistics" / "definitions").glob("*.toml"):
        for name, sheet in tomllib.loads(path.read_text("utf-8")).items():
            for needed in ("name", "en", "why", "kind", "unit", "rests_on", "author", "checked_by", "valid_from"):
                assert sheet.get(needed), f"{path.stem}.{name} lacks {needed}"


def lacks(fact):
    """What a kind that an act records does not have of all that a kind must have."""
    model, words = model_of(fact.kind), vocabulary()
    frozen = {model for table in TABLES for model in table.models}
    named = {field.name.removesuffix("_low") for field in model._meta.concrete_fields if not field.name.endswith(REST)}
    named |= {field.name for field in dataclasses.fields(fact)} - {field.name for field in dataclasses.fields(Fact)}
    said = {name for name in named - set(OWN) if {name, f"{fact.kind}_{name}"} & set(words["field"])}
    yield from [] if model in frozen else ["a table of the snapshot"]
    yield from (f"the word of the field {name}" for name in sorted(named - set(OWN) - said))
    yield from [] if fact.kind in words["record"] else ["its own word"]
    yield from [] if fact.kind in OF_KIND else ["a section, and with it a list and a CSV"]


@pytest.mark.parametrize("fact", RECORDED, ids=lambda fact: fact.kind)
def test_a_kind_that_an_act_records_lacks_nothing(fact):
    assert list(lacks(fact)) == []


def test_what_a_kind_lacks_is_named():
    class Rainfall(RECORDED[0]):
        """A kind of record whose section and whose word for the field are missing."""

        depth: int

    Rainfall.kind = "need"
    fact = dataclasses.dataclass(frozen=True, kw_only=True)(Rainfall)
    assert list(lacks(fact)) == ["the word of the field depth", "a section, and with it a list and a CSV"]


def test_the_list_of_every_kind_has_its_csv():
    assert {pattern.name for pattern in of_lists} == {"kind", "kind-csv", "kind-file"}

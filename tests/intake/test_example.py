"""The example is the real programme of Tianjin and Huangnan, fact by fact, and not a line of the report itself."""

import re
from collections import Counter
from pathlib import Path

import pytest
from books import report_text
from intake.small_book import load_folder, rows

from duikou.intake.file import File, read_file
from duikou.intake.folder import Loaded
from duikou.records.models import Finding, Gift, Intent, Investment, JournalLine, Project, Record, StatedTotal
from duikou.records.models import Programme as Programmes

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "tianjin-huangnan-2011"

# The facts of the report by id, as people who read it have listed them.
FACTS = """
B1 B2  V1 V2 V3 V4 V5 V6  A1 A2  G1 G2 G3 G4 G5  P1 P2 P3 P4 P5 P6  F1 F2  J0 J1 J2 J3 J4 J5  M1
E1 E2 E3  T1 T2 T3  D1 D2 D3 D4 D5  I1 I2  O1 O2 O3 O4 O5  X1 X2 X3 X4 X5 X6 X7
"""
OTHER_SIDE = "R1 R2 R3 R4 R5 R6 R7 R8 R9 R10 R11"  # what the receiving side published, told beside ours
OWN_PROGRAMMES = {
    "X1": "x-dx", "X2": "bj-ht", "X3": "sh-ks", "X4": "gd-ks", "X5": "x-ncfl", "X6": "hz-qc", "X7": "tc-ht",
}  # fmt: skip


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings) -> Path:
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def case() -> Path:
    """The report the example was made from; it lies beside the project and not in it."""
    return report_text()


def files() -> list[File]:
    first = read_file(EXAMPLE / "programme.toml")
    return [first, *(read_file(EXAMPLE / name) for name in first.data["files"])]


def test_every_file_of_the_folder_is_listed() -> None:
    assert sorted(file.path.name for file in files()) == sorted(
        path.name for path in EXAMPLE.glob("*.toml") if path.name != "offices.toml"
    )


def test_every_fact_of_the_report_is_there_by_its_id() -> None:
    ids = [told.key for file in files() for told in file.told if told.key]
    assert Counter(ids) == Counter(
        [*FACTS.split(), *OTHER_SIDE.split(), "S1", "S2", "X2a", "X2b"]
    )  # both papers, two projects in X2


def test_what_stands_after_the_report_goes_into_programmes_of_its_own() -> None:
    into = {told.key: file.data["into"] for file in files() for told in file.told if re.fullmatch(r"X\d", told.key)}
    assert into == OWN_PROGRAMMES
    assert {file.data["into"] for file in files() if "other-" not in file.path.name} == {"tj-hn"}


@pytest.mark.django_db
def test_the_example_is_125_facts_and_loading_it_twice_changes_nothing() -> None:
    assert load_folder(EXAMPLE) == Loaded(facts=125, files=18)
    before = rows()
    assert load_folder(EXAMPLE) == Loaded(facts=0, files=18, already=True)
    assert rows() == before


@pytest.mark.django_db
def test_the_example_loads_with_its_report_to_the_same_book(case: Path, var: Path) -> None:
    load_folder(EXAMPLE, case)
    counts = rows()
    assert (len(list((var / "documents").iterdir())), JournalLine.objects.count()) == (1, 25)
    assert (counts["records_organisation"], Record.objects.filter(kind="document").count()) == (49, 2)


@pytest.mark.django_db
def test_the_numbers_of_the_report_are_in_the_book_with_their_hedges() -> None:
    load_folder(EXAMPLE)
    yuan = 100
    gifts = [g.amount_low // yuan for g in Gift.objects.filter(amount_low__isnull=False).order_by("record_id")]
    assert gifts == [1_600_000, 3_000_000, 300_000]
    computers = Gift.objects.get(form="goods")
    assert (computers.number_low, computers.number_high, computers.number_unit) == (20, 20, "machine")
    plant, intent = Investment.objects.get(), Intent.objects.get()
    assert (plant.jobs_low, plant.jobs_high) == (90, 99)
    assert (plant.capacity_low, plant.capacity_high) == (None, 72_000)
    assert (plant.output_low // yuan, plant.output_high, plant.output_basis) == (100_000_000, None, "expected")
    assert (plant.total_low // yuan, plant.profit_low // yuan) == (60_000_000, 20_000_000)
    assert (intent.amount_low, intent.amount_high) == (540_000_000 * yuan, 600_000_000 * yuan - 1)
    totals = {(t.of, t.record.programme.code): t.amount_low for t in StatedTotal.objects.select_related("record")}
    assert totals == {("projects", "tj-hn"): 12, ("projects", "bj-ht"): 5, ("disbursed", "tj-hn"): 10_000_000 * yuan}
    named = Project.objects.filter(record__programme__code="tj-hn", part_of__of="projects")
    assert named.count() == 5


@pytest.mark.django_db
def test_history_asks_and_does_not_stop() -> None:
    """Money was paid and projects begun while the plan was only 初步完成: questions, not refusals."""
    load_folder(EXAMPLE)
    assert Counter(Finding.objects.values_list("rule", flat=True)) == {
        "evidence.4": 2, "projects.2": 2, "projects.3": 1, "funds.3": 1, "funds.4": 1, "donations.3": 1, "donations.4": 1,
        "sides.1": 1, "sides.2": 1,
    }  # fmt: skip


@pytest.mark.django_db
def test_the_county_henan_stands_where_the_source_says_henan() -> None:
    load_folder(EXAMPLE)
    assert Investment.objects.get().region == "632324"
    assert not Programmes.objects.filter(receiving="410000").exists()


# ---- what may not be in the repository ------------------------------------------------------------------------------


def test_no_line_of_the_example_holds_more_than_twenty_characters_of_the_report(case: Path) -> None:
    """Titles in 《》 and what the report itself quotes in “” are names and may be longer."""
    text = case.read_text("utf-8")
    titles = re.findall("《([^》]+)》|“([^”]+)”", text)
    names = [a or b for a, b in titles]
    copied = []
    for path in sorted(EXAMPLE.iterdir()):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            pieces = (line[start : start + 21] for start in range(len(line) - 20))
            if any(piece in text and not any(piece in name for name in names) for piece in pieces):
                copied.append(f"{path.name}:{number}")
    assert copied == []


OFFICES = "书记|省长|市长|州长|县长|主席|部长|主任"


def names_of_persons(text: str) -> set[str]:
    """Who bears an office in the report: the two to four characters before it, or after it set apart by spaces."""
    before = re.findall(rf"(?<=[、,，。以的])(?!市委|省委|州委)([一-龥]{{2,4}}?)(?:常务)?副?(?:{OFFICES})", text)
    after = re.findall(rf"(?:{OFFICES})[ \u3000]+([一-龥](?:[ \u3000]?[一-龥]){{1,2}})(?=\s)", text)
    return {name.replace(" ", "").replace("\u3000", "") for name in (*before, *after)}


def test_names_of_persons_are_found_before_and_after_their_office() -> None:
    found = names_of_persons("市府副主任 张 三\n成立了以李四书记为组长、王五六常务副市长为副组长，市委书记和部长决定。")
    assert found == {"张三", "李四", "王五六"}  # and not the office alone


def test_no_file_of_the_repository_names_a_person_of_the_report(case: Path) -> None:
    names = names_of_persons(case.read_text("utf-8"))
    assert len(names) == 11
    roots = [ROOT / name for name in ("src", "tests", "examples", "docs", "benchmarks")]
    paths = [p for root in roots for p in root.rglob("*") if p.is_file()] + [p for p in ROOT.glob("*.*") if p.is_file()]
    spoken = [p for p in paths if p.suffix not in (".pyc", ".db", ".png", ".docx", ".xlsx")]
    naming = [str(p) for p in spoken if any(name in p.read_text("utf-8", errors="ignore") for name in names)]
    assert naming == []

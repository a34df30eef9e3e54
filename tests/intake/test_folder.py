"""A folder is loaded whole or not at all; every problem in it is told with file, line and remedy, all at once."""

import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from intake.small_book import EVIDENCE, GIFTS, PROGRAMME, REPORT, load_folder, rows, write_folder

from duikou.intake.folder import Loaded, load
from duikou.records.models import Document, Gift, JournalLine, Statement
from duikou.rules.problem import Problem, Refused
from duikou.rules.rights import everywhere

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings) -> Path:
    settings.VAR = tmp_path / "var"
    return settings.VAR


@pytest.fixture
def refused(tmp_path: Path) -> Callable[..., tuple[Problem, ...]]:
    """What is said of a folder that cannot be loaded; nothing of it is in the book then."""

    def problems(source: Path | None = None, **texts: str) -> tuple[Problem, ...]:
        with pytest.raises(Refused) as refusal:
            load_folder(write_folder(tmp_path / "folder", **texts), source)
        assert rows() == {}
        return refusal.value.problems

    return problems


def report(tmp_path: Path, text: str = REPORT) -> Path:
    file = tmp_path / "report.txt"
    file.write_bytes(text.encode())
    return file


# ---- what is loaded -------------------------------------------------------------------------------------------------


def test_a_folder_is_loaded_file_by_file(tmp_path: Path) -> None:
    assert load_folder(write_folder(tmp_path / "folder")) == Loaded(facts=5, files=2)
    assert Gift.objects.get(giver__code="gsl", form="cash").amount_low == 1_600_000_00
    assert Gift.objects.get(form="goods").number_unit == "machine"
    assert JournalLine.objects.count() == 4  # open the book, open the programme, two files


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "folder")
    load_folder(folder)
    before, last = rows(), JournalLine.objects.latest("number").root
    assert load_folder(folder) == Loaded(facts=0, files=2, already=True)
    assert (rows(), JournalLine.objects.latest("number").root) == (before, last)


def test_the_words_of_a_source_are_kept_beside_the_number(tmp_path: Path) -> None:
    load_folder(write_folder(tmp_path / "folder"))
    said = Statement.objects.get(aspect="number")
    assert (said.said, said.passage.paragraph, said.passage.fragment) == ("20台", 3, "电脑20台")


def test_a_document_that_comes_along_is_kept_under_its_digest(tmp_path: Path, var: Path) -> None:
    load_folder(write_folder(tmp_path / "folder"), report(tmp_path))
    digest = Document.objects.get().digest
    assert (var / "documents" / digest).read_text() == REPORT


def test_a_document_may_come_later(tmp_path: Path, var: Path) -> None:
    folder = write_folder(tmp_path / "folder")
    load_folder(folder)
    before = rows()
    assert not (var / "documents").exists()
    assert load_folder(folder, report(tmp_path)).already
    assert (rows(), len(list((var / "documents").iterdir()))) == (before, 1)


@pytest.mark.parametrize("written", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")], ids=["BOM", "CRLF"])
def test_a_file_saved_on_another_system_is_read(tmp_path: Path, written: Callable[[str], str]) -> None:
    folder = write_folder(tmp_path / "folder", gifts=written(GIFTS))
    assert load_folder(folder).facts == 5


def test_each_file_that_is_loaded_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    officer, administrator = (everywhere(role, role) for role in ("programme_officer", "administrator"))
    load(
        write_folder(tmp_path / "folder"),
        person=officer,
        administrator=administrator,
        done=lambda name, facts: told.append((name, facts)),
    )
    assert told == [("programme.toml", 2), ("evidence.toml", 1), ("gifts.toml", 2)]


# ---- what is refused ------------------------------------------------------------------------------------------------

# what is wrong; the line and how it stands there; where it is told, if elsewhere; what was found; how to mend it
FAULTS = """
broken TOML                 | gifts.toml:8      | sector 教育                        |                  | line 8         | 照相邻各条
place that breaks off        | gifts.toml:22     | at = { paragraph = 3               |                  | end of doc     | 照相邻各条
list that breaks off        | gifts.toml:22     | at = [                             |                  | end of doc     | 照相邻各条
unknown table               | gifts.toml:14     | [[present]]                        |                  | present        | 改用表中的名称
a payment, by form only     | gifts.toml:14     | [[disbursement]]                   |                  | disbursement   | 改用表中的名称
single brackets             | evidence.toml:4   | [document]                         |                  | [document]     | 用两层方括号
unknown heading             | gifts.toml:2      | rest_on = "S1"                     |                  | rest_on        | 改用表中的名称
heading of a wrong type     | gifts.toml:1      | into = ["p"]                       |                  | into = ['p']   | 改正写法
list of files of numbers    | programme.toml:5  | 5                                  | programme.toml:3 | 5]             | 改正写法
unknown side                | gifts.toml:3      | side = "ours"                      |                  | side = ours    | 改用词表中的词
unknown field               | gifts.toml:9      | donor = "gsl"                      |                  | donor          | 改名或去掉
field that is lacking       | gifts.toml:7      |                                    | gifts.toml:5     | 缺 form        | 补上
id of a wrong type          | gifts.toml:15     | id = 2                             |                  | id = 2         | 改正写法
number for a text           | gifts.toml:19     | goods = 20                         |                  | goods = 20     | 同类的写法
number for a word           | gifts.toml:16     | form = 1                           |                  | form = 1       | 同类的写法
number for a quantity       | gifts.toml:10     | amount = 1600000                   |                  | amount = 16000 | 同类的写法
number for a reference      | gifts.toml:9      | giver = 1                          |                  | giver = 1      | 同类的写法
quantity in a wrong unit    | gifts.toml:10     | amount = "160万吨"                 |                  | 160万吨        | 同类的写法
quantity of an unknown unit | gifts.toml:20     | number = { said = "20台", unit = "frog" } |           | 20台           | 改用词表中的词
quantity without a number   | gifts.toml:10     | amount = "若干"                    |                  | amount = 若干  | 同类的写法
blank quantity              | gifts.toml:10     | amount = ""                        |                  | amount =       | 同类的写法
day that is none            | programme.toml:12 | opened = "八月"                    |                  | opened = 八月  | 同类的写法
moment for a day            | programme.toml:12 | opened = 2011-08-30T08:00:00       |                  | opened = 2011  | 同类的写法
period that is none         | gifts.toml:11     | when = "2011-13"                   |                  | when = 2011-13 | 同类的写法
unknown word                | gifts.toml:16     | form = "东西"                      |                  | form = 东西    | 改用词表中的词
words for yes or no         | gifts.toml:19     | open_list = "是"                   |                  | open_list = 是 | 同类的写法
list of a wrong type        | gifts.toml:19     | inferred = 1                       |                  | inferred = 1   | 同类的写法
party of an unknown role    | gifts.toml:19     | parties = { friend = "gsl" }       |                  | friend         | 改用词表中的词
parties of a wrong type     | gifts.toml:19     | parties = ["gsl"]                  |                  | parties =      | 同类的写法
points of a wrong type      | gifts.toml:19     | items = { content = 1 }            |                  | items =        | 同类的写法
paragraph of a wrong type   | gifts.toml:12     | at = { paragraph = "2" }           |                  | paragraph = 2  | 各按其类型
place that is no place      | gifts.toml:12     | at = "第2段"                       |                  | at = 第2段     | 写成花括号
place with an unknown part  | gifts.toml:12     | at = { page = 1 }                  |                  | page = 1       | 只写这几项
place of an unknown side    | gifts.toml:12     | at = { side = "ours" }             |                  | side = ours    | 改用词表中的词
fact without a place        | gifts.toml:12     |                                    | gifts.toml:5     | 缺出处         | 补上段落序号
place without its words     | gifts.toml:12     | at = { paragraph = 2 }             | gifts.toml:5     | 缺出处         | 补上段落序号
fragment of 21 characters   | gifts.toml:12     | at = { paragraph = 2, fragment = "一二三四五六七八九十一二三四五六七八九十一" } | | 21 字 | 只留数字前后的词句
unknown giver               | gifts.toml:18     | giver = "gls"                      |                  | gls            | 先登记它，或改正写法
unknown party               | gifts.toml:19     | parties = { base = "gls" }         |                  | gls            | 先登记它，或改正写法
unknown link                | gifts.toml:19     | links = { about = "D9" }           |                  | D9             | 先登记它，或改正写法
unknown document            | gifts.toml:2      | rests_on = "S2"                    |                  | S2             | 先登记它，或改正写法
unknown programme           | gifts.toml:1      | into = "q"                         |                  | q              | 先登记它，或改正写法
no programme                | gifts.toml:1      |                                    |                  | 缺 into        | 先登记它，或改正写法
same id twice               | gifts.toml:15     | id = "D1"                          |                  | D1             | gifts.toml:6已用，改一个
file that is not there      | programme.toml:5  | "presents.toml",                   |                  | 没有文件 presents.toml | 补上文件
"""
ROWS = [[cell.strip() for cell in row.split("|")] for row in FAULTS.strip().splitlines()]


@pytest.mark.parametrize(
    ("at", "line", "place", "found", "remedy"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_a_fault_is_told_with_its_line_and_its_remedy(
    refused: Callable[..., tuple[Problem, ...]], at: str, line: str, place: str, found: str, remedy: str
) -> None:
    name, number = at.split(".toml:")
    lines = {"programme": PROGRAMME, "gifts": GIFTS, "evidence": EVIDENCE}[name].splitlines()
    lines[int(number) - 1] = line
    problem = refused(**{name: "\n".join(lines)})[0]
    assert problem.place == (place or at)
    assert found in problem.found
    assert remedy in problem.remedy
    assert problem.expected
    assert str(problem).startswith(f"{place or at}：")


def test_an_organisation_registered_twice_is_told(refused: Callable[..., tuple[Problem, ...]]) -> None:
    (problem,) = refused(programme=PROGRAMME + '\n[[organisation]]\ncode = "gsl"\nname = "工商联"\ntype = "社会组织"\n')
    assert (problem.place, problem.remedy) == ("programme.toml:20", "programme.toml:15已用，改一个")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"没有文件 programme\.toml"):
        load_folder(tmp_path / "nowhere")
    assert rows() == {}


def test_a_folder_without_a_programme_is_told(refused: Callable[..., tuple[Problem, ...]]) -> None:
    problems = refused(programme='files = ["gifts.toml"]\n', evidence="")
    assert ("programme.toml:1", "没有项目方案") in {(p.place, p.found) for p in problems}


def test_text_that_is_not_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "folder")
    (folder / "gifts.toml").write_bytes(GIFTS.encode("gb18030"))
    with pytest.raises(Refused) as refusal:
        load_folder(folder)
    (problem,) = refusal.value.problems
    assert (problem.place, problem.remedy) == ("gifts.toml:7", "用 UTF-8 另存")  # the first 汉字 stands in line 7
    assert rows() == {}


def test_faults_in_two_files_are_told_together(refused: Callable[..., tuple[Problem, ...]]) -> None:
    problems = refused(
        evidence=EVIDENCE.replace('"正式件"', '"复印件"'),
        gifts=GIFTS.replace('"捐资"', '"捐献"').replace("160万元", "好些钱"),
    )
    assert [p.place for p in problems] == ["evidence.toml:8", "gifts.toml:7", "gifts.toml:10"]


def test_what_the_rules_object_to_in_two_files_is_told_together(refused: Callable[..., tuple[Problem, ...]]) -> None:
    programme = PROGRAMME.replace('"gifts.toml",', '"gifts.toml", "groups.toml",')
    gifts = GIFTS.replace('amount = "160万元"\n', "").replace('when = "2011"', 'when = "2012"')
    groups = GIFTS.partition("[[gift]]")[0] + (
        '[[leading_group]]\nname = "领导小组"\nwhen = "2012"\nat = { paragraph = 2, fragment = "捐资" }\n'
    )
    problems = refused(programme=programme, gifts=gifts, groups=groups)
    assert [(p.place, p.code) for p in problems] == [("gifts.toml:5", "donations.2"), ("groups.toml:5", "governance.1")]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_of_a_folder_whose_last_file_is_refused(tmp_path: Path) -> None:
    gifts = GIFTS.replace('amount = "160万元"\n', "").replace('when = "2011"', 'when = "2012"')
    folder = write_folder(tmp_path / "folder", gifts=gifts)
    with pytest.raises(Refused, match=r"donations\.2"):
        load_folder(folder)
    assert rows() == {}
    assert load_folder(write_folder(folder)).facts == 5


def test_a_second_programme_may_not_take_the_codes_of_the_first(tmp_path: Path) -> None:
    load_folder(write_folder(tmp_path / "folder"))
    before = rows()
    other = write_folder(
        tmp_path / "other", programme=PROGRAMME.replace('code = "p"', 'code = "q"').replace('"p"', '"q"')
    )
    for name in ("evidence.toml", "gifts.toml"):
        (other / name).write_text((other / name).read_text().replace('into = "p"', 'into = "q"'))
    with pytest.raises(Refused) as refusal:
        load_folder(other)
    assert [(p.place, p.found, p.remedy) for p in refusal.value.problems] == [
        ("programme.toml:15", "gsl", "账上已用，改一个")
    ]
    assert rows() == before


def test_a_second_programme_may_refer_to_the_organisations_of_the_first(tmp_path: Path) -> None:
    load_folder(write_folder(tmp_path / "folder"))
    texts = {name: text.replace('"p"', '"q"') for name, text in (("evidence", EVIDENCE), ("gifts", GIFTS))}
    programme = PROGRAMME.replace('"p"', '"q"').partition("[[organisation]]")[0]
    programme = re.sub('title = "(.*)"', 'title = "另一个\\1"', programme, count=1)
    assert load_folder(write_folder(tmp_path / "other", programme=programme, **texts)).facts == 4


def test_a_key_that_comes_later_is_told(refused: Callable[..., tuple[Problem, ...]]) -> None:
    """A file rests on those before it; what it refers to is not yet in the book when it is loaded."""
    programme = PROGRAMME.replace('  "evidence.toml",\n  "gifts.toml",', '  "gifts.toml",\n  "evidence.toml",')
    (problem,) = refused(programme=programme)
    assert (problem.place, problem.found) == ("gifts.toml:2", "S1")


# ---- against the document -------------------------------------------------------------------------------------------


def test_a_fragment_that_is_not_in_the_document_is_told(tmp_path, refused) -> None:
    (problem,) = refused(report(tmp_path), gifts=GIFTS.replace("捐资160万元", "捐资一百六十万元"))
    assert (problem.place, problem.code) == ("gifts.toml:12", "evidence.3")
    assert problem.remedy == "照原文改正词句"


def test_a_wrong_paragraph_is_told_with_the_right_one(tmp_path, refused) -> None:
    (problem,) = refused(report(tmp_path), gifts=GIFTS.replace("paragraph = 2", "paragraph = 3"))
    assert (problem.place, problem.remedy) == ("gifts.toml:12", "该词句在第 2 段，改正段落序号")


def test_a_fragment_of_one_number_is_told_at_its_own_line(tmp_path, refused) -> None:
    (problem,) = refused(report(tmp_path), gifts=GIFTS.replace('"电脑20台" }\nwhen', '"电脑21台" }\nwhen'))
    assert (problem.place, problem.found) == ("gifts.toml:20", "“电脑21台”")


def test_without_the_document_its_words_are_not_compared(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "folder", gifts=GIFTS.replace("paragraph = 2", "paragraph = 3"))
    assert load_folder(folder).facts == 5


def test_a_document_that_is_not_the_registered_one_is_told(tmp_path: Path, refused, var: Path) -> None:
    other = report(tmp_path, REPORT + "另加一行。\n")
    (problem,) = refused(other)
    assert (problem.place, problem.code) == ("evidence.toml:9", "file.7")
    assert problem.remedy.startswith(f"{other} 不是账上登记的那份文件")
    given, registered = (sha256(text.encode()).hexdigest()[:16] for text in (REPORT + "另加一行。\n", REPORT))
    assert (problem.found, registered in problem.expected) == (f"指纹 {given}…", True)
    assert not (var / "documents").exists()


def test_another_document_is_refused_for_a_book_that_is_loaded_too(tmp_path: Path, var: Path) -> None:
    folder = write_folder(tmp_path / "folder")
    load_folder(folder)
    with pytest.raises(Refused, match="不是账上登记的那份文件"):
        load_folder(folder, report(tmp_path, "别的文件\n"))
    assert not (var / "documents").exists()


def test_a_document_that_is_not_there_or_no_text_is_told(tmp_path: Path, refused) -> None:
    missing = tmp_path / "nowhere.txt"
    assert [(p.place, p.remedy) for p in refused(missing)] == [(str(missing), "核对路径")]
    image = tmp_path / "scan.png"
    image.write_bytes(b"\x89PNG")
    assert [(p.place, p.remedy) for p in refused(image)] == [(str(image), "用 UTF-8 另存")]

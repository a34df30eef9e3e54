"""Copies of the papers of both examples: comments, evidence sheet, acceptance; the same book gives the same bytes."""

import dataclasses
import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from books import EXAMPLE, OFFICER, PERIOD, kept_example
from paper_samples import HEADING
from python_calamine import CalamineWorkbook

from duikou.intake.folder import load
from duikou.reports.acceptance import acceptance
from duikou.reports.annex import annex_of
from duikou.reports.chart import bars
from duikou.reports.evidence import evidence_sheet
from duikou.reports.outline import names_in, paper
from duikou.reports.paper import Number, Paragraph, occurrences
from duikou.reports.pdf import write_pdf
from duikou.reports.review import behind, review_comments
from duikou.reports.word import write_paper
from duikou.snapshot.store import freeze
from duikou.statistics.figure import Name
from duikou.statistics.measure import cut, figure
from duikou.statistics.tables import table_of

pytestmark = pytest.mark.django_db
INVENTED = Path(EXAMPLE).parent / "wanglan-yunxiu-2023"
BOOKS = (("tj-hn", PERIOD), ("wl-yx", "2023"))


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """Both examples, frozen once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("review")):
        load(INVENTED, person=OFFICER, administrator=OFFICER, source=INVENTED / "report.txt")
        yield SimpleNamespace(snapshot=freeze())


@pytest.fixture
def snapshot(kept, db):
    """The frozen book."""
    return kept.snapshot


def report(snapshot, programme="tj-hn", period=PERIOD):
    """The situation report with its table as an annex."""
    made = paper(snapshot, "situation", programme, period)
    return dataclasses.replace(made, annexes=(annex_of(table_of(snapshot, "overview", programme, period)),))


@pytest.mark.parametrize("form", ["spoken", "upward"])
@pytest.mark.parametrize(("programme", "period"), BOOKS)
def test_both_examples_pass_in_both_forms(snapshot, programme, period, form) -> None:
    made = report(snapshot, programme, period)
    files = write_paper(made, form=form, heading=HEADING), write_pdf(made, form=form, heading=HEADING)
    assert [str(problem) for problem in acceptance(*files, names=names_in(snapshot))] == []


def lines_of(snapshot, made, text):
    """The comment of the first figure with a text."""
    comments = {c.bookmark: c.lines for c in review_comments(made, snapshot)}
    return next(comments[bookmark] for bookmark, number in occurrences(made) if number.text == text)


def test_every_figure_has_a_comment_that_names_its_source(snapshot) -> None:
    made = report(snapshot)
    comments = review_comments(made, snapshot)
    assert [c.bookmark for c in comments] == [bookmark for bookmark, _ in occurrences(made)]
    assert all(any(line.startswith("出处：《") for line in c.lines) for c in comments)


def test_a_comment_says_make_up_source_grade_and_state_of_checks(snapshot) -> None:
    """300 + 160 + 30 = 490, all in paragraph 20 of the report, which is a copy from the web; questions are open."""
    lines = lines_of(snapshot, report(snapshot), "490万元")
    assert "构成：300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元" in lines
    assert "出处：《关于天津市对口援青工作的情况汇报》第20段（转载件）" in lines
    assert any(line.startswith("核对：与账上一致；口径由市合作交流办核对；") for line in lines)
    assert lines[-1] == f"数字名：donations.education:tj-hn.{PERIOD}@{snapshot.line}"


def test_open_questions_stand_in_the_comment_one_by_one(snapshot) -> None:
    asked = figure(snapshot, Name("funds.disbursed", "tj-hn", PERIOD)).standing.questions
    lines = lines_of(snapshot, report(snapshot), "1000万元")
    assert [line.removeprefix("待核：") for line in lines if line.startswith("待核：")][: len(asked)] == list(asked)
    assert f"{sum(line.startswith('待核：') for line in lines)} 项待核" in next(
        x for x in lines if x.startswith("核对：")
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Number("999万元", f"funds.secured:tj-hn.{PERIOD}@1", ""), "账上为2000万元，与文中不同"),
        (Number("9个", f"nothing.known:tj-hn.{PERIOD}@1", ""), "追不到账上的数"),
        (Number("9个", "no name", ""), "追不到账上的数"),
    ],
)
def test_a_figure_that_is_not_the_books_is_told(snapshot, number, words) -> None:
    made = dataclasses.replace(report(snapshot), body=(Paragraph((number,)),), annexes=())
    (comment,) = review_comments(made, snapshot)
    assert words in "".join(comment.lines)
    assert behind(made, snapshot)[0].number is number


def sheet(data):
    """The rows of the evidence sheet under their headings."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    return [dict(zip(rows[1], row, strict=True)) for row in rows[2:] if row[1]]


def test_the_evidence_sheet_has_a_line_for_every_passage_of_every_figure(snapshot) -> None:
    made = report(snapshot)
    lines = sheet(evidence_sheet(made, snapshot))
    assert list(dict.fromkeys(int(line["序号"]) for line in lines)) == list(range(1, len(occurrences(made)) + 1))
    education = [line for line in lines if line["文中写法"] == "490万元"]
    assert [(line["值"], line["计量单位"], line["段落"], line["凭据等级"]) for line in education] == [
        (4900000, "元", "第20段", "转载件"),
    ] * 3
    assert "300万元" in education[0]["记录"]
    assert all(line["算法"].startswith(("教育", "捐")) for line in education)


def test_a_number_with_a_hedge_stands_as_an_interval_in_the_sheet(snapshot) -> None:
    """近6亿元 is at least nine tenths of it and less than it: 5.4亿元 to one fen below 6亿元."""
    lines = sheet(evidence_sheet(report(snapshot), snapshot))
    assert next(line["值"] for line in lines if line["文中写法"] == "近6亿元") == "[540000000, 599999999.99]"


def test_a_figure_without_a_passage_is_openly_without(snapshot) -> None:
    made = dataclasses.replace(report(snapshot), body=(Paragraph((Number("9个", "no name", ""),)),), annexes=())
    (line,) = sheet(evidence_sheet(made, snapshot))
    assert line["来源文件"] == "无依据"


def test_the_copies_of_the_same_book_are_the_same_bytes(snapshot) -> None:
    def made():
        of = report(snapshot)
        return write_paper(of, comments=review_comments(of, snapshot)), evidence_sheet(of, snapshot), write_pdf(of)

    assert made() == made()


def test_bars_are_drawn_from_figures_and_stay_figures(snapshot) -> None:
    """300, 160 and 30: 1, 0.5333 and 0.1 of the longest."""
    found = cut(snapshot, Name("donations.education", "tj-hn", PERIOD), "g")
    chart = bars("图1　教育类捐资", [(f.identity.name.cut[0][1], f) for f in found])
    assert sorted(round(bar.length, 4) for bar in chart.bars) == [0.1, 0.5333, 1]
    assert {bar.number.text for bar in chart.bars} == {"300万元", "160万元", "30万元"}
    assert all(isinstance(bar.number, Number) for bar in chart.bars)


def test_a_chart_of_two_units_is_refused(snapshot) -> None:
    of = [figure(snapshot, Name(sheet, "tj-hn", PERIOD)) for sheet in ("funds.secured", "programmes.meetings")]
    with pytest.raises(ValueError, match="一种单位"):
        bars("图1", [(f.definition.name, f) for f in of])


def test_an_annex_has_the_lines_of_its_table_and_one_too_wide_is_refused(snapshot) -> None:
    filled = table_of(snapshot, "overview", "tj-hn", PERIOD)
    annex = annex_of(filled)
    assert len(annex.rows) == len(filled.lines)
    secured = next(row for row in annex.rows if row.cells[0].startswith("先期启动"))
    assert (secured.cells[1], secured.cells[2].text) == ("万元", "2000")
    with pytest.raises(ValueError, match="竖版附件至多 10 栏"):
        annex_of(table_of(snapshot, "t01", "tj-hn", PERIOD))

"""Walk 1: from a payment to the sentence in the report, and from the sentence back to the words it came from."""

import io
import re
import zipfile
from datetime import date

import pytest
from books import PERIOD, example, pay, report_text

from duikou.acts.evidence import text_of
from duikou.acts.funds import preview
from duikou.records.models import Finding, Posting
from duikou.reports.outline import names_in, paper
from duikou.reports.paper import Number, numbers
from duikou.reports.word import check_text, write_paper
from duikou.reports.workbook import workbook
from duikou.rules.evidence import paragraphs_of
from duikou.rules.funds import Disbursement
from duikou.rules.problem import Refused
from duikou.rules.quantity import yuan
from duikou.snapshot.store import freeze, load
from duikou.statistics.figure import Name, parse
from duikou.statistics.measure import figure
from duikou.statistics.passages import passages_of
from duikou.statistics.tables import table_of
from duikou.statistics.trace import trail

DISBURSED = Name("funds.disbursed", "tj-hn", PERIOD)


@pytest.fixture
def programme(db, settings, tmp_path):
    return example(settings, tmp_path)


def tags(docx):
    document = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    found = {}
    for control in re.findall(r"<w:sdt>.*?</w:sdt>", document, re.DOTALL):
        tag = re.search(r'<w:tag w:val="([^"]+)"', control)[1]
        found.setdefault(tag, set()).add("".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", control)))
    return found


def of_figures(docx):
    """The tags of figures; a gift in a sentence bears its own number, gift-12.amount@57."""
    return [tag for tag in tags(docx) if ":" in tag]


def of_records(docx):
    found = (re.fullmatch(r"[a-z_]+-(\d+)\.([a-z_]+)@\d+", tag) for tag in tags(docx))
    return [(int(one[1]), one[2]) for one in found if one]


def report(snapshot):
    return paper(snapshot, "situation", "tj-hn", PERIOD)


def test_a_payment_after_the_day_reaches_the_report_and_leads_back_to_its_voucher(programme):
    case, standing, problems = preview(
        Disbursement(amount=yuan(2_000_000), paid_on=date(2011, 8, 30), voucher="B-1"), programme=programme
    )
    assert (case, standing.stated, standing.pool) == ("adds", 1000 * 10**6, 1000 * 10**6)
    assert {p.weight for p in problems} == {"asks"}  # history: the plan was only preliminary, and no payee is named
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    taken = freeze()
    printed = tags(write_paper(report(taken)))
    assert printed[f"{DISBURSED}@{taken.line}"] == {"1200万元", "1200"}  # in the sentence, the chart; in the table
    name, line = parse(f"{DISBURSED}@{taken.line}")
    members = trail(load(line), name).counted
    assert [(m.text, m.passages[0].title) for m in members] == [
        ("1000万元", "关于天津市对口援青工作的情况汇报"),
        ("200万元", "拨款凭证 B-1"),
    ]


def test_a_payment_on_or_before_the_day_fills_the_total_in_and_changes_no_number(programme):
    pay(programme, 2_000_000, date(2011, 6, 15), "B-1")
    found = figure(freeze(), DISBURSED)
    assert (found.text, found.standing.listed.low) == ("1000万元", 200 * 10**6)


def test_payments_that_come_to_more_than_the_total_are_refused_with_both_numbers_and_nothing_is_written(programme):
    pay(programme, 9_000_000, date(2011, 6, 15), "B-1")
    before = Posting.objects.count(), freeze().line
    with pytest.raises(Refused) as refused:
        pay(programme, 2_000_000, date(2011, 7, 1), "B-2")
    said = str(refused.value)
    assert "1100万元" in said
    assert "1000万元" in said
    assert (Posting.objects.count(), freeze().line) == before


def test_more_than_is_secured_is_refused(programme):
    with pytest.raises(Refused, match="不超过 1000万元（已落实 2000万元）"):
        pay(programme, 10_000_001, date(2011, 8, 30), "B-1")


def test_an_issued_paper_is_the_same_bytes_again_after_the_book_has_moved_on(programme):
    taken = freeze()
    docx = write_paper(report(taken))
    xlsx = workbook(table_of(taken, "overview", "tj-hn", PERIOD))
    pay(programme, 2_000_000, date(2011, 8, 30), "B-1")
    freeze()
    again = load(taken.line)
    assert write_paper(report(again)) == docx
    assert workbook(table_of(again, "overview", "tj-hn", PERIOD)) == xlsx


def test_the_first_finding_is_money_paid_while_the_plan_was_only_preliminary(programme):
    asked = set(Finding.objects.filter(record__programme=programme).values_list("rule", flat=True))
    assert asked == {
        "funds.3",
        "funds.4",
        "projects.2",
        "projects.3",
        "donations.3",
        "donations.4",
        "evidence.4",
        "sides.1",
        "sides.2",
    }


REAL_FIGURES = {
    "2000万元", "1000万元", "12个", "45名", "15名", "5名", "20多所", "160万元", "20台", "300万元", "30万元", "6000万元",
    "可达7.2万吨", "近百人", "上亿元", "近6亿元", "5次", "17年", "490万元",
}  # fmt: skip


def test_the_report_carries_every_figure_of_the_real_one_in_controls_and_no_number_outside(programme):
    taken = freeze()
    made = report(taken)
    sentences = {piece.text for paragraph in made.body for piece in paragraph.pieces if isinstance(piece, Number)}
    assert sentences == REAL_FIGURES
    assert set().union(*tags(write_paper(made)).values()) == {number.text for number in numbers(made)}
    drawn = {bar.number.text for paragraph in made.body if paragraph.chart for bar in paragraph.chart.bars}
    assert drawn <= REAL_FIGURES
    assert check_text(made, names_in(taken)) == []


def test_every_number_of_the_report_opens_and_leads_to_words_with_their_paragraph(programme):
    taken = freeze()
    docx = write_paper(report(taken))
    for tag in of_figures(docx):
        name, line = parse(tag)
        found = trail(load(line), name)
        members = found.counted or tuple(m for part in found.parts for m in part.counted)  # a ratio has two
        assert members, tag
        assert all(p.paragraph and p.fragment for m in members for p in m.passages), tag
        assert all(m.passages for m in members), tag
    gifts = [passages_of(taken, *of) for of in of_records(docx)]
    assert [{p.paragraph for p in passages} for passages in gifts] == [{20}] * 3


def test_with_the_document_every_fragment_stands_in_its_paragraph(db, settings, tmp_path):
    example(settings, tmp_path, source=report_text())
    taken = freeze()
    for statement in taken.rows["statements"]:
        if not statement["digest"]:
            continue  # of the other side's page nobody has the text
        paragraphs = paragraphs_of(text_of(statement["digest"]))
        assert statement["fragment"] in paragraphs[statement["paragraph"] - 1]


def test_the_other_programmes_are_in_none_of_the_figures(programme):
    taken = freeze()
    for tag in of_figures(write_paper(report(taken))):
        name, _ = parse(tag)
        records = {m.number for m in trail(taken, name).members}
        others = {r["number"] for t in ("projects", "visits") for r in taken.rows[t] if r["programme"] != "tj-hn"}
        assert not records & others
    own = {r["number"] for r in taken.rows["gifts"] if r["programme"] == "tj-hn"}
    assert {number for number, _ in of_records(write_paper(report(taken)))} <= own


def test_another_programme_has_a_paper_of_its_own_without_gaps(programme):
    taken = freeze()
    made = paper(taken, "situation", "sh-ks", PERIOD)
    said = "".join(p if isinstance(p, str) else p.text for par in made.body for p in par.pieces)
    assert "上海市" in said
    assert "{" not in said

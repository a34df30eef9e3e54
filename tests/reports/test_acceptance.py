"""The acceptance checks pass what we write, in every form, and find each thing that an office would send back."""

import dataclasses
import io
import zipfile
from itertools import product
from pathlib import Path

import pytest
from paper_samples import HEADING, PAPER, money
from parts import converted, require

from duikou.reports.acceptance import acceptance
from duikou.reports.look import Look
from duikou.reports.paper import Paragraph
from duikou.reports.pdf import write_pdf
from duikou.reports.printed import Printed
from duikou.reports.word import write_paper

SMALL = dataclasses.replace(PAPER, annexes=(), body=PAPER.body[:3])
FORMS = ("spoken", "upward")


def codes(found):
    return sorted({int(problem.code.rpartition(".")[2]) for problem in found})


def changed(docx, part, old, new):
    """A Word file with something in one part put in another's place, wherever it stands."""
    package = zipfile.ZipFile(io.BytesIO(docx))
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        for name in package.namelist():
            text = package.read(name).decode()
            if name == f"word/{part}.xml":
                assert old in text
                text = text.replace(old, new)
            archive.writestr(name, text)
    return box.getvalue()


def saying(*pieces):
    return dataclasses.replace(SMALL, body=(Paragraph(pieces),))


@pytest.mark.parametrize(("form", "plain"), product(FORMS, (False, True)))
def test_what_we_write_passes_with_its_pdf(form, plain) -> None:
    docx = write_paper(PAPER, form=form, heading=HEADING, plain=plain)
    assert acceptance(docx, write_pdf(PAPER, form=form, heading=HEADING)) == []


@pytest.mark.parametrize(
    "look",
    [Look("gbk"), Look("windows", digits="Times New Roman"), Look(bold_second=True), Look(word_grid=True)],
    ids=str,
)
def test_every_look_passes_its_own_checks_and_no_other(look) -> None:
    files = write_paper(SMALL, look=look), write_pdf(SMALL, look=look)
    assert acceptance(*files, look=look) == []
    other = Look("gb2312") if look.fonts != "gb2312" or look.digits or look.word_grid else Look("gbk")
    assert 1 in codes(acceptance(files[0], None, look=other))


@pytest.mark.paper
@pytest.mark.parametrize("form", FORMS)
def test_what_libreoffice_prints_of_it_passes(form, tmp_path) -> None:
    """But for check 4: LibreOffice 7.4 does not read which characters may not begin a line, and parts 2011 from 年."""
    for needed in ("libreoffice", "fonts"):
        require(needed)
    docx = write_paper(PAPER, form=form, heading=HEADING)
    (tmp_path / "paper.docx").write_bytes(docx)
    printed = converted(tmp_path / "paper.docx", "pdf", tmp_path / "out")
    assert set(codes(acceptance(docx, printed.read_bytes()))) <= {4}


@pytest.mark.parametrize(
    ("part", "old", "new", "code"),
    [
        ("document", 'w:top="2098"', 'w:top="1440"', 1),
        ("document", 'w:linePitch="579"', 'w:linePitch="580"', 1),
        ("document", 'w:type="lines"', 'w:type="linesAndChars" w:charSpace="-849"', 1),  # squeezed twice
        ("document", 'w:footer="1126"', 'w:footer="992"', 1),
        ("settings", "<w:evenAndOddHeaders/>", "", 1),
        ("settings", "doNotCompress", "compressPunctuation", 1),
        ("settings", "<w:themeFontLang", "<w:updateFields/><w:themeFontLang", 1),
        ("styles", 'w:eastAsia="楷体_GB2312"', 'w:eastAsia="华文行楷"', 1),  # a foreign face in a style
        ("document", 'w:hint="eastAsia"', 'w:hint="eastAsia" w:eastAsia="微软雅黑"', 1),  # and in a run
        ("document", "今年启动的", "今年,启动的", 3),
        ("document", "今年启动的", "今年（2011年3月-5月）启动的", 3),
        ("document", "2011年8月29日前", "2011年08月29日前", 3),
        ("document", "津合〔2011〕1号", "津合[2011]1号", 3),
        ("document", "已经落实，其中", "已经落实，其中500万元，", 5),
        ("document", '<w:tag w:val="funds.secured:tj-hn.2011@57"/>', "", 7),
        ("document", 'w:name="dk_P7K3M9QX_002"', 'w:name="dk_P7K3M9QX_001"', 7),
    ],
)
def test_a_file_changed_by_hand_fails_the_check_that_looks_for_it(part, old, new, code) -> None:
    docx = changed(write_paper(SMALL, form="upward", heading=HEADING), part, old, new)
    assert codes(acceptance(docx, None)) == [code]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("双方,达成共识", 3),
        ("一季度1-3月完成", 3),
        ("2011年08月05日", 3),
        ("按津合[2011]5号执行", 3),
        ("双方达成共识", None),
    ],
)
def test_a_pdf_by_itself_is_read_for_the_same(words, code) -> None:
    assert codes(acceptance(None, write_pdf(saying(words)))) == ([code] if code else [])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("按《2011年项目100问》第5条，8月30日—31日，见图1、附件2。",), []),
        (("（1）按津合〔2011〕5号执行。",), []),
        (("启动2000万元。",), [5]),
        (("在第100中学开班。",), []),  # a name that holds a numeral
        (("共", money("2000万元"), "，每年45人。"), [5]),
    ],
)
def test_a_number_outside_a_control_is_a_date_a_code_a_mark_or_a_name(words, found) -> None:
    assert codes(acceptance(write_paper(saying(*words)), None, names=("第100中学",))) == found


def test_a_pdf_of_another_paper_is_told_from_its_word_file() -> None:
    docx = write_paper(saying("甲市落实资金。"))
    assert codes(acceptance(docx, write_pdf(saying("乙市落实资金。")))) == [7]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("#let line = 28.95pt", "#let line = 31pt"),  # fewer lines
        ("#let line = 28.95pt", "#let line = 28pt"),  # more lines
        ("#let zi = 15.79pt", "#let zi = 14.5pt"),  # longer lines
        ("#let zi = 15.79pt", "#let zi = 19pt"),  # shorter lines
        ("left: 28mm", "left: 25mm"),
        ("right: 26mm", "right: 30mm"),
        ("footer-descent: 12.84pt", "footer-descent: 20pt"),
        ("calc.odd(n)", "calc.even(n)"),
        ("[— #n —]", "[#n]"),
    ],
)
def test_a_page_that_is_laid_out_otherwise_is_found(old, new, tmp_path, monkeypatch) -> None:
    from duikou.reports import pdf

    text = pdf.TEMPLATE.read_text("utf-8")
    assert old in text
    (tmp_path / "paper.typ").write_text(text.replace(old, new), "utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", Path(tmp_path / "paper.typ"))
    assert codes(acceptance(None, write_pdf(dataclasses.replace(PAPER, annexes=(), body=PAPER.body[4:])))) == [2]


def test_a_number_parted_from_its_unit_is_found(monkeypatch) -> None:
    """28 characters a line: an indent of two and 23 of text leave room for 2000 and not for 万元, where nothing keeps them."""
    from duikou.reports import pdf

    paper = saying("文" * 23 + "2000万元已经落实。")
    assert acceptance(None, write_pdf(paper)) == []
    monkeypatch.setattr(pdf, "_KEPT", pdf.re.compile("(X)"))
    assert codes(acceptance(None, write_pdf(paper))) == [4]


def test_a_foreign_font_in_the_pdf_is_found(monkeypatch) -> None:
    from duikou.reports import pdf

    monkeypatch.setattr(pdf, "stand_ins", lambda face: ("DejaVu Sans", "Noto Serif CJK SC"))
    found = acceptance(None, write_pdf(saying("ABC大会")))
    assert codes(found) == [6]
    assert "DejaVuSans" in found[0].found


def test_the_pdf_holds_the_fonts_of_the_look_or_their_stand_ins_and_says_what_it_is() -> None:
    pdf = write_pdf(PAPER)
    assert all(font.startswith(("Noto", "Sim", "Fang", "FZ", "Kai")) for font in Printed(pdf).fonts)
    from pypdf import PdfReader

    read = PdfReader(io.BytesIO(pdf))
    assert (read.metadata.title, read.metadata.author) == (
        "关于天津市对口支援青海省黄南藏族自治州工作的情况汇报",
        "市政府合作交流办负责人",
    )
    assert read.trailer["/Root"]["/Lang"] == "zh-CN"
    assert [o.title for o in read.outline if not isinstance(o, list)] == ["一、民生优先，快速推进"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_paper_is_the_same_pdf(form) -> None:
    assert write_pdf(PAPER, form=form, heading=HEADING) == write_pdf(PAPER, form=form, heading=HEADING)


@pytest.mark.paper
@pytest.mark.parametrize("first", range(28))
def test_no_line_of_print_begins_with_a_mark_or_ends_with_an_opening_one(first):
    """Sums in marks, begun at each of the 28 places of a line."""
    pieces = [
        "字" * first,
        *(piece for n in range(1, 40) for piece in ("（", money(f"{n}00万元"), "）", money("18万元"), "；")),
    ]
    made = Printed(write_pdf(dataclasses.replace(SMALL, body=(Paragraph(tuple(pieces)),))))
    lines = [line.text for page in made.pages for line in page.text]
    assert [text for text in lines if text[0] in "；，。）" or text[-1] in "（“"] == []

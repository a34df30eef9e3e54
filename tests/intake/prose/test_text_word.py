"""What of a Word file is its text: as it is read once all changes are accepted, row by row, boxes and notes once."""

import struct

import pytest
from intake.files import with_relation
from intake.prose.text_files import TEXT, docx, word97, xml_of

from duikou.intake.prose.text import paragraphs


def read(body, **more):
    return paragraphs("报告.docx", docx(body, **more))


def p(inner, properties=""):
    return f"<w:p>{properties}{inner}</w:p>"


def r(words, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{words}</w:t></w:r>'


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def cell(*lines):
    return f"<w:tc><w:tcPr/>{xml_of(lines)}</w:tc>"


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (r("拨付") + "<w:del>" + r("500").replace("w:t", "w:delText") + "</w:del><w:ins>" + r("600") + "</w:ins>" + r("万元"), "拨付600万元"),
        ("<w:moveFrom>" + r("旧处") + "</w:moveFrom><w:moveTo>" + r("新处") + "</w:moveTo>", "新处"),
        (r("公开") + r("内部", "<w:rPr><w:vanish/></w:rPr>") + r("文字", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), "公开文字"),
        (mark("begin") + "<w:r><w:instrText>PAGE 9</w:instrText></w:r>" + mark("separate") + r("3") + mark("end") + r("页"), "3页"),
        (mark("begin") + r("条件") + mark("begin") + r("内") + mark("separate") + r("果") + mark("end") + mark("separate") + r("结果") + mark("end"), "结果"),
        ('<w:fldSimple w:instr="DATE">' + r("5月") + "</w:fldSimple>", "5月"),
        (mark("begin") + r("没有收尾的域不吞掉后文"), "没有收尾的域不吞掉后文"),
        (r("资金") + "<w:r><w:tab/></w:r>" + r("200") + "<w:r><w:br/></w:r>" + r("万元"), "资金\t200\n万元"),
        (r("10") + "<w:r><w:noBreakHyphen/></w:r>" + r("12月"), "10-12月"),
        ('<w:hyperlink>' + r("链接") + "</w:hyperlink><w:smartTag>" + r("标签") + "</w:smartTag>", "链接标签"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("2000") + "</w:sdtContent></w:sdt>" + r("万元"), "2000万元"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("单击此处") + "</w:sdtContent></w:sdt>" + r("有"), "有"),
        ("<w:r><w:ruby><w:rt>" + r("yuán") + "</w:rt><w:rubyBase>" + r("援") + "</w:rubyBase></w:ruby></w:r>", "援"),
        ("<m:oMath><m:r><m:t>120</m:t></m:r></m:oMath>" + r("平方米"), "120平方米"),
        (r("看不见的\u200b字符\ufeff去掉") + r("\u3000\xa0空白留下"), "看不见的字符去掉\u3000\xa0空白留下"),
    ],
    ids=range(15),
)  # fmt: skip
def test_a_paragraph_says_what_its_page_shows(inner, said):
    assert read(p(inner)).paragraphs == (said,)


def test_numbers_that_word_draws_are_not_made_up():
    numbered = "<w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    assert read(p(r("资金情况"), numbered)).paragraphs == ("资金情况",)


def test_a_row_is_one_line_and_a_row_of_one_cell_a_frame():
    table = f"<w:tbl><w:tr>{cell('县')}{cell('资金', '（万元）')}</w:tr><w:tr>{cell('清河')}{cell('')}</w:tr></w:tbl>"
    framed = f"<w:tbl><w:tr><w:tc>{xml_of(['第一段', '第二段'])}{table}{xml_of(['末段'])}</w:tc></w:tr></w:tbl>"
    rows = ("县\t资金\n（万元）", "清河\t")
    found = read(xml_of(["前"]) + table + framed + xml_of(["后"]))
    assert found.paragraphs == ("前", *rows, "第一段", "第二段", *rows, "末段", "后")
    assert found.kinds == ("text", "row", "row", "text", "text", "row", "row", "text", "text")


def test_a_row_that_was_deleted_is_left_out():
    table = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell('甲')}{cell('1')}</w:tr><w:tr>{cell('乙')}{cell('2')}</w:tr></w:tbl>"
    assert read(table).paragraphs == ("乙\t2",)


def test_a_table_within_a_cell_follows_its_row():
    inner = f"<w:tbl><w:tr>{cell('500')}{cell('600')}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr>{cell('资金')}<w:tc>{xml_of(['分年'])}{inner}{xml_of([''])}</w:tc></w:tr></w:tbl>"
    assert read(table).paragraphs == ("资金\t分年", "500\t600")


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on():
    box = f"<w:txbxContent>{xml_of(['框内一', '框内二'])}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    found = read(p(r("前半") + f"<w:r>{both}</w:r>" + r("后半")) + xml_of(["下一段"]))
    assert found.paragraphs == ("前半后半", "框内一", "框内二", "下一段")
    assert found.kinds == ("text", "box", "box", "text")


def test_footnotes_follow_the_text_without_the_line_that_parts_them():
    notes = f'<w:footnote w:type="separator">{xml_of(["——"])}</w:footnote><w:footnote w:id="1">{xml_of(["含捐物折价。"])}</w:footnote>'
    found = read(p(r("捐款120万元") + "<w:r><w:footnoteReference w:id='1'/></w:r>") + xml_of(["末段"]), footnotes=notes)
    assert found.paragraphs == ("捐款120万元", "末段", "含捐物折价。")
    assert found.kinds == ("text", "text", "footnote")


def test_a_paragraph_whose_mark_was_deleted_runs_on():
    gone = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert read(p(r("拨付资金"), gone) + xml_of(["500万元"])).paragraphs == ("拨付资金500万元",)


def test_styles_say_what_is_a_heading_and_what_is_hidden():
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="a"><w:name w:val="own"/><w:basedOn w:val="1"/></w:style>'
        '<w:style w:styleId="h"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    styled = '<w:pPr><w:pStyle w:val="{}"/></w:pPr>'
    body = (
        p(r("标题"), styled.format("a"))
        + p(r("批注"), styled.format("h"))
        + p(r("正文"), "<w:pPr><w:outlineLvl w:val='9'/></w:pPr>")
    )
    found = read(body, styles=styles)
    assert (found.paragraphs, found.kinds) == (("标题", "正文"), ("heading", "text"))


def test_a_template_outside_or_an_object_inside_does_not_keep_the_words_out():
    made = with_relation(docx(xml_of(["正文"])), "word/_rels/settings.xml.rels", "attachedTemplate", "file:///a.dot")
    assert paragraphs("a.docx", made).paragraphs == ("正文",)


# ---- the binary form of 1997 to 2003 ---------------------------------------------------------------------------------

VANISH, DELETED = struct.pack("<HB", 0x083C, 1), struct.pack("<HB", 0x0800, 1)
IN_TABLE, ROW_END = struct.pack("<HB", 0x2416, 1), struct.pack("<HBHB", 0x2416, 1, 0x2417, 1)


def read97(*pieces, **more):
    return paragraphs("报告.doc", word97(pieces, **more))


def test_pieces_of_one_byte_and_of_two_are_put_together():
    found = read97(("GDP 2000 \x93ok\x94 ", True, 0), ("万元\r资金\r", False, 0))
    assert found.paragraphs == ("GDP 2000 “ok” 万元", "资金")
    assert found.form == "doc"


def test_a_piece_that_is_marked_as_deleted_or_hidden_is_left_out():
    brief, long = 0x41 << 1 | 1 << 8, 0 << 1 | 1
    found = read97(
        ("拨付", False, 0),
        ("五百", False, brief),
        ("六百", False, 0),
        ("密", False, long),
        ("万\r", False, 0),
        shared=[VANISH],
    )
    assert found.paragraphs == ("拨付六百万",)


def test_characters_that_are_deleted_or_hidden_are_left_out():
    first = TEXT
    marked = [
        (first, first + 4, b""),
        (first + 4, first + 8, DELETED),
        (first + 8, first + 12, b""),
        (first + 12, first + 14, VANISH),
    ]
    assert read97(("拨付五百六百密万\r", False, 0), marked=marked).paragraphs == ("拨付六百万",)


def test_the_rows_of_a_table_with_an_empty_cell():
    words = "前\r县\x07资金\x07\x07清河\x07\x07\x07后\r"
    ends = [TEXT + 2 * (at + 1) for at, c in enumerate(words) if c in "\r\x07"]
    said = [b"", IN_TABLE, IN_TABLE, ROW_END, IN_TABLE, IN_TABLE, ROW_END, b""]
    ranges = [*zip([TEXT, *ends], ends, said, strict=False)]
    found = read97((words, False, 0), paragraphs=ranges)
    assert found.paragraphs == ("前", "县\t资金", "清河\t", "后")
    assert found.kinds == ("text", "row", "row", "text")


def test_codes_of_fields_are_left_out_and_one_without_end_is_none():
    assert read97(("见\x13 LINK \x13 A \x14x\x15 \x14第3页\x15。\r\x13尾\r", False, 0)).paragraphs == (
        "见第3页。",
        "尾",
    )


def test_footnotes_and_boxes_follow_the_text_and_headers_do_not():
    words = "正文\r" + "\x02 注\r" + "页眉\r" + "框\r"
    found = read97((words, False, 0), counts=(3, 4, 3, 0, 0, 0, 2, 0))
    assert found.paragraphs == ("正文", "框", " 注")
    assert found.kinds == ("text", "box", "footnote")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"flags": 0x100}, "加了密码的 Word 文档"),
        ({"version": 0x68}, "Word 95 或更早的文档"),
        ({"counts": (-1, *[0] * 7)}, "文件已损坏"),
        ({"counts": (0, *[0] * 7)}, "里面没有文字"),
    ],
    ids=range(4),
)
def test_an_old_file_that_cannot_be_read_says_why(more, said):
    with pytest.raises(ValueError, match=said):
        read97(("正文\r", False, 0), **more)

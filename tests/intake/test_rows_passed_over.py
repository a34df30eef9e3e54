"""Rows that hold cells and nothing else are passed over when a file is judged; what hides among them is seen all the same."""

import pytest
from intake.files import XLSX, refused, with_part

from duikou.intake.upload import examine

ROW = '<row r="1" s="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" s="2"/></row>'
ROWS = ROW * 4000  # some 400 KB: a part is unpacked in pieces of 64 KB
OBJECT = '<Relationship Type="http://x/oleObject" Target="a.bin"/>'


def part(xml, name="xl/worksheets/sheet9.xml"):
    return with_part(XLSX, name, f'<?xml version="1.0" encoding="UTF-8"?>\n<sheetData>{xml}</sheetData>'.encode())


def test_a_long_sheet_comes_in():
    assert examine("表.xlsx", part(ROWS)).kind == "xlsx"


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        (f"{ROWS}{OBJECT}{ROWS}", "嵌入对象（a.bin）"),
        (ROWS.replace("</row>", f"{OBJECT}</row>", 1), "嵌入对象（a.bin）"),
        (f"{ROWS}<!-- {ROW} --> {OBJECT}{ROWS}", "嵌入对象（a.bin）"),
        # without its row the instruction would end at once, and what follows it would seem to be text
        (f"{ROWS}<?x ?{ROW}><![CDATA[ ?>{OBJECT}<![CDATA[ ]]>{ROWS}", "嵌入对象（a.bin）"),
        (f"{ROWS}<fldSimple w:instr='DDE cmd'/>{ROWS}", "DDE 域"),
        (ROWS + ROW.replace("甲", "&nothing;") + ROWS, "不是完整的 XML"),
        (ROWS + ROW.replace('<c r="C1"', '<c r="C1" r="C1"') + ROWS, "不是完整的 XML"),
        (ROWS + ROW.replace("</v>", "") + ROWS, "不是完整的 XML"),
        (f"{ROWS}</sheetData>{ROWS}<sheetData>", "不是完整的 XML"),
        (f"{ROWS}{'<a>' * 100}{ROW}{'</a>' * 100}{ROWS}", "层次超过 100"),
        (f"{ROWS}<!DOCTYPE a>", "不是完整的 XML"),
    ],
    ids=[
        "between",
        "inside",
        "comment",
        "instruction",
        "field",
        "entity",
        "twice",
        "open",
        "two roots",
        "deep",
        "doctype",
    ],
)
def test_what_stands_among_the_rows_is_found(xml, found):
    assert found in refused(part(xml))


def test_a_part_of_rows_that_no_program_would_write_is_read_like_any_other():
    """Rows with a prefix, without places, with text between the cells: nothing in them is let by unseen."""
    odd = '<x:row xmlns:x="y"><x:c><x:v>1</x:v></x:c></x:row><row><c><v>1</v></c> text <c/></row>'
    assert examine("表.xlsx", part(odd * 3000)).kind == "xlsx"
    assert "嵌入对象" in refused(part(odd * 3000 + OBJECT))

"""What only the upward form (报告·上行文) has: the red head above the text, the signature and the foot below it."""

from .look import LINE, WIDTH, Look
from .paper import Heading, Paper, day_words, title_lines, width
from .word_text import before, indent, paragraph, run

TOP = 1984  # 35 mm from the block's upper edge to the upper edge of the office's name
MOST, LEAST = 48, 22  # points of the office's name
BLOCK = WIDTH / 20  # the width of the block in points
FRAME = {"w": WIDTH, "hSpace": 0, "wrap": "around", "vAnchor": "margin", "hAnchor": "margin", "xAlign": "center",
         "yAlign": "bottom"}  # fmt: skip
SMALL = 280  # a character of 四号
THICK, THIN = 20, 15  # 0.35 and 0.25 mm in twentieths of a point
COPIED = 26  # characters of 四号 in a line of copies
NO_CODE, NO_DAY = "〔　　　　〕　号", "　　　　年　　月　　日"  # room to be filled in by hand


def must_fit(heading: Heading) -> None:
    """Nothing for a heading that can be printed; ValueError where what the form needs is missing."""
    lacking = [said for said, value in (("发文机关", heading.office), ("主送机关", heading.addressee)) if not value]
    if lacking:
        raise ValueError(f"报告（上行文）缺{'、'.join(lacking)}")


def mark_of(heading: Heading) -> tuple[tuple[str, ...], float]:
    """The lines of the red name and its size in points: as large as the block lets it be."""
    said = heading.mark or heading.office
    lines = (said,) if width(said) * LEAST <= BLOCK else title_lines(said)
    longest = max(map(width, lines))
    return lines, max(min(MOST, int(2 * BLOCK / longest) / 2), LEAST if len(lines) == 1 else 16)


def addressee(heading: Heading) -> str:
    """To whom, with the full-width colon."""
    return heading.addressee.rstrip("：:") + "："


def copies(heading: Heading) -> str:
    """Who gets a copy, with the full stop; nothing where nobody does."""
    return f"{'，'.join(heading.copies)}。" if heading.copies else ""


def above(heading: Heading, look: Look) -> list[str]:
    """份号, 密级, 紧急程度 where there are any; the red name; number and signer over the red rule."""
    said = [("Serial", heading.serial), ("Secrecy", heading.secrecy), ("Secrecy", heading.urgency)]
    first = [paragraph(style, run(text)) for style, text in said if text]
    lines, size = mark_of(heading)
    high = round(24 * size)
    room = max(0, TOP - LINE * len(first) - round(2.4 * size))  # the name stands a little below its line's edge
    mark = paragraph(
        "Mark",
        "<w:r><w:br/></w:r>".join(run(line, size=round(2 * size)) for line in lines),
        spacing={"before": room, "line": high, "lineRule": "exact"},
    )
    signer = heading.signer_label
    right = round(WIDTH - look.character * (5 + max(3, width(signer))))
    tabs = "".join(f'<w:tab w:val="left" w:pos="{at}"/>' for at in (look.character, right))
    rule = '<w:bottom w:val="single" w:sz="12" w:space="11" w:color="FF0000"/>'
    number = run(f"\t{heading.code or NO_CODE}\t签发人：") + run(signer, look.faces.kaiti)
    return [*first, mark, paragraph("Number", number, pBdr=rule, tabs=tabs, spacing=before(2))]


def signature(paper: Paper, heading: Heading, look: Look) -> list[str]:
    """Who issues it and when, with room for the seal: the date four characters in, the name centred on it."""
    said, wide = day_words(heading.day or paper.day), look.character
    longer = max(0, (width(heading.office) - width(said)) / 2 - 4)
    date = 4 + longer
    name = date + (width(said) - width(heading.office)) / 2
    return [
        paragraph("Signature", run(heading.office), spacing=before(2), ind=indent("right", name, wide)),
        paragraph("Date", run(said), ind=indent("right", date, wide)),
    ]


def imprint(heading: Heading) -> list[str]:
    """The foot at the lower edge of the last page: copies, who printed it and when, between three rules.

    LibreOffice 7.4 does not frame paragraphs that have borders, and leaves a table where it stands in the text: so a
    rule is a shaded line as high as the rule is thick, and lines are broken and set in by tabs.
    """
    day = day_words(heading.printed_on) if heading.printed_on else NO_DAY
    lines = copied(heading)
    said = "\n".join(("\t\t" if at else "\t抄送：") + line for at, line in enumerate(lines))
    made = [_rule(THICK)]
    if lines:
        made += [_tabbed(said, ("left", SMALL), ("left", 4 * SMALL)), _rule(THIN)]
    last = f"\t{heading.printer or heading.office}\t{day}印发"
    return [
        *made, _tabbed(last, ("left", SMALL), ("right", WIDTH - SMALL)), _rule(THICK), paragraph("Last", "")
    ]  # fmt: skip


def _rule(thick: int) -> str:
    shade = {"val": "clear", "color": "auto", "fill": "000000"}
    return paragraph("Rule", "", framePr=FRAME, shd=shade, spacing={"line": thick, "lineRule": "exact"})


def _tabbed(text: str, *stops: tuple[str, int]) -> str:
    tabs = "".join(f'<w:tab w:val="{side}" w:pos="{at}"/>' for side, at in stops)
    return paragraph("Imprint", run(text), framePr=FRAME, tabs=tabs)


def copied(heading: Heading) -> list[str]:
    """Who gets a copy in lines of 26 characters; a mark that would begin a line hangs at the end of the one before."""
    lines = [""]
    for character in copies(heading):
        if width(lines[-1] + character) > COPIED and character not in "，。":
            lines.append("")
        lines[-1] += character
    return lines if lines[0] else []

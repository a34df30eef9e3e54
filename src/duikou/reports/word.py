"""A paper as a Word file in the official form, every figure in a control that leads back to the book."""

from collections.abc import Sequence

from . import redhead, word_parts
from .look import FACES, Look
from .package import DECLARATION, OFFICE, Part, core_properties, custom_properties, office_file
from .paper import (
    Annex,
    Bar,
    Chart,
    Comment,
    Form,
    Heading,
    Number,
    Paper,
    Paragraph,
    Piece,
    day_words,
    occurrences,
    title_lines,
)
from .proofreading import check_text
from .word_chart import chart_of
from .word_text import SPACES, Writing, before, paragraph, run

__all__ = [
    "FACES", "Annex", "Bar", "Chart", "Comment", "Form", "Heading", "Look", "Number", "Paper", "Paragraph", "Piece", "check_text",
    "occurrences", "title_lines", "write_paper",
]  # fmt: skip


def write_paper(
    paper: Paper,
    *,
    form: Form = "spoken",
    heading: Heading | None = None,
    look: Look | None = None,
    plain: bool = False,
    comments: Sequence[Comment] = (),
) -> bytes:
    """The paper as a .docx file: spoken 汇报材料 or upward 报告; a plain one keeps the bookmarks and has no controls."""
    look, heading = look or Look(), heading or Heading()
    if form == "upward":
        redhead.must_fit(heading)
    document, kind = "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml"
    writing = Writing(paper, look, plain, {comment.bookmark for comment in comments})
    blocks = _spoken(writing) if form == "spoken" else _upward(writing, heading)
    end = word_parts.section(look, footed=bool(paper.head), draft=heading.draft)
    text = f"{DECLARATION}<w:document {SPACES}><w:body>{''.join(blocks)}{end}</w:body></w:document>"
    inside = [
        ("footer1", "footer", word_parts.footer(paper.head, odd=True)),
        ("footer2", "footer", word_parts.footer(paper.head, odd=False)),
        *([("header1", "header", word_parts.header("草稿"))] if heading.draft else []),
        ("styles", "styles", word_parts.styles(look)),
        ("settings", "settings", word_parts.settings()),
        ("fontTable", "fontTable", word_parts.fonts(look)),
        *([("comments", "comments", word_parts.comments_part(comments, paper.made_at))] if comments else []),
    ]
    return office_file(
        [
            Part(document, f"{kind}.document.main+xml", text, f"{OFFICE}/relationships/officeDocument"),
            core_properties(title=paper.plain_title, creator=heading.office or paper.office, made_at=paper.made_at),
            custom_properties([("账首", paper.head_full), ("文稿编号", paper.number)]),
            *(
                Part(f"word/{name}.xml", f"{kind}.{part}+xml", xml, f"{OFFICE}/relationships/{part}", document)
                for name, part, xml in inside
            ),
        ]
    )


def _spoken(writing: Writing) -> list[str]:
    """Title, who speaks, when, to whom; the text; the annexes."""
    paper = writing.paper
    blocks = [
        _title(paper, {}),
        paragraph("Office", run(paper.office)),
        paragraph("Day", run(f"（{day_words(paper.day)}）")),
    ]
    gap = before(1)  # the blank line under the date
    if paper.salutation:
        blocks.append(paragraph("Salutation", run(paper.salutation), spacing=gap))
    blocks += _body(writing, {} if paper.salutation else gap)
    return [*blocks, *_listed(writing), *_annexes(writing)]


def _upward(writing: Writing, heading: Heading) -> list[str]:
    """The red head; title, to whom, text; the annexes' names; who signs and when; the annexes; the foot."""
    return [
        *redhead.above(heading, writing.look),
        _title(writing.paper, before(2)),
        paragraph("Salutation", run(redhead.addressee(heading)), spacing=before(1)),
        *_body(writing, {}, signed=True),
        *_listed(writing, signed=True),
        *redhead.signature(writing.paper, heading, writing.look),
        *_annexes(writing),
        *redhead.imprint(heading),
    ]


def _title(paper: Paper, room: dict[str, int]) -> str:
    return paragraph("Title", "<w:r><w:br/></w:r>".join(map(run, title_lines(paper.title))), spacing=room)


def _body(writing: Writing, room: dict[str, int], *, signed: bool = False) -> list[str]:
    """The paragraphs with their charts; `room` above the first, and the last kept with what follows it."""
    made: list[str] = []
    drawn = 1
    for said in writing.paper.body:
        style = f"Heading{said.level}" if said.level else "Normal"
        last = signed and said is writing.paper.body[-1]  # no page holds the signature alone
        made.append(paragraph(style, writing.runs(said.pieces), keepNext=last, spacing=room if not made else {}))
        if said.chart:
            made.append(chart_of(writing, said.chart, drawn))
            drawn += len(said.chart.bars)
    return made


def _listed(writing: Writing, *, signed: bool = False) -> list[str]:
    """附件：1. …, the names of the annexes under each other."""
    titles, wide = [annex.plain_title for annex in writing.paper.annexes], writing.look.character
    several = len(titles) > 1
    made = []
    for number, title in enumerate(titles, 1):
        left, hanging = (6 if several else 5), (3 + several if number == 1 else 1)
        ind = {"leftChars": 100 * left, "left": wide * left, "hangingChars": 100 * hanging, "hanging": wide * hanging}
        said = ("附件：" if number == 1 else "") + (f"{number}.\t" if several else "") + title
        tabs = f'<w:tab w:val="left" w:pos="{wide * left}"/>' if several else ""
        room = before(1) if number == 1 else {}
        made.append(paragraph("Annexes", run(said), keepNext=signed, spacing=room, ind=ind, tabs=tabs))
    return made


def _annexes(writing: Writing) -> list[str]:
    """Each annex on a page of its own: its number, its title on the third line, its table with what belongs to it."""
    annexes = writing.paper.annexes
    made = []
    for number, annex in enumerate(annexes, 1):
        mark = f"附件{number}" if len(annexes) > 1 else "附件"
        title = "<w:r><w:br/></w:r>".join(map(run, title_lines(annex.title)))
        made += [paragraph("AnnexMark", run(mark)), paragraph("AnnexTitle", title, spacing=before(1))]
        made += [paragraph("TableNote", run(line)) for line in annex.above]
        made += [paragraph("TableHead", run(annex.warning))] if annex.warning else []
        made.append(writing.annex(annex))
        made += [paragraph("TableNote", run(line)) for line in annex.notes]
    return made

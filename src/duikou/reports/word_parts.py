"""The parts of a Word file beside its text: styles, settings, faces, the foot and head of its pages, its comments."""

from collections.abc import Iterable
from datetime import datetime

from .look import FACES, LINE, Look, stand_ins
from .package import DECLARATION, escaped, universal
from .paper import Comment
from .word_text import SPACES, indent, paragraph, run

FOOT, HEAD_LINE = 1446, 320  # from the page number to the edge of the paper; the 账首 line stands in that space
# Word's own marks that may not begin a line, and the words that may not be torn from their number.
NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠万亿元年月日"
)
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
CENTRE = '<w:jc w:val="center"/>'


def section(look: Look, *, footed: bool, draft: bool) -> str:
    """The page: A4, its block, its grid; the first parts that the document refers to are its feet and its head."""
    foot = FOOT - HEAD_LINE if footed else FOOT
    heads = '<w:headerReference w:type="{}" r:id="rId3"/>'
    parts = heads.format("default") + heads.format("even") if draft else ""
    grid = (
        f'<w:docGrid w:type="linesAndChars" w:linePitch="{LINE}" w:charSpace="-849"/>'
        if look.word_grid
        else f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
    )
    return (
        f'<w:sectPr>{parts}<w:footerReference w:type="default" r:id="rId1"/><w:footerReference w:type="even" r:id="rId2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
        f' w:header="851" w:footer="{foot}" w:gutter="0"/>{grid}</w:sectPr>'
    )


def footer(head: str, *, odd: bool) -> str:
    """The page number, right on odd and left on even pages, and under it the 账首."""
    side, cached = ("right", 1) if odd else ("left", 2)
    field = "".join(
        f"<w:r>{inner}</w:r>"
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{cached}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    ind = indent(side, 1, 315) | {"firstLineChars": 0, "firstLine": 0}
    page = paragraph("PageNumber", run("— ") + field + run(" —"), ind=ind, jc=side)
    line = (
        f'<w:p><w:pPr><w:pStyle w:val="BookHead"/></w:pPr><w:r><w:t>{escaped(head)}</w:t></w:r></w:p>' if head else ""
    )
    return f"{DECLARATION}<w:ftr {SPACES}>{page}{line}</w:ftr>"


def header(text: str) -> str:
    """What is stamped on every page: 草稿."""
    return f"{DECLARATION}<w:hdr {SPACES}>{paragraph('Stamp', run(text))}</w:hdr>"


def comments_part(comments: Iterable[Comment], made_at: datetime) -> str:
    """The comments of a review copy, all of the day of the snapshot."""
    moment = universal(made_at).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = "".join(
        f'<w:comment w:id="{int(comment.bookmark.rpartition("_")[2])}" w:author="{escaped(comment.author)}"'
        f' w:date="{moment}" w:initials="{escaped(comment.author[:1])}">'
        + "".join(paragraph("CommentText", run(line)) for line in comment.lines)
        + "</w:comment>"
        for comment in comments
    )
    return f"{DECLARATION}<w:comments {SPACES}>{said}</w:comments>"


def settings() -> str:
    """What holds for the whole file."""
    return (
        f"{DECLARATION}<w:settings {SPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{NOT_LAST}"/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{escaped(NOT_FIRST)}"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def fonts(look: Look) -> str:
    """The faces of a look and what stands in for each where it is missing."""
    made = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{",".join(stand_ins(face)[1:])}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{FACES[face][0]}"/><w:pitch w:val="variable"/></w:font>'
        for face in look.named
    )
    return f"{DECLARATION}<w:fonts {SPACES}>{made}</w:fonts>"


def styles(look: Look) -> str:
    """The body's style, and those that differ from it."""
    made = [*_of_text(look), *_of_head_and_foot(look), *_of_tables(look)]
    return f"{DECLARATION}<w:styles {SPACES}>{''.join(made)}</w:styles>"


def _of_text(look: Look) -> list[str]:
    """Body, title, headings, who speaks, when, to whom; the annexes' list, who signs and when."""
    f, tight = look.faces, look.squeeze
    first = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * look.character}"/>'
    body = (
        '<w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="1"/><w:spacing w:line="240" w:lineRule="auto"/>'
        f'{first}<w:jc w:val="both"/>'
    )
    right = FLUSH + '<w:jc w:val="right"/>'
    made = [
        _style(look, "Normal", "Normal", body, f.fangsong, 32, tight=tight, alias="公文正文"),
        _style(look, "Title", "Title", _exact(700) + CENTRE, f.title, 44, alias="公文标题"),
        _style(look, "Office", "汇报单位", FLUSH + CENTRE, f.kaiti, 32, tight=tight),
        _style(look, "Day", "汇报日期", FLUSH + CENTRE, f.kaiti, 32, tight=tight),
        _style(look, "Salutation", "Salutation", FLUSH, f.fangsong, 32, tight=tight, alias="称谓、主送机关"),
        _style(look, "Annexes", "附件说明", '<w:jc w:val="left"/>', f.fangsong, 32, tight=tight),
        _style(look, "Signature", "署名", "<w:keepNext/>" + right, f.fangsong, 32, tight=tight),
        _style(look, "Date", "成文日期", right, f.fangsong, 32, tight=tight),
    ]
    for level, face in enumerate((f.heiti, f.kaiti, f.fangsong, f.fangsong), 1):
        outline = f'<w:keepNext/><w:outlineLvl w:val="{level - 1}"/>'
        bold = look.bold_second and level == 2
        made.append(_style(look, f"Heading{level}", f"heading {level}", outline, face, 32, tight=tight, bold=bold))
    return made


def _of_head_and_foot(look: Look) -> list[str]:
    """What stands above the red rule, at the foot of the last page and outside the block."""
    f, tight = look.faces, look.squeeze
    return [
        _style(look, "Serial", "份号", FLUSH, f.fangsong, 32, tight=tight),
        _style(look, "Secrecy", "密级和紧急程度", FLUSH, f.heiti, 32, tight=tight),
        _style(
            look, "Mark", "发文机关标志", '<w:snapToGrid w:val="0"/>' + FLUSH + CENTRE, f.title, 96, colour="FF0000"
        ),
        _style(look, "Number", "发文字号", FLUSH + '<w:jc w:val="left"/>', f.fangsong, 32, tight=tight),
        _style(look, "Imprint", "版记", _exact(480) + '<w:jc w:val="left"/>', f.fangsong, 28),
        _style(look, "Rule", "版记的线", _exact(20), f.fangsong, 2),
        _style(look, "Last", "版记之后", _exact(20), f.fangsong, 2),
        _style(look, "PageNumber", "页码", _exact(280), f.song, 28, digits=False),
        _style(look, "BookHead", "账首", _exact(320) + CENTRE, f.song, 18, digits=False),
        _style(look, "Stamp", "草稿", FLUSH + '<w:jc w:val="right"/>', f.heiti, 32),
        _style(look, "CommentText", "annotation text", FLUSH + '<w:jc w:val="left"/>', f.song, 21),
    ]


def _of_tables(look: Look) -> list[str]:
    """Annexes and charts: 五号, lines close to each other."""
    f = look.faces
    return [
        _style(look, "AnnexMark", "附件", '<w:pageBreakBefore/>' + FLUSH, f.heiti, 32, tight=look.squeeze),
        _style(look, "AnnexTitle", "附件标题", _exact(700) + CENTRE, f.title, 44),
        _style(look, "TableText", "表格", _exact(320), f.song, 21),
        _style(look, "TableHead", "表头", "<w:keepNext/>" + _exact(320) + CENTRE, f.heiti, 21),
        _style(look, "TableNote", "表注", _exact(300) + '<w:jc w:val="left"/>', f.song, 18),
        _style(look, "Bar", "图", '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>' + FLUSH, f.song, 2),
        _style(look, "Scale", "图的标度", _exact(320) + '<w:jc w:val="left"/>', f.song, 18),
        _style(look, "Caption", "caption", _exact(480) + CENTRE, f.heiti, 21, alias="图题"),
    ]  # fmt: skip


def _exact(line: int) -> str:
    """Lines of a height of their own, from the edge."""
    return f'<w:snapToGrid w:val="0"/><w:spacing w:line="{line}" w:lineRule="exact"/>{FLUSH}'


def _style(
    look: Look, code: str, name: str, said: str, face: str, size: int, *,
    tight: int = 0, alias: str = "", colour: str = "000000", bold: bool = False, digits: bool = True,
) -> str:  # fmt: skip
    """One paragraph style; size in half points, tight in twentieths of a point between characters."""
    also = f'<w:aliases w:val="{alias}"/>' if alias else ""
    kin = '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>' if code != "Normal" else ""
    latin = look.digits if look.digits and digits else face
    slots = " ".join(f'w:{slot}="{latin}"' for slot in ("ascii", "hAnsi")) + f' w:eastAsia="{face}" w:cs="{latin}"'
    return (
        f'<w:style w:type="paragraph" w:default="{int(code == "Normal")}" w:styleId="{code}"><w:name w:val="{name}"/>'
        f"{also}{kin}<w:qFormat/><w:pPr>{said}</w:pPr><w:rPr><w:rFonts {slots}/>"
        f'<w:b w:val="{int(bold)}"/><w:color w:val="{colour}"/><w:spacing w:val="{tight}"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )

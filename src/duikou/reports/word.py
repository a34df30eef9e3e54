"""A spoken 汇报材料 as a Word file in the official form, every figure in a control that leads back to the book."""

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from duikou.reports.package import DECLARATION, OFFICE, Part, core_properties, custom_properties, escaped, office_file

LINE = 579  # a line in twentieths of a point: 12756 / 22 rounded down; 580 would leave 21 lines
FOOT, HEAD_LINE = 1446, 320  # from the page number to the edge of the paper; the 账首 line stands in that space
TITLE_WIDTH = 20  # characters of 二号 in a line

FANGSONG, KAITI, HEITI, SONG, XIAOBIAOSONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体"
FACES = {  # each face, its family and what may stand in for it, first found first; none is shipped or embedded
    FANGSONG: ("modern", "仿宋,FangSong,方正仿宋_GBK,FandolFang R,Noto Serif CJK SC"),
    KAITI: ("modern", "楷体,KaiTi,方正楷体_GBK,FandolKai,Noto Serif CJK SC"),
    HEITI: ("swiss", "SimHei,方正黑体_GBK,Noto Sans CJK SC"),
    SONG: ("roman", "SimSun,方正书宋_GBK,Noto Serif CJK SC"),
    XIAOBIAOSONG: ("roman", "方正小标宋_GBK,华文中宋,STZhongsong,宋体,Noto Serif CJK SC"),
}
# Word's own marks that may not begin a line, and the words that may not be torn from their number.
NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠万亿元年月日"
)
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    f' xmlns:r="{OFFICE}/relationships" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w15"'
)
_FLUSH = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'


@dataclass(frozen=True)
class Number:
    """A figure printed in running text: hedge, number and unit together, with the name it answers to."""

    text: str
    name: str
    alias: str

    def __post_init__(self) -> None:
        """Word is reported to hold 64 characters in a tag; a name cut short would lead nowhere."""
        if not 0 < len(self.name) <= 64:
            raise ValueError(f"数字的名称须在64个字符以内：{self.name}")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body: level 0 is text, 1 to 4 are headings."""

    pieces: tuple[str | Number, ...]
    level: int = 0


@dataclass(frozen=True)
class Paper:
    """A paper to be spoken: no red head, no seal; a | in the title marks a place where its line may end."""

    title: str
    office: str
    day: date
    salutation: str
    body: tuple[Paragraph, ...]
    head: str
    head_full: str
    made_at: datetime
    number: str

    def __post_init__(self) -> None:
        """The paper's number becomes part of its bookmarks' names."""
        if not re.fullmatch("[0-9A-Za-z]{8}", self.number):
            raise ValueError(f"文稿编号须为8位字母或数字：{self.number}")


def occurrences(paper: Paper) -> list[tuple[str, Number]]:
    """Every figure of the paper in order, with the bookmark it stands in."""
    numbers = (piece for paragraph in paper.body for piece in paragraph.pieces if isinstance(piece, Number))
    return [(f"dk_{paper.number}_{place:03d}", number) for place, number in enumerate(numbers, 1)]


def write_paper(paper: Paper, *, plain: bool = False) -> bytes:
    """The paper as a .docx file; a plain one keeps the bookmarks and has no content controls."""
    document, kind = "word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml"
    inside = (
        ("footer1", "footer", _footer(paper.head, odd=True)),
        ("footer2", "footer", _footer(paper.head, odd=False)),
        ("styles", "styles", _styles()),
        ("settings", "settings", _settings()),
        ("fontTable", "fontTable", _fonts()),
    )
    return office_file(
        [
            Part(
                document, f"{kind}.document.main+xml", _document(paper, plain), f"{OFFICE}/relationships/officeDocument"
            ),
            core_properties(title=paper.title.replace("|", ""), creator=paper.office, made_at=paper.made_at),
            custom_properties([("账首", paper.head_full), ("文稿编号", paper.number)]),
            *(
                Part(f"word/{name}.xml", f"{kind}.{part}+xml", xml, f"{OFFICE}/relationships/{part}", document)
                for name, part, xml in inside
            ),
        ]
    )


def title_lines(title: str) -> tuple[str, ...]:
    """The title in lines of whole words, shaped as a trapezium or a diamond; marked places go before guessed ones."""
    whole = title.replace("|", "")
    words = title.split("|") if "|" in title else _WORD_ENDS.split(title)
    lines = -(-_width(whole) // TITLE_WIDTH)
    for number in range(int(lines), min(int(lines) + 2, len(words) + 1)) if lines > 1 else ():
        shapes = []
        for ends in itertools.combinations(range(1, len(words)), number - 1):
            shape = tuple("".join(words[a:b]) for a, b in itertools.pairwise((0, *ends, len(words))))
            if max(map(_width, shape)) <= TITLE_WIDTH:
                shapes.append(shape)
        if shapes:
            return min(shapes, key=_misshapen)
    return (whole,)


# A line may end after 的, a mark or a place's or year's last word, unless the next character belongs to that word.
_WORD_ENDS = re.compile("(?<=[的、》）市省州县区年])(?![的、》）委长直级度内来末初底场民])(?!$)")


def _width(text: str) -> float:
    """The width of a text in Chinese characters."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _misshapen(lines: tuple[str, ...]) -> float:
    """How far lines are from a trapezium or diamond: neighbours differ by some four characters, no narrow waist."""
    widths = [_width(line) for line in lines]
    waist = sum(before > here < after for before, here, after in zip(widths, widths[1:], widths[2:], strict=False))
    return 100 * waist + sum(abs(abs(a - b) - 4) for a, b in itertools.pairwise(widths))


def _document(paper: Paper, plain: bool) -> str:
    """The body of the file."""
    places = iter(occurrences(paper))
    first = f"（{paper.day.year}年{paper.day.month}月{paper.day.day}日）"
    title = "<w:r><w:br/></w:r>".join(map(_run, title_lines(paper.title)))
    gap = f'<w:spacing w:beforeLines="100" w:before="{LINE}"/>'  # the blank line under the date
    blocks = [("Title", "", title), ("Office", "", _run(paper.office)), ("Day", "", _run(first))]
    if paper.salutation:
        blocks.append(("Salutation", gap, _run(paper.salutation)))
    for paragraph in paper.body:
        style = f"Heading{paragraph.level}" if paragraph.level else "Normal"
        runs = "".join(
            _run(piece) if isinstance(piece, str) else _figure(*next(places), paper.number, plain)
            for piece in paragraph.pieces
        )
        blocks.append((style, gap if len(blocks) == 3 else "", runs))
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{runs}</w:p>' for style, more, runs in blocks)
    foot = FOOT - HEAD_LINE if paper.head else FOOT
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:footerReference w:type="even" r:id="rId2"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"'
        f' w:header="851" w:footer="{foot}" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )
    return f"{DECLARATION}<w:document {_SPACES}><w:body>{body}{section}</w:body></w:document>"


def _run(text: str) -> str:
    """A run; the hint keeps “ ” … — in the Chinese face."""
    return (
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
        if text
        else ""
    )


def _figure(bookmark: str, number: Number, paper: str, plain: bool) -> str:
    """A figure's run in its bookmark, in its control: LibreOffice 7.4 keeps both and drops the control's tag.

    The control has no w:text: with it LibreOffice 7.4.7 makes an input field of the figure, leaves its bookmark empty
    and on saving writes the figure several times over (2000万元 became 2000万元万元2000万元2000万元).
    """
    place = int(bookmark.rpartition("_")[2])
    marked = f'<w:bookmarkStart w:id="{place}" w:name="{bookmark}"/>{_run(number.text)}<w:bookmarkEnd w:id="{place}"/>'
    if plain:
        return marked
    identity = int.from_bytes(hashlib.sha256(paper.encode()).digest()[:4]) % 2**30 + place
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{escaped(number.alias)}"/><w:tag w:val="{escaped(number.name)}"/>'
        f'<w:id w:val="{identity}"/><w15:appearance w15:val="hidden"/></w:sdtPr>'
        f"<w:sdtContent>{marked}</w:sdtContent></w:sdt>"
    )


def _footer(head: str, *, odd: bool) -> str:
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
    page = (
        f'<w:p><w:pPr><w:pStyle w:val="PageNumber"/><w:ind w:{side}Chars="100" w:{side}="315" w:firstLineChars="0"'
        f' w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>{_run("— ")}{field}{_run(" —")}</w:p>'
    )
    line = (
        f'<w:p><w:pPr><w:pStyle w:val="BookHead"/></w:pPr><w:r><w:t>{escaped(head)}</w:t></w:r></w:p>' if head else ""
    )
    return f"{DECLARATION}<w:ftr {_SPACES}>{page}{line}</w:ftr>"


def _style(code: str, name: str, paragraph: str, face: str, size: int, *, tight: int = -5, alias: str = "") -> str:
    """One paragraph style; size in half points, tight in twentieths of a point between characters."""
    also = f'<w:aliases w:val="{alias}"/>' if alias else ""
    kin = '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>' if code != "Normal" else ""
    fonts = " ".join(f'w:{slot}="{face}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f'<w:style w:type="paragraph" w:default="{int(code == "Normal")}" w:styleId="{code}"><w:name w:val="{name}"/>'
        f"{also}{kin}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr><w:rFonts {fonts}/>"
        f'<w:b w:val="0"/><w:color w:val="000000"/><w:spacing w:val="{tight}"/><w:sz w:val="{size}"/>'
        f'<w:szCs w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:style>'
    )


def _styles() -> str:
    """The body's style, and those that differ from it."""
    body = (
        '<w:widowControl w:val="0"/><w:kinsoku w:val="1"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="1"/><w:spacing w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="200" w:firstLine="630"/><w:jc w:val="both"/>'
    )
    exact = '<w:snapToGrid w:val="0"/><w:spacing w:line="{}" w:lineRule="exact"/>' + _FLUSH
    centre = '<w:jc w:val="center"/>'
    styles = [
        _style("Normal", "Normal", body, FANGSONG, 32, alias="公文正文"),
        _style("Title", "Title", exact.format(700) + centre, XIAOBIAOSONG, 44, tight=0, alias="公文标题"),
        _style("Office", "汇报单位", _FLUSH + centre, KAITI, 32),
        _style("Day", "汇报日期", _FLUSH + centre, KAITI, 32),
        _style("Salutation", "Salutation", _FLUSH, FANGSONG, 32, alias="称谓"),
        _style("PageNumber", "页码", exact.format(280), SONG, 28, tight=0),
        _style("BookHead", "账首", exact.format(HEAD_LINE) + centre, SONG, 18, tight=0),
    ]
    for level, face in enumerate((HEITI, KAITI, FANGSONG, FANGSONG)):
        outline = f'<w:keepNext/><w:outlineLvl w:val="{level}"/>'
        styles.append(_style(f"Heading{level + 1}", f"heading {level + 1}", outline, face, 32))
    return f"{DECLARATION}<w:styles {_SPACES}>{''.join(styles)}</w:styles>"


def _settings() -> str:
    """What holds for the whole file."""
    return (
        f"{DECLARATION}<w:settings {_SPACES}><w:evenAndOddHeaders/>"
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{NOT_LAST}"/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{escaped(NOT_FIRST)}"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
        ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _fonts() -> str:
    """The faces and what stands in for each where it is missing."""
    fonts = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{others}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for face, (family, others) in FACES.items()
    )
    return f"{DECLARATION}<w:fonts {_SPACES}>{fonts}</w:fonts>"


def check_text(paper: Paper, names: tuple[str, ...] = ()) -> list[str]:
    """What an office would send back: half-width marks, hyphens in ranges, padded dates, numbers that lead nowhere."""
    spoken = [("标题", paper.title.replace("|", "")), ("单位", paper.office), ("称谓", paper.salutation)]
    places = [(place, Paragraph((text,))) for place, text in spoken]
    places += [(f"第{n}段", paragraph) for n, paragraph in enumerate(paper.body, 1)]
    return [f"{place}：{problem}" for place, paragraph in places for problem in _problems(paragraph, names)]


_CHINESE = "[\u3400-\u9fff“”‘’《》〈〉（）〔〕，。、；：？！…]"
_HALF_WIDTH = re.compile(f"(?<={_CHINESE})[,;:()]|[,;:()](?={_CHINESE})")
_HYPHEN = re.compile("[0-9年月日时万亿元％%个人名所项次][-~][0-9]")
_PADDED = re.compile("(?<![0-9])0[0-9]?(?=[月日])|(?<=年)0[0-9]")
_NOT_A_FIGURE = re.compile(
    "《[^》]*》|〔[0-9]{4}〕[0-9]+号|第[0-9]+(?:号|条|款)"  # names of plans and papers, their numbers, articles
    "|^(?:[0-9]{1,2}[.．]|（[0-9]{1,2}）)"  # marks of levels
    "|(?<![0-9])(?:(?:19|20)[0-9]{2}[—～至])?(?:19|20)[0-9]{2}年"  # years, months, days
    "|(?<![0-9])[0-9]{1,2}(?:[—～至、][0-9]{1,2})*[月日]"
)


def _problems(paragraph: Paragraph, names: tuple[str, ...]) -> Iterator[str]:
    """The problems of one paragraph."""
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in paragraph.pieces)
    prose = "".join(piece if isinstance(piece, str) else "■" * len(piece.text) for piece in paragraph.pieces)
    for name in sorted(names, key=len, reverse=True):
        text, prose = (line.replace(name, "■" * len(name)) for line in (text, prose))
    prose = _NOT_A_FIGURE.sub(lambda found: "■" * len(found[0]), prose)
    for pattern, line, complaint in (
        (_HALF_WIDTH, text, "“{}”是半角标点，汉字之间应用全角"),
        (_HYPHEN, text, "“{}”的起止之间用了短横线，数值用～，时间用—"),
        (_PADDED, text, "“{}”的月、日不编虚位，不写前面的0"),
        (re.compile("[0-9０-９]+(?:[.,][0-9]+)*"), prose, "“{}”不是账上的数字，也不是日期、文号、层级序号或名称"),
    ):
        for found in pattern.finditer(line):
            around = text[max(0, found.start() - 6) : found.end() + 6]
            yield f"{complaint.format(found[0])}（……{around}……）"

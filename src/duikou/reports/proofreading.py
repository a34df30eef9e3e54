"""What an office would send back before it reads: half-width marks, hyphens in ranges, numbers that lead nowhere."""

import re
from collections.abc import Collection, Iterator

from .paper import Paper, Paragraph, text_of

_CHINESE = "[\u3400-\u9fff“”‘’《》〈〉（）〔〕，。、；：？！…]"
HALF_WIDTH = re.compile(f"(?<={_CHINESE})[,;:()]|[,;:()](?={_CHINESE})")
HYPHEN = re.compile("[0-9年月日时万亿元％%个人名所项次][-~][0-9]")
PADDED = re.compile("(?<![0-9])0[0-9]?(?=[月日])|(?<=年)0[0-9]")
SQUARE = re.compile(r"[\u3400-\u9fff][\[(（［【][0-9]{4}[\])）］】] ?[0-9]+号")
NOT_A_FIGURE = re.compile(
    "《[^》]*》|〔[0-9]{4}〕[0-9]+号|第[0-9]+(?:号|条|款)"  # names of plans and papers, their numbers, articles
    "|^(?:[0-9]{1,2}[.．]|（[0-9]{1,2}）)|(?:附件：?|[图表])[0-9]{1,2}"  # marks of levels, annexes, charts
    "|(?<![0-9])(?:(?:19|20)[0-9]{2}[—～至])?(?:19|20)[0-9]{2}年"  # years, months, days
    "|(?<![0-9])[0-9]{1,2}(?:[—～至、][0-9]{1,2})*[月日]"
)
NUMERAL = re.compile("[0-9０-９]+(?:[.,][0-9]+)*")
COMPLAINTS = (
    (HALF_WIDTH, "“{}”是半角标点，汉字之间应用全角"),
    (HYPHEN, "“{}”的起止之间用了短横线，数值用～，时间用—"),
    (PADDED, "“{}”的月、日不编虚位，不写前面的0"),
)


def check_text(paper: Paper, names: tuple[str, ...] = ()) -> list[str]:
    """What an office would send back: half-width marks, hyphens in ranges, padded dates, numbers that lead nowhere."""
    spoken = [("标题", paper.plain_title), ("单位", paper.office), ("称谓", paper.salutation)]
    places = [(place, Paragraph((text,))) for place, text in spoken]
    places += [(f"第{n}段", paragraph) for n, paragraph in enumerate(paper.body, 1)]
    return [f"{place}：{problem}" for place, paragraph in places for problem in _problems(paragraph, names)]


def without(text: str, names: Collection[str]) -> str:
    """A text in which names, dates, numbers of papers and marks of levels are blocked out, each as long as it was."""
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "■" * len(name))
    return NOT_A_FIGURE.sub(lambda found: "■" * len(found[0]), text)


def _problems(paragraph: Paragraph, names: Collection[str]) -> Iterator[str]:
    """The problems of one paragraph."""
    text = text_of(paragraph.pieces)
    prose = "".join(piece if isinstance(piece, str) else "■" * len(piece.text) for piece in paragraph.pieces)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "■" * len(name))
    numerals = (NUMERAL, without(prose, names), "“{}”不是账上的数字，也不是日期、文号、层级序号或名称")
    for pattern, line, complaint in (*((pattern, text, said) for pattern, said in COMPLAINTS), numerals):
        for found in pattern.finditer(line):
            around = text[max(0, found.start() - 6) : found.end() + 6]
            yield f"{complaint.format(found[0])}（……{around}……）"

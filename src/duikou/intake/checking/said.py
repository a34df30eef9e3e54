"""What came out of a checked draft in words: the summary with its coverage, the lines of the comment at a number."""

from collections.abc import Iterator

from duikou.rules.quantity import Quantity
from duikou.terms.words import zh

from .check import CODES, Checked, Checking
from .verdict import Answer, difference

MOST = 40  # characters of the words that decided
JUDGED = tuple(code for code in CODES if code != "unread")


def summary(checking: Checking) -> list[str]:
    """How many numbers there are, were read and judged; a paper is never all right with numbers that were not read."""
    counts = checking.counts
    parts = [f"{zh('judged', code)} {counts[code]} 个" for code in JUDGED if counts[code]]
    lines = [f"文中 {checking.total} 个数，读出 {checking.read} 个：{'，'.join(parts) or '没有可判的数'}。"]
    if counts["unread"]:
        lines.append(f"还有 {counts['unread']} 个数没有读出，要人看。")
    if checking.aside:
        lines.append(
            f"另有 {len(checking.aside)} 段不读：{'；'.join(f'第{at}段{why}' for at, why in checking.aside[:5])}。"
        )
    if checking.own:
        lines.append(f"句中没有写日期的，按{'或'.join(days.zh for days in checking.own)}核对。")
    return lines


def verdict_words(checked: Checked) -> str:
    """The verdict and the reading by which it holds, or the aspect that differs."""
    verdict = checked.verdict
    word = zh("judged", verdict.code)
    if verdict.code == "elsewhere" and verdict.answer:
        return f"{word}：{zh('aspect', verdict.answer.aspect)}不同"
    if verdict.code in ("confirmed", "consistent") and verdict.fit:
        return f"{word}：{zh('fit', verdict.fit)}"
    return word


def lines_of(checked: Checked) -> list[str]:
    """The comment at a number: verdict; what the book says; the difference and what would hold; the words that decided."""
    return [f"“{checked.claim.text}”{verdict_words(checked)}", *_detail(checked)]


def _detail(checked: Checked) -> Iterator[str]:
    claim, verdict, answer = checked.claim, checked.verdict, checked.verdict.answer
    if answer:
        yield book_words(answer)
    if answer and verdict.code == "elsewhere":
        yield f"账上这个数是{answer.other}的；文中说的是另一个，请改准{zh('aspect', answer.aspect)}，或改数。"
    if answer and verdict.code == "contradicted" and claim.quantity:
        yield from _mending(claim.quantity, answer, verdict.nearest, verdict.alarm)
    if verdict.why:
        yield f"原因：{verdict.why}"
    if claim.deciding:
        yield f"依据的字眼：{'、'.join(claim.deciding)[:MOST]}"
    if answer and answer.name:
        yield f"追溯：{answer.name}"


def book_words(answer: Answer) -> str:
    """What the book says, of what, in which record."""
    at = f"（记录 {answer.record}）" if answer.record else ""
    if answer.said:
        return f"账上{at}有这句话：{answer.said}"
    return f"账上：{answer.called}{at}　{answer.text}"


def _mending(said: Quantity, answer: Answer, nearest: tuple[str, ...], alarm: int) -> Iterator[str]:
    if gap := difference(said, answer.value):
        yield f"文中比账上{gap}。"
    if alarm:
        yield f"两数相差约 {alarm} 倍，单位疑误。"
    if nearest:
        yield f"可成立的写法：{'，或'.join(dict.fromkeys((answer.text, *nearest)))}"


def as_data(checked: Checked) -> dict[str, object]:
    """A number with its verdict as plain data."""
    claim, verdict, answer = checked.claim, checked.verdict, checked.verdict.answer
    return {
        "paragraph": claim.paragraph, "start": claim.start, "end": claim.end, "text": claim.text,
        "verdict": verdict.code, "reading": verdict.fit or None, "aspect": (answer.aspect if answer else "") or None,
        "book": answer.text if answer else None, "of": answer.called if answer else None,
        "figure": (answer.name if answer else "") or None, "record": answer.record if answer else None,
        "nearest": list(verdict.nearest), "words": list(claim.deciding), "why": verdict.why or None,
    }  # fmt: skip

"""A trail in words: the equation of its summands, the figure with its source to be pasted."""

from duikou.terms.words import zh

from .trace import Trail

LONGEST, NAMED = 40, 12  # summands of an equation, sources that are named


def equation(found: Trail) -> str:
    """300 ＋ 160 ＋ 30 ＝ 490万元, where the figure is a sum of two or more, and not of more than anybody reads."""
    counted = found.counted
    if (
        not 2 <= len(counted) <= LONGEST
        or any(m.mark for m in counted)
        or found.figure.value is None
        or not found.figure.definition.add
    ):
        return ""
    return " ＋ ".join(m.text for m in counted) + f" ＝ {found.figure.text}"


def with_source(found: Trail) -> str:
    """The figure with its source, to be pasted: 490万元（三笔合计；据《…》第20段，2011年8月29日，转载件）."""
    passages = [p for m in found.counted for p in m.passages] or [
        p for part in found.parts for m in part.counted for p in m.passages
    ]
    titles = dict.fromkeys(f"据《{p.title}》{p.place}，{zh('grade', p.grade)}" for p in passages)
    how = f"{len(found.counted)}笔合计；" if len(found.counted) > 1 else ""
    more = f"；等 {len(titles)} 处" if len(titles) > NAMED else ""
    return f"{found.figure.text}（{how}{'；'.join([*titles][:NAMED]) or '无依据'}{more}）"

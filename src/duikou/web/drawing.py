"""The funds and notices that a payment may name: those of its programme, a notice with money that it has issued."""

from duikou.records.models import Entry, Fund, Notice


def funds(programme: str) -> list[tuple[int, str]]:
    """The sources of money of a programme by number and title."""
    rows = Fund.objects.filter(record__programme__code=programme).order_by("year", "pk")
    return list(rows.values_list("pk", "title"))


def notices(programme: str) -> list[tuple[int, str]]:
    """The supporting side's notices of a programme by number and document number."""
    rows = Notice.objects.filter(record__programme__code=programme, side="supporting").order_by("pk")
    return [(row.pk, f"{row.number} {row.title}".strip()) for row in rows]


def amiss(fund: int | None, notice: int | None) -> str:
    """What is wrong with paying money of a fund under a notice, in words; nothing where the notice has issued of it."""
    if notice is None:
        return ""
    rows = Entry.objects.filter(notice=notice, state="issued", back=None).order_by("fund")
    issued = dict(rows.values_list("fund", "fund__title").distinct())
    if fund in issued:
        return ""
    if not issued:
        return "这份指标文件没有下达资金；选下达的那一份"
    titles = "、".join(f"“{title}”" if number else "不分来源的资金" for number, title in issued.items())
    return f"这份指标文件下达的是{titles}；资金来源照文件选"

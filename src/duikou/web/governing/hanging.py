"""决定与落实 …/governance/hanging/: what hangs from each decision, what hangs from none, what was carried out of what was said."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.decided import listed
from duikou.acts.doing import programme_of, today
from duikou.rules.decisions import ACTS
from duikou.web.book import open_book
from duikou.web.doors import door, of_programme
from duikou.web.language import say
from duikou.web.ledger.kept import wan
from duikou.web.listing import files

from .carried import first_meant, handed, meant
from .decisions import Named, decisions_of

HERE = "p/<slug:programme>/<period:period>/governance/hanging/"
SHOWN = 40  # rows of one kind that the page lists; the file has all


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The page."""
    book, found, now = open_book(programme, period), programme_of(programme), today()
    decisions = decisions_of(found)
    under, bare = decisions.under(SHOWN)
    meanings, said, orphans = first_meant(found, SHOWN)
    matters, given, late = handed(found, now, SHOWN)
    context = {
        "book": book, "today": now, "under": under, "decisions": len(decisions.rows), "bare": bare,
        "more_under": len(decisions.rows) - len(under), "meant": meanings, "orphans": orphans,
        "more_meant": said - len(meanings), "handed": matters, "late": late, "more_handed": given - len(matters),
        "loose": [(one, one.rows, one.count - len(one.rows)) for one in decisions.loose(SHOWN)],
        "acts": [say("act", act) for act in ACTS if listed(act, found, now)],
    }  # fmt: skip
    return render(request, "governing_hanging.html", context)


COLUMNS = ("部分", "类别", "记录", "名称", "时间", "金额（万元）", "情况", "下面的事")


def taken(request: HttpRequest, programme: str, period: str) -> files.Listing:
    """All of it as rows."""
    return files.Listing(f"decisions-{programme}", "决定与落实", COLUMNS, _lines(programme), wide=3)


def _lines(programme: str) -> Iterator[list[object]]:
    found, now = programme_of(programme), today()
    decisions = decisions_of(found)
    for one in decisions.under()[0]:
        named = one.named
        money = "下面没有" if one.bare else "；".join(
            f"{word} {wan(fen)}" for word, fen in zip(("计划", "下达", "拨付", "支付"), (one.planned, *one.moved), strict=True)
            if fen is not None
        )  # fmt: skip
        yield ["决定", named.word, f"decision-{named.number}", f"{named.said} {one.matter}", named.when, "", money,
               _named(one.things)]  # fmt: skip
    for loose in decisions.loose():
        for row in loose.rows:
            yield ["没有决定", loose.word, f"{row.kind}-{row.number}", row.said, row.when, wan(row.fen), "", ""]
        yield ["没有决定", loose.word, "", "合计", "", wan(loose.fen), f"{len(loose.rows)} 笔", ""]
    for said in meant(found):
        answers = "；".join(f"{reply.when} {reply.kept}：{reply.text}" for reply in said.replies)
        yield ["承诺和要求", said.word, f"{said.kind}-{said.number}", said.said, said.when, "",
               "下面没有" if said.bare else answers, _named(said.things)]  # fmt: skip
    for matter in handed(found, now)[0]:
        standing = {"late": f"逾期，应于 {matter.due} 前", "open": f"在办，期限 {matter.due or '未定'}"}
        said_of = standing.get(matter.standing, f"{matter.answered} 办结：{matter.answer}")
        yield ["交办", matter.office, f"assignment-{matter.number}", matter.said, matter.when, "", said_of,
               _named(matter.things)]  # fmt: skip


def _named(things: tuple[Named, ...]) -> str:
    return "；".join(f"{one.word}：{one.said}" for one in things)


urlpatterns = [
    door(HERE, page, "see_records", of_programme, name="governance-hanging"),
    *files.doors(HERE + "list", taken, "see_records", of_programme, name="governance-hanging"),
]

"""What a request names, looked up among what its programme has and its person may use; all that is not there is told at once."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from duikou.acts.doing import programme_of
from duikou.records.models import Contract, Entry
from duikou.web.acting.offer import Offer
from duikou.web.book import person_of

from .money_shapes import Match
from .problems import Objected, Objection, objection


class Naming:
    """The names of one request."""

    def __init__(self, request: HttpRequest, programme: str, act: str) -> None:
        self.offer = Offer(programme_of(programme), person_of(request), act)
        self.told: dict[str, Any] = {"programme": self.offer.programme, "person": self.offer.person}
        self.odd: list[Objection] = []

    def refuse(self) -> None:
        """Nothing where all was found; else Objected with everything that was not."""
        if self.odd:
            raise Objected(422, f"有 {len(self.odd)} 处要改，什么也没有写入", self.odd)

    def project(self, number: int | None, place: str = "") -> int | None:
        """A project whose accounts are open."""
        return self._numbered(self.offer.projects, number, "project", "本项目方案未决算的项目", place)

    def fund(self, number: int | None, place: str = "") -> int | None:
        """A source of money."""
        return self._numbered(self.offer.funds, number, "fund", "本项目方案的资金来源", place)

    def notice(self, number: int | None) -> int | None:
        """A notice that another one changes."""
        return self._numbered(self.offer.notices, number, "of", "本项目方案下达的指标文件", "")

    def contract(
        self, number: int | None, field: str, project: int | None = None, payee: int | None = None
    ) -> Contract | None:
        """A contract that is no supplement; of a project and with a payee where they are named."""
        if self._numbered(self.offer.contracts, number, field, "本项目方案的合同", "") is None:
            return None
        found = self.offer.contracts.get(pk=number)
        if (project, payee) not in ((None, None), (found.project_id, found.payee_id)):
            self._miss("", field, found.number, "同一项目、同一对方的合同")
        return found

    def receiver(self, code: str, place: str = "", *, needed: bool = False) -> int | None:
        """An organisation of the receiving side."""
        return self._coded(self.offer.receivers, code, "receiver", "受援方单位的代号", place, needed)

    def payee(self, code: str) -> int | None:
        """An organisation that does work for money."""
        return self._coded(self.offer.payees, code, "payee", "已登记收款单位的代号", "", True)

    def organisation(self, code: str, field: str, place: str = "") -> int | None:
        """Any organisation."""
        return self._coded(self.offer.organisations, code, field, "已登记单位的代号", place, False)

    def matches(self, asked: Sequence[Match]) -> list[tuple[int, int]]:
        """Payments of the programme with the fen of each."""
        entries = Entry.objects.filter(record__programme=self.offer.programme)
        kept = set(entries.filter(pk__in=[one.entry for one in asked]).values_list("pk", flat=True))
        for n, one in enumerate(asked, 1):
            if one.entry not in kept:
                self._miss(f"第 {n} 笔", "entry", str(one.entry), "本项目方案一笔拨付的记录号")
        return [(one.entry, one.amount_fen) for one in asked]

    def _numbered(self, rows: "QuerySet[Any]", number: int | None, field: str, expected: str, place: str) -> int | None:
        if number is None or rows.filter(pk=number).exists():
            return number
        self._miss(place, field, str(number), expected)
        return None

    def _coded(
        self, rows: "QuerySet[Any]", code: str, field: str, expected: str, place: str, needed: bool
    ) -> int | None:
        found: int | None = rows.filter(code=code).values_list("pk", flat=True).first() if code else None
        if found is None and (code or needed):
            self._miss(place, field, code, expected)
        return found

    def _miss(self, place: str, field: str, found: str, expected: str) -> None:
        self.odd.append(objection(place, field, found, expected, "改正后全部重送", "Not there, or not yours to use"))

"""What may be chosen in a form of money: what is open in this programme and lies where the person may do the act."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Case, Model, QuerySet, When

from duikou.acts.doing import place_of
from duikou.acts.ledger import Key
from duikou.acts.places import plan_lines
from duikou.records.models import (
    Contract,
    Fund,
    Notice,
    Organisation,
    Plan,
    Programme,
    Project,
    Settlement,
)
from duikou.rules.amounts import words
from duikou.rules.rights import Person, contains, may
from duikou.terms.words import vocabulary

NOT_THERE = "名单里没有这一项：不是本项目方案的，已经办结的，或者不归这个账号办；从名单中选"
NO_FUND = "0"  # money that is in no fund


@dataclass(frozen=True)
class Offer:
    """The programme, who acts, and which act it is."""

    programme: Programme
    person: Person
    act: str

    def reaches(self, area: str) -> bool:
        """Whether the person may do the act in an area of the programme."""
        return may(self.person, self.act, replace(place_of(self.programme), area=area))

    @cached_property
    def projects(self) -> QuerySet[Project]:
        """Projects that were not given up and whose final accounts are not done."""
        done = Settlement.objects.exclude(settled=None).values("project")
        rows = Project.objects.filter(record__programme=self.programme).exclude(pk__in=done).exclude(status="cancelled")
        return Project.objects.filter(pk__in=self._reached(rows.values_list("pk", "region"))).order_by("pk")

    @cached_property
    def planned(self) -> QuerySet[Project]:
        """Open projects that are in a plan."""
        lines = plan_lines().filter(record__programme=self.programme)
        return self.projects.filter(pk__in=lines.values("project"))

    @cached_property
    def contracts(self) -> QuerySet[Contract]:
        """Contracts, without the supplements to them."""
        rows = Contract.objects.filter(record__programme=self.programme, amends=None)
        mine = self._reached(rows.values_list("pk", "project__region"))
        return Contract.objects.filter(pk__in=mine).select_related("project", "payee").order_by("pk")

    @cached_property
    def funds(self) -> QuerySet[Fund]:
        """The sources of money."""
        return Fund.objects.filter(record__programme=self.programme).order_by("year", "pk")

    @cached_property
    def notices(self) -> QuerySet[Notice]:
        """The notices that a later one may change."""
        return Notice.objects.filter(record__programme=self.programme, of=None).order_by("pk")

    @cached_property
    def plans(self) -> QuerySet[Plan]:
        """The plans."""
        return Plan.objects.filter(record__programme=self.programme).order_by("pk")

    @cached_property
    def receivers(self) -> QuerySet[Organisation]:
        """The organisations of the receiving side."""
        side = self.programme.receiving
        rows = Organisation.objects.exclude(region="").values_list("pk", "region")
        inside = [(pk, area) for pk, area in rows if not side or contains(side, area)]
        return Organisation.objects.filter(pk__in=self._reached(inside)).order_by("pk")

    @cached_property
    def organisations(self) -> QuerySet[Organisation]:
        """All organisations, those of the two sides first."""
        elsewhere = Case(When(pk__in=self._of_the_sides(Organisation.objects.all()), then=0), default=1)
        return Organisation.objects.order_by(elsewhere, "pk")

    @cached_property
    def offices(self) -> QuerySet[Organisation]:
        """Governments, departments and teams of either side, and those whose area is not known."""
        rows = Organisation.objects.filter(type__in=("government", "department", "team"))
        inside = [*self._of_the_sides(rows), *rows.filter(region="").values_list("pk", flat=True)]
        return Organisation.objects.filter(pk__in=inside).order_by("pk")

    @cached_property
    def payees(self) -> QuerySet[Organisation]:
        """Organisations that do work for money."""
        rows = Organisation.objects.exclude(type__in=("government", "department", "team"))
        return rows.order_by("name")

    def _of_the_sides(self, rows: QuerySet[Organisation]) -> list[int]:
        """The organisations whose area lies within that of either side."""
        sides = [side for side in (self.programme.supporting, self.programme.receiving) if side]
        areas = rows.exclude(region="").values_list("pk", "region")
        return [pk for pk, area in areas if any(contains(side, area) for side in sides)]

    def _reached(self, rows: Iterable[tuple[int, str]]) -> list[int]:
        areas: dict[str, bool] = {}
        kept = []
        for pk, area in rows:
            if area not in areas:
                areas[area] = self.reaches(area)
            kept += [pk] if areas[area] else []
        return kept


class Pick(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes no argument when it runs
    """One of what is offered; anything else, by whatever number, is refused in words."""

    default_error_messages = {"invalid_choice": NOT_THERE}

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(nothing(), label=label, empty_label=more.pop("empty", ""), **more)

    def label_from_instance(self, obj: Any) -> str:
        """What it is called; a contract with whom."""
        if isinstance(obj, Contract):
            return f"{obj.number}　{obj.title}　{obj.payee}"
        return obj.title if isinstance(obj, Plan) else str(obj)


def nothing() -> QuerySet[Any]:
    """Nothing yet: each form says what it offers."""
    return Organisation.objects.none()


def coded(list_name: str, *but: str) -> list[tuple[str, str]]:
    """The words of a list as choices, the first of them none."""
    return [("", ""), *((code, word.zh) for code, word in vocabulary()[list_name].items() if code not in but)]


class Coded(forms.ChoiceField):
    """A word of a list of the terms."""

    default_error_messages = {"invalid_choice": "名单里没有“%(value)s”；从名单中选"}

    def __init__(self, list_name: str, label: str, **more: Any) -> None:
        super().__init__(choices=lambda: coded(list_name), label=label, **more)


class FromFund(forms.ChoiceField):
    """The fund that money is taken from, each with what lies there."""

    default_error_messages = {"invalid_choice": "名单里没有这一项资金；从名单中选"}

    def __init__(self, label: str = "从哪项资金", **more: Any) -> None:
        super().__init__(label=label, **more)

    def offer(self, lying: Mapping[Key, int]) -> None:
        """Offer the funds that have something, by what lies at positions."""
        names = dict(Fund.objects.filter(pk__in=[fund for _, _, fund in lying if fund]).values_list("pk", "title"))
        self.choices = [
            (str(fund or NO_FUND), f"{names.get(fund or 0, '不分来源')}：现有 {words(balance)}")
            for (_, _, fund), balance in lying.items()
            if balance > 0
        ]


def fund_of(said: str) -> int | None:
    """The fund of a choice; none where the money is in no fund."""
    return int(said) if said and said != NO_FUND else None


def number(row: Model | None) -> int | None:
    """The number of a record that was chosen."""
    return row.pk if row else None

"""The plans of a programme: which version follows which, which plan stands under which."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from duikou.acts.plans import known
from duikou.records.models import Plan, Programme, of
from duikou.rules import plans as rules
from duikou.rules.problem import Problem, judge


@dataclass(frozen=True)
class Tree:
    """All plans of a programme, in the order of their years."""

    programme: Programme
    plans: tuple[Plan, ...]

    @classmethod
    def of(cls, programme: Programme) -> "Tree":
        """The plans, in one question of the book."""
        return cls(programme, tuple(of(Plan, programme).select_related("record").order_by("first", "pk")))

    @cached_property
    def _by_number(self) -> dict[int, Plan]:
        return {plan.pk: plan for plan in self.plans}

    def plan(self, number: int | None) -> Plan | None:
        """The plan of a number; nothing where the programme has none."""
        return self._by_number.get(number) if number else None

    def older(self, plan: Plan) -> list[Plan]:
        """The versions that a plan replaces, the newest first."""
        found: list[Plan] = []
        before = self.plan(plan.replaces_id)
        while before is not None and before is not plan and before not in found:
            found.append(before)
            before = self.plan(before.replaces_id)
        return found

    def newer(self, plan: Plan) -> list[Plan]:
        """The versions that replace a plan, the oldest first."""
        return [other for other in self.plans if plan in self.older(other)]

    def below(self, plan: Plan) -> list[Plan]:
        """The plans that stand under a plan, or under an older version of it; only the newest version of each."""
        upper = {plan.pk, *(before.pk for before in self.older(plan))}
        return [
            other for other in self.plans if other.under_id in upper and other is not plan and not self.newer(other)
        ]

    def under(self, plan: Plan) -> list[Plan]:
        """All plans that stand under a plan, at whatever depth."""
        found: list[Plan] = []
        asked = [plan]
        for upper in asked:
            new = [other for other in self.below(upper) if other not in asked]
            asked.extend(new)
            found.extend(new)
        return found

    def above(self, plan: Plan) -> Plan | None:
        """The newest version of the plan that a plan stands under."""
        named = self.plan(plan.under_id)
        return [named, *self.newer(named)][-1] if named else None

    def roots(self) -> list[Plan]:
        """The plans in force that stand under none."""
        return [plan for plan in self.plans if not self.newer(plan) and self.above(plan) in (None, plan)]

    def nested(self) -> Iterator[tuple[int, Plan]]:
        """All plans in force, each after the one it stands under, with how deep it stands."""
        told: set[int] = set()

        def walk(plan: Plan, depth: int) -> Iterator[tuple[int, Plan]]:
            if plan.pk not in told:
                told.add(plan.pk)
                yield depth, plan
                for other in self.below(plan):
                    yield from walk(other, depth + 1)

        for plan in (*self.roots(), *(plan for plan in self.plans if not self.newer(plan))):
            yield from walk(plan, 0)

    def problems(self, plan: Plan) -> list[Problem]:
        """What the rules say of a plan, as they do when it is entered."""
        fact = rules.Plan(
            title=plan.title, type=plan.type, status=plan.status, version=plan.version, replaces=plan.replaces_id,
            under=plan.under_id, when=plan.when,
        )  # fmt: skip
        standing = known(self.above(plan), self.plan(plan.replaces_id))
        return judge(rules.RULES[rules.Plan], fact, standing, day=None, opened=self.programme.opened)

"""What hangs from a decision, and what is asked of an act that a programme has listed as weighty."""

from datetime import date

from django.db.models import Q

from duikou.records.models import Decision, Entry, Link, PlanLine, Programme, Setting, of
from duikou.rules.decisions import ACTS, Decided, DecisionStanding, hanging, with_notices

from .chosen import pack_of

RULE = "decisions.1"


def decided(programme: Programme) -> Decided:
    """The decisions that records of a programme hang from, in four queries: by links, through plan lines, of notices through their lines."""
    decisions = of(Decision, programme).values_list("pk", flat=True)
    known = [(number, number) for number in decisions]
    links = Link.objects.filter(
        Q(role="decides", record__kind="decision", record__programme=programme)
        | Q(role="rests_on", to__kind="decision", to__programme=programme)
    )
    for role, record, to in links.values_list("role", "record_id", "to_id"):
        known.append((to, record) if role == "decides" else (record, to))
    lines = of(PlanLine, programme).filter(replaced_by=None).exclude(project__status="cancelled")
    found = hanging(known, lines.values_list("pk", "project_id", "plan_id"))
    issued = of(Entry, programme).filter(notice__isnull=False, state__in=("issued", "divided"))
    return with_notices(found, issued.values_list("notice_id", "project_id", "fund_id"))


def standing_of_acts(act: str, programme: str, today: date) -> DecisionStanding | None:
    """What the rule asks of an act; nothing, after one query, where no pack of the programme has chosen the rule."""
    if act not in ACTS or not programme:
        return None
    if not Setting.objects.filter(record__programme__code=programme, record__kind="setting", rule=RULE).exists():
        return None
    found = Programme.objects.get(code=programme)
    return DecisionStanding(today, act, pack_of(found), decided(found))


def listed(act: str, programme: Programme, day: date) -> bool:
    """Whether the programme does an act only upon a decision on a day, however heavily it takes that."""
    if act not in ACTS:
        return False
    pack = pack_of(programme)
    return bool(pack.value(RULE, act, day)) and pack.weight(RULE, day) != "off"

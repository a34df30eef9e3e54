"""依据的决定: the field of an act that a programme does only upon a decision."""

from typing import Any

from duikou.acts.decided import listed
from duikou.acts.doing import today
from duikou.records.models import Decision, of

from .asking import Sheet
from .offer import Pick

FIELD = "decision"
RULE = {"decisions.1": FIELD}


class PickDecision(Pick):
    """One of the programme's decisions, by number and matter."""

    def label_from_instance(self, obj: Any) -> str:
        """Its number and what was decided."""
        return f"{obj.number}　{obj.matter}".strip()


def offer_decision(form: Sheet) -> None:
    """Give a form the field where the programme has listed its act; `?decision=` names one."""
    if not listed(form.act, form.offer.programme, today()):
        return
    field: Any = PickDecision("依据的决定", required=False, help_text="项目、规划或资金已写进决定的，可以不选")
    field.queryset = of(Decision, form.offer.programme).order_by("-last", "-pk")
    form.fields[FIELD] = field
    form.propose(FIELD)


def links_of(said: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    """The link to the decision that was chosen, as a fact takes it."""
    return (("rests_on", said[FIELD].pk),) if said.get(FIELD) else ()

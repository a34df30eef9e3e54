"""Lists that were corrected: the history says what they said, and what was struck is told nowhere else."""

from dataclasses import replace

from books import OFFICER
from money_forms import text

from duikou.acts.accepting import record_fact
from duikou.acts.correcting import correct_record
from duikou.records.models import Agreement, Organisation
from duikou.rules.programmes import Agreement as Agreed


def org(code):
    return Organisation.objects.get(code=code).pk


def test_the_history_names_the_list_and_what_it_said(programme, visitor):
    fact = Agreed(
        type="framework", title="框架协议", parties=(("party", org("gsl")), ("party", org("hn"))),
        items=(("field", "医疗", ""), ("field", "教育", "")),
    )  # fmt: skip
    number = record_fact(fact, programme=programme, person=OFFICER)
    less = replace(fact, parties=fact.parties[1:], items=fact.items[1:])
    correct_record(Agreement.objects.get(pk=number), less, programme=programme, person=OFFICER, reason="照协议改")
    shown = text(visitor.get(f"/r/agreement-{number}"))
    names = [Organisation.objects.get(code=code).name for code in ("gsl", "hn")]
    assert f"：{names[0]}、{names[1]} → {names[1]}" in shown
    assert "：医疗、教育 → 教育" in shown
    assert "名单或出处" not in shown
    told = visitor.get(f"/api/records/{number}").json()
    assert [party["organisation"] for party in told["parties"]] == ["hn"]
    assert [item["text"] for item in told["items"]] == ["教育"]
    assert "struck" not in str([told["parties"], told["items"], told["links"]])
    before = [edit["before"] for change in told["history"] for edit in change["changed"]]
    assert sorted(before) == sorted(["医疗、教育", f"{names[0]}、{names[1]}"])

"""项目 …/projects/<number>/: what it is, where it stands, what the next stage lacks, its money, works, questions, history."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from duikou.acts.doing import programme_of
from duikou.acts.life import life_of
from duikou.acts.places import place_in
from duikou.records.models import Link, Need, Project
from duikou.terms.words import vocabulary
from duikou.web.book import open_book
from duikou.web.doors import can, door, of_own_part
from duikou.web.issuing import resting
from duikou.web.language import say
from duikou.web.ledger.kept import one_of, questions
from duikou.web.records import uses_of

from .history import hanging, history
from .kept import HERE, whole
from .life import Ways, early, gate, strip
from .money import first_money, money_of
from .works import assets, changes, looks, outputs, papers, reports

LINES = 20  # lines of the history that stand open
OTHERS = {  # what else may be done, by act: its form
    "describe_project": "project-describe", "schedule_project": "project-schedule", "return_project": "project-return",
    "cancel_project": "project-cancel",
}  # fmt: skip


@dataclass(frozen=True)
class Answering:
    """Who answers for a project on one side: office and post; what nobody said is empty."""

    side: str
    office: str
    number: int | None
    post: str

    @property
    def lacking(self) -> bool:
        """Whether office or post is missing."""
        return not (self.office and self.post)


def page(request: HttpRequest, programme: str, period: str, number: int) -> HttpResponse:
    """The page of a project."""
    row = one_of(request, Project, programme, number, "owner", "front", "part_of")
    book, found = open_book(programme, period), programme_of(programme)
    life, place = life_of(found, row.pk), place_in(found, project=row.pk)
    ways, under, money = Ways(request, programme, period, row.pk, place), hanging(row), money_of(found, row)
    lines = history(row, under)
    inside = can(request, "see_records", replace(place, state="internal"))
    context = {
        "book": book, "row": row, "stage": say("life", row.stage) if row.stage else "", "kinds": kinds(row),
        "steps": list(strip(life)), "gate": gate(life, ways), "early": early(life, first_money(row.pk)),
        "answering": answering(row), "needs": answered(row), "money": money,
        "outputs": list(outputs(row, money.basis, ways)), "papers": papers(row),
        "reports": reports(row, programme, period, inside=inside), "changes": list(changes(row, ways)),
        "looks": looks(request, row), "assets": assets(row),
        "questions": questions(request, [row.pk, *under.all]), "history": lines[:LINES], "earlier": lines[LINES:],
        "uses": list(uses_of(book.snapshot, row.record, row, programme)) if can(request, "see_figures", place_in(found)) else [],
        "whole": whole(request, programme), "debts": resting.of_project(book.snapshot, row.pk), **forms(ways),
    }  # fmt: skip
    return render(request, "project.html", context)


def forms(ways: Ways) -> dict[str, object]:
    """The forms that the buttons of the page lead to, empty where there is none for this person."""
    return {
        "report": ways.to("report_progress", "project-progress"), "paper": ways.to("keep_paper", "project-paper"),
        "target": ways.to("set_output", "project-output"), "inspect": ways.to("inspect_project", "project-inspect"),
        "asset": ways.to("register_asset", "project-asset"), "change": ways.about("request_change", "change-new"),
        "plan": ways.about("plan_project", "plan-new"), "contract": ways.about("sign_contract", "contract-new"),
        "settle": ways.about("settle_project", "settlement-new"), "describe": ways.to("describe_project", "project-describe"),
        "others": [(act, to) for act, name in OTHERS.items() if (to := ways.to(act, name))],
    }  # fmt: skip


def kinds(row: Project) -> list[tuple[str, str]]:
    """What kind of project it is: field (terms) and words; what nobody said is empty."""
    fixed = {True: "fixed", False: "loose", None: ""}[row.fixed]
    coded = (
        ("delivery", row.delivery),
        ("aid_form", row.aid_form),
        ("applies", fixed),
        ("timing", row.timing),
        ("project_level", row.level),
    )
    return [(name, say(name, code) if code in vocabulary()[name] else "") for name, code in coded]


def answering(row: Project) -> list[Answering]:
    """Who answers for a project on both sides."""
    sides = (("receiving", row.owner, row.owner_post), ("supporting", row.front, row.front_post))
    return [
        Answering(side, str(office or ""), office.pk if office else None, post or "") for side, office, post in sides
    ]


def answered(row: Project) -> list[Need]:
    """The needs that a project answers."""
    links = Link.objects.filter(record=row.pk, role="answers").order_by("position").values_list("to_id", flat=True)
    return list(Need.objects.filter(pk__in=list(links)).order_by("pk"))


urlpatterns = [door(HERE + "<int:number>/", page, "see_records", of_own_part, name="project")]

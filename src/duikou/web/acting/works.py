"""The forms of one project: what they share; its papers."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any, ClassVar

from django import forms
from django.db import transaction

from duikou.acts import works as acts
from duikou.acts.evidence import keep_text
from duikou.acts.life import life_of
from duikou.intake.upload import examine
from duikou.records.models import Document, Project
from duikou.rules import works as rules
from duikou.rules.problem import Refused
from duikou.rules.stages import Life, next_stage
from duikou.rules.typed import visible
from duikou.terms.words import zh

from .asking import Sheet, Shown, sheet
from .places import of_project, project
from .reading import DayOrMonth


class OfProjects(Sheet):
    """A form of the part of projects."""

    under: ClassVar[str] = "projects"

    @property
    def told(self) -> dict[str, Any]:
        """Programme and person as the acts take them."""
        return {"programme": self.offer.programme, "person": self.offer.person}

    @property
    def filled(self) -> list[forms.Form]:
        """The rows that say something."""
        return [line for line in (self.lines or ()) if getattr(line, "cleaned_data", None)]

    def each(self, rows: Iterable[forms.Form], act: Callable[[dict[str, Any]], int]) -> list[int]:
        """Do an act for each of some rows, all or none; what a rule objects to stands at its row."""
        numbers, objected = [], False
        with transaction.atomic():
            for line in rows:
                try:
                    numbers.append(act(line.cleaned_data))
                except Refused as refused:
                    objected = True
                    for problem in refused.problems:
                        field = self.at.get(problem.code)
                        line.add_error(field if field in line.fields else None, str(problem))
            if objected:
                raise Refused(())
        return numbers

    def hide(self, name: str, value: str) -> None:
        """Let a hidden field of the form that is shown again say something else."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # what was sent is a QueryDict
        data[name] = value
        self.data = data

    def hidden_errors(self, *names: str) -> None:
        """What is wrong with hidden fields is said over the form."""
        for name in names:
            for error in self.errors.pop(name, ()):
                self.add_error(None, str(error))


class OfProject(OfProjects):
    """A form about one project; once it is done one is back at the project."""

    leads = "{}/"
    about: Project

    @property
    def subject(self) -> str:
        """Which project."""
        return self.about.name

    def onward(self, number: int) -> str:
        """The project."""
        return self.back

    @property
    def life(self) -> Life:
        """What the rules know of its life."""
        if not hasattr(self, "_life"):
            self._life = life_of(self.offer.programme, self.about.pk)
        return self._life

    def now(self) -> Shown:
        """Where the project stands."""
        life, row = self.life, self.about
        now = zh("life", life.stage) if life.stage else "尚未进入任何阶段"
        return [*([("项目编码", row.code)] if row.code else []), ("现在", now)]

    def standing(self) -> Shown:
        """Where the project stands, and what comes next."""
        following = next_stage(self.life.stage, self.life.fixed)
        return [*self.now(), *([("下一阶段", zh("life", following))] if following else [])]


# ---- papers ------------------------------------------------------------------------------------------------------------


def kinds_of_papers(life: Life) -> Iterator[tuple[str, Any]]:
    """The papers that may be kept: those that the next stage lacks first, then the others that the book has none of."""
    following = next_stage(life.stage, life.fixed)
    lacking = [gate for gate in life.lacks(following) if gate.requisite in rules.papers()] if following else []
    yield ("", "")
    if lacking:
        said = [(g.requisite, f"{zh('requisite', g.requisite)}（{zh('supplier', life.supplier(g))}）") for g in lacking]
        yield (f"进入“{zh('life', following)}”还缺", said)
    rest = [code for code in rules.papers() if code not in {gate.requisite for gate in lacking}]
    yield ("其他" if lacking else "要件", [(code, zh("requisite", code)) for code in rest])


class Paper(OfProject):
    """登记要件: a paper that the project has, with its file where there is one; or that none is needed, by which basis."""

    act = "keep_paper"
    at = {"works.3": "type", "works.4": "number", "works.5": "day", "works.6": "number"}
    type = forms.ChoiceField(label="哪一种要件", error_messages={"invalid_choice": "名单里没有这一种；从名单中选"})
    waived = forms.ChoiceField(
        label="有没有这份要件", choices=[("", "有这份要件"), ("yes", "免办，文号写准予免办的文件")], required=False,
        widget=forms.RadioSelect, error_messages={"invalid_choice": "选有，或免办"},
    )  # fmt: skip
    number = forms.CharField(
        label="文号", max_length=60, required=False, help_text="如 发改〔2012〕1号；没有文号的写出具单位"
    )
    issuer = forms.CharField(label="出具单位", max_length=40, required=False)
    day = DayOrMonth(label="文件日期", help_text="照文件填；只知道月的写 2012年4月")
    file = forms.FileField(
        label="文件", required=False, help_text="PDF、照片、Word、Excel，至多 20 MB；没有的以后再补",
        error_messages={"empty": "空文件；核对后重新选"},
    )  # fmt: skip
    reason = forms.CharField(label="说明", max_length=120, required=False)

    def prepare(self) -> None:
        """The kinds of papers; `?type=` names one."""
        field: Any = self.fields["type"]
        field.choices = list(kinds_of_papers(self.life))
        self.propose("type")

    def beside(self) -> Shown:
        """Where the project stands, and what the next stage lacks."""
        return [*self.standing(), *lacking(self.life)]

    def clean_file(self) -> Any:
        """A file that may come in, by what it holds; nothing of it is kept yet."""
        given = self.cleaned_data["file"]
        if not given:
            return None
        data = given.read()
        given.seek(0)
        try:
            examine(given.name, data)
        except Refused as refused:
            raise forms.ValidationError([str(problem) for problem in refused.problems]) from None
        if Document.objects.filter(digest=sha256(data).hexdigest()).exclude(withdrawn=None).exists():
            raise forms.ValidationError("这份文件已从账上撤下，不再收入；换一份，或不附文件")
        return given

    def do(self, said: dict[str, Any]) -> int:
        """Enter it; its file is kept under its digest, with the paper or not at all."""
        data = said["file"].read() if said["file"] else b""
        fact = rules.ProjectPaper(
            project=self.about.pk, type=said["type"], number=visible(said["number"]), issuer=visible(said["issuer"]),
            waived=bool(said["waived"]), when=said["day"],
        )  # fmt: skip
        with transaction.atomic():
            digest = sha256(data).hexdigest() if data else ""
            kept = acts.keep_paper(fact, digest=digest, reason=said["reason"], **self.told)
            if data:
                keep_text(data)
        return kept


def lacking(life: Life) -> Shown:
    """What the next stage lacks, each with who can supply it."""
    stage = next_stage(life.stage, life.fixed)
    if not stage:
        return []
    gates = life.lacks(stage)
    found = [(zh("requisite", gate.requisite), f"缺，{zh('supplier', life.supplier(gate))}") for gate in gates]
    return found or [(f"进入“{zh('life', stage)}”", "要件齐全")]


HERE = "<int:number>/"
urlpatterns = [
    sheet(HERE + "paper/", Paper, of_project, "project-paper", project),
]

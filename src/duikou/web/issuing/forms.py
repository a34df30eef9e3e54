"""The forms by which a paper is drafted, commented on, signed, issued and withdrawn; what is in it the server works out."""

from dataclasses import replace
from typing import Any

from django import forms

from duikou.acts import issuing as acts
from duikou.records.models import PaperComment, Project, of
from duikou.rules import issuing as rules
from duikou.rules.evidence import GRADES
from duikou.rules.period import Period
from duikou.snapshot.store import freeze
from duikou.terms.words import vocabulary, zh
from duikou.web.acting.asking import Sheet, Shown, sheet
from duikou.web.acting.closings import When
from duikou.web.acting.offer import Pick
from duikou.web.doors import of_programme

from . import making
from .kept import Kept, comment, of_comment, of_paper, paper

OFF_LIST = {"invalid_choice": "名单里没有这一项；从名单中选"}


def refused(said: str) -> ValueError:
    """What stands over the form where a paper cannot be made."""
    return ValueError(said)


class Of(Sheet):
    """A form of something that is done with a paper."""

    under, leads = "reports", "{}/"
    at = {"issuing.5": "seen"}

    def prepare(self) -> None:
        """The line at which the paper is seen."""
        self.kept = Kept(self.about)
        if "seen" in self.fields:
            self.initial = {**self.initial, "seen": acts.line_of(self.about)}

    @property
    def subject(self) -> str:
        """Which paper."""
        return str(self.about)

    def beside(self) -> Shown:
        """What is open in the paper."""
        kept = self.kept
        if kept.made is None:
            return [("时点数据", f"账本第 {self.about.line} 行的时点数据不在，这件文件做不出来")]
        checks = "、".join(kept.found(whole=False).checks)
        floor = f"{kept.below} 条记录低于{zh('grade', self.about.floor)}" if self.about.floor else "不设下限"
        return [
            ("取数", f"账本第 {self.about.line} 行"), ("待核的数字", checks or "没有"),
            ("未了结的意见", f"{kept.open_comments} 条" if kept.open_comments else "没有"),
            ("勾稽不平", "；".join(kept.made.failing) or "没有"), ("依据", floor),
        ]  # fmt: skip


class Seen(forms.Form):
    """The line of the journal at which the paper was seen."""

    seen = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": "看过文件再办", "invalid": "看过文件再办"}
    )


class Draft(Sheet):
    """起草文件: which table or outline, of which period; it rests on today's book."""

    act, under, leads = "draft_paper", "reports", "{}/"
    at = {"issuing.1": "made_of", "issuing.2": "made_of", "issuing.16": "floor", "issuing.17": "project"}
    made_of = forms.ChoiceField(label="用哪张表、哪份提纲", error_messages=OFF_LIST)
    span = When(label="期间", help_text="如 2011、2011q3、2010-08..2011-08")
    project = Pick("项目", required=False, empty="不选", help_text="项目简介写哪个项目；别的文件不选")
    title = forms.CharField(label="标题", max_length=160, required=False, help_text="不写的用表或提纲的标题")
    style = forms.ChoiceField(label="样式", required=False, help_text="统计表不用选", error_messages=OFF_LIST)
    floor = forms.ChoiceField(
        label="依据的下限", required=False, help_text="低于这一等级的依据，要写明理由才能印发", error_messages=OFF_LIST
    )
    addressee = forms.CharField(label="主送机关", max_length=120, required=False)
    copies = forms.CharField(label="抄送机关", max_length=160, required=False, help_text="几个的用顿号隔开")

    def prepare(self) -> None:
        """What papers may be made of."""
        choices: Any = self.fields
        choices["made_of"].choices = [("", ""), *making.forms().items()]
        choices["style"].choices = [(code, word.zh) for code, word in vocabulary()["template"].items()]
        choices["floor"].choices = [("", "不设"), *((code, zh("grade", code)) for code in GRADES)]
        self.offers(project=of(Project, self.offer.programme).order_by("pk"))
        self.propose("made_of", "span", "project")

    @property
    def back(self) -> str:
        """The list of papers."""
        return ""

    def do(self, said: dict[str, Any]) -> int:
        """Fill it from today's snapshot, and keep what it was made with."""
        taken, span = freeze(), said["span"]
        assert isinstance(span, Period)  # noqa: S101  the field says so
        kind = said["made_of"].partition(":")[0]
        template = (said["style"] or "spoken") if kind == making.REPORT else ""
        code, edition = self.offer.programme.code, making.edition_of(said["made_of"], self.offer.programme.code)
        project = said["project"].pk if said["project"] else None
        asked = making.Asked(said["made_of"], code, span.code, template, edition.edition if edition else 0, project)
        try:
            made = making.product(asked, taken)
        except (LookupError, ValueError, StopIteration) as odd:
            raise refused(f"这一期做不出来：{odd}") from None
        fact = rules.Paper(
            form=said["made_of"], title=(said["title"] or made.title)[:160], span=span.code, template=template,
            addressee=said["addressee"], copies=said["copies"], floor=said["floor"], line=taken.line, snapshot=taken.digest,
            sheets=made.sheets_text, program=making.program(), outline=edition.pk if edition else None, project=project,
            printed=made.values,
        )  # fmt: skip
        return acts.draft_paper(
            fact, forms=tuple(making.forms()), of_project=making.of_project(), programme=self.offer.programme,
            person=self.offer.person, personal=made.personal,
        )  # fmt: skip


class Refresh(Seen, Of):
    """重取数: the draft is made on today's book."""

    act = "refresh_paper"
    at = {}

    def do(self, said: dict[str, Any]) -> int:
        """Fill it from today's snapshot."""
        taken, edition = freeze(), making.edition_of(self.about.form, self.offer.programme.code)
        asked = replace(self.kept.asked, edition=edition.edition if edition else 0)
        try:
            made = making.product(asked, taken)
        except (LookupError, ValueError, StopIteration) as odd:
            raise refused(f"现在做不出来：{odd}") from None
        fresh = acts.Fresh(
            taken.line, taken.digest, made.sheets_text, making.program(), edition.pk if edition else None, made.values
        )
        acts.refresh_paper(self.about, rules.Refresh(said["seen"]), fresh, person=self.offer.person)
        return int(self.about.pk)


class Comment(Of):
    """提意见: on a figure of the paper, or on the whole."""

    act, leads = "comment_on_paper", "{}/#comments"
    at = {"issuing.3": "text"}
    figure = forms.ChoiceField(label="哪个数字", required=False, error_messages=OFF_LIST)
    text = forms.CharField(label="意见", max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    def prepare(self) -> None:
        """The figures of the paper."""
        super().prepare()
        made = self.kept.made
        shown = {str(o.name): f"{making.called(made.snapshot, o.name)} {o.text}" for o in made.shown} if made else {}
        field: Any = self.fields["figure"]
        field.choices = [("", "整件"), *shown.items()]
        self.propose("figure")

    def do(self, said: dict[str, Any]) -> int:
        """Say it."""
        figures = tuple(str(name) for name in self.kept.names)
        fact = rules.Comment(said["text"], said["figure"])
        acts.comment_on_paper(self.about, fact, figures=figures, person=self.offer.person)
        return int(self.about.pk)


class Settle(Sheet):
    """答复意见: a comment is answered and settled."""

    act, under, leads = "settle_comment", "reports", "{}/#comments"
    at = {"issuing.4": "answer"}
    answer = forms.CharField(label="答复", max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 3}))

    @property
    def back(self) -> str:
        """The paper."""
        return self.leads.format(self.about.paper_id)

    @property
    def subject(self) -> str:
        """What was said."""
        comment_: PaperComment = self.about
        return f"{comment_.paper}：{comment_.text}"

    def do(self, said: dict[str, Any]) -> int:
        """Answer it."""
        acts.settle_comment(self.about, rules.Settlement(said["answer"]), person=self.offer.person)
        return int(self.about.paper_id)


class Sign(Seen, Of):
    """签发: a leader approves the draft."""

    act = "sign_paper"
    at = {}
    signer = forms.CharField(
        label="签发人职务", max_length=80, required=False, help_text="印在红头上，如 主任；姓名手签，不入账"
    )

    def do(self, said: dict[str, Any]) -> int:
        """Sign it."""
        if self.kept.made is None:
            raise refused("时点数据不在，看不到要签发的内容；重取数后再签")
        acts.sign_paper(self.about, rules.Signing(said["seen"], said["signer"]), person=self.offer.person)
        return int(self.about.pk)


class Issue(Seen, Of):
    """印发: the paper is given its number and kept as it goes out."""

    act = "issue_paper"
    at = {"issuing.10": "code", "issuing.11": "unchecked", "issuing.12": "excuse", "issuing.13": "waiver"}
    code = forms.CharField(label="发文字号", max_length=40, help_text="如 津合〔2011〕1号")
    excuse = forms.CharField(label="勾稽不平仍要印发的原因", max_length=200, required=False)
    waiver = forms.CharField(label="依据不够等级仍要印发的理由", max_length=200, required=False)
    unchecked = forms.CharField(label="有数字待核仍要印发的理由", max_length=200, required=False)

    def prepare(self) -> None:
        """Reasons are asked for only where the paper wants them."""
        super().prepare()
        if not (self.kept.made and self.kept.made.failing):
            del self.fields["excuse"]
        if not self.kept.below:
            del self.fields["waiver"]
        if not (self.kept.waiting or self.kept.questions):
            del self.fields["unchecked"]

    def do(self, said: dict[str, Any]) -> int:
        """Make it with its number, and keep the bytes."""
        if self.kept.made is None:
            raise refused("时点数据不在，做不出要印发的文件")
        code = "".join(said["code"].split())
        why = {name: said.get(name, "") for name in ("excuse", "waiver", "unchecked")}
        fact = rules.Issue(code, said["seen"], **why)
        acts.issue_paper(self.about, fact, self.kept.found(code), person=self.offer.person)
        return int(self.about.pk)


class Withdraw(Of):
    """撤回文件: it is no longer in force, and stays to be seen."""

    act = "withdraw_paper"
    at = {"issuing.15": "note"}
    note = forms.CharField(label="撤回说明", max_length=200, widget=forms.Textarea(attrs={"rows": 3}))

    def do(self, said: dict[str, Any]) -> int:
        """Withdraw it."""
        acts.withdraw_paper(self.about, rules.Withdrawal(said["note"]), person=self.offer.person)
        return int(self.about.pk)


urlpatterns = [
    sheet("new", Draft, of_programme, "paper-new"),
    sheet("<int:number>/refresh", Refresh, of_paper, "paper-refresh", paper),
    sheet("<int:number>/comment", Comment, of_paper, "paper-comment", paper),
    sheet("comments/<int:number>/settle", Settle, of_comment, "paper-settle", comment),
    sheet("<int:number>/sign", Sign, of_paper, "paper-sign", paper),
    sheet("<int:number>/issue", Issue, of_paper, "paper-issue", paper),
    sheet("<int:number>/withdraw", Withdraw, of_paper, "paper-withdraw", paper),
]

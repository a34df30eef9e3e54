"""文件: a table or report is drafted on a snapshot, commented on, signed, issued and withdrawn; each is an act.

What a paper is made of (its figures, checks, evidence, bytes) is worked out on the server above and handed in; what the
journal knows of it is asked here.
"""

import os
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from duikou.records.models import JournalImage, Paper, PaperComment, Programme
from duikou.rules import issuing as rules
from duikou.rules.fact import Told
from duikou.rules.problem import Problem, judge
from duikou.rules.rights import Person, Place

from .doing import Work, always, doing, judge_all, place_of, today
from .entering import enter
from .journal import header_of

SEEN_BY_ALL = ("issued", "withdrawn")
"""The states in which a paper of a published programme is open to everyone."""


@dataclass(frozen=True)
class Fresh:
    """What a draft is made on anew: the line and snapshot, the sheets with their versions, the program, what it prints."""

    line: int
    snapshot: str
    sheets: str
    program: str
    outline: int | None = None
    printed: str = ""


@dataclass(frozen=True)
class Made:
    """A paper as the server made it: its bytes, and what was found in it (see rules.PaperStanding).

    `values`: each value as it is printed, to be kept with the paper.
    """

    data: bytes = b""
    pdf: bytes = b""
    figures: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    below: int = 0
    printed: tuple[tuple[str, rules.Printed], ...] = ()
    values: str = ""
    personal: bool = False


def place_of_paper(paper: Paper) -> Place:
    """A paper as the thing a right is asked of: open only once it is issued, and its programme published."""
    programme = paper.record.programme
    place = place_of(programme) if programme else Place()
    return place if paper.state in SEEN_BY_ALL else replace(place, state="internal")


def draft_paper(
    fact: rules.Paper,
    *,
    forms: tuple[str, ...],
    programme: Programme,
    person: Person,
    personal: bool = False,
    of_project: tuple[str, ...] = (),
) -> int:
    """A draft on a snapshot, which is kept for ever from now on; its number."""
    with doing("draft_paper", person=person, place=place_of(programme)) as work:
        standing = rules.PaperStanding(today(), forms=forms, of_project=of_project, personal=personal)
        told = [Told(fact, {})]
        judge_all(work, told, rules.RULES, always(standing), opened=programme.opened)
        work.refuse_if_stopped()
        (number,) = enter(work, programme.record_id, told, {})
        return number


def refresh_paper(paper: Paper, fact: rules.Refresh, fresh: Fresh, *, person: Person) -> None:
    """重取数: a draft stands on today's book from now on; its comments stay."""
    with doing("refresh_paper", person=person, place=place_of_paper(paper)) as work:
        _judge(work, paper, fact, Made())
        work.change(
            paper, line=fresh.line, snapshot=fresh.snapshot, sheets=fresh.sheets, program=fresh.program,
            outline_id=fresh.outline, printed=fresh.printed or None,
        )  # fmt: skip


def comment_on_paper(paper: Paper, fact: rules.Comment, *, figures: tuple[str, ...], person: Person) -> int:
    """A comment on a figure of a draft, or on the whole; the number of the comment."""
    with doing("comment_on_paper", person=person, place=place_of_paper(paper)) as work:
        _judge(work, paper, fact, Made(figures=figures))
        (number,) = work.numbers(PaperComment, 1)
        post = next(iter(person.posts), None)
        said: dict[str, Any] = {"role": post.role, "office": post.office} if post else {"role": "", "office": ""}
        work.write(
            [PaperComment(number=number, paper=paper, figure=fact.figure, text=fact.text.strip(), said=today(), **said)]
        )
        work.change(paper, state=paper.state)  # whoever signs has seen the paper with this comment
        return number


def settle_comment(comment: PaperComment, fact: rules.Settlement, *, person: Person) -> None:
    """A comment is answered, and settled by that."""
    paper = comment.paper
    with doing("settle_comment", person=person, place=place_of_paper(paper)) as work:
        comment.refresh_from_db()
        standing = rules.PaperStanding(today(), answered=comment.settled is not None)
        work.problems += judge(rules.RULES[type(fact)], fact, standing, day=today(), opened=None)
        work.refuse_if_stopped()
        work.change(comment, answer=fact.answer.strip(), settled=today())
        work.change(paper, state=paper.state)


def sign_paper(paper: Paper, fact: rules.Signing, *, person: Person) -> None:
    """签发: a leader approves a draft; it is changed no more."""
    with doing("sign_paper", person=person, place=place_of_paper(paper)) as work:
        _judge(work, paper, fact, Made())
        work.change(paper, state="signed", signed=today(), signer=fact.signer.strip())


def issue_paper(paper: Paper, fact: rules.Issue, made: Made, *, person: Person) -> None:
    """印发: the bytes are kept under their digest, which stands in the journal from now on."""
    with doing("issue_paper", person=person, place=place_of_paper(paper)) as work:
        _judge(work, paper, fact, made)
        work.change(
            paper, state="issued", issued=today(), code=fact.code.strip(), excuse=fact.excuse.strip(),
            waiver=fact.waiver.strip(), unchecked=fact.unchecked.strip() or None, printed=made.values or paper.printed,
            file=keep_file(made.data), pdf=keep_file(made.pdf) if made.pdf else "",
        )  # fmt: skip


def withdraw_paper(paper: Paper, fact: rules.Withdrawal, *, person: Person) -> None:
    """撤回: a paper is no longer in force; it stays to be seen, with the note."""
    with doing("withdraw_paper", person=person, place=place_of_paper(paper), reason=fact.note.strip()) as work:
        _judge(work, paper, fact, Made())
        work.change(paper, state="withdrawn", withdrawn=today(), note=fact.note.strip())


def rehearse_issue(paper: Paper, fact: rules.Issue, made: Made, *, person: Person) -> list[Problem]:
    """What the rules would say of an issue now; nothing is written."""
    return judge(rules.RULES[rules.Issue], fact, _standing(paper, made, person), day=today(), opened=None)


def line_of(paper: Paper) -> int:
    """The last line of the journal that touched a paper."""
    last = _images(paper).order_by("-line_id").values_list("line_id", flat=True).first()
    return last or 0


def drafter_of(paper: Paper) -> str:
    """The account that drafted a paper."""
    first = _images(paper).select_related("line").order_by("line_id").first()
    return str(header_of(first.line)["person"]) if first else ""


def keep_file(data: bytes) -> str:
    """Keep what is issued in var/papers under its SHA-256; the digest. Kept once, whole or not at all."""
    digest = sha256(data).hexdigest()
    target = _place(digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{digest}.{os.getpid()}.part")
        part.write_bytes(data)
        part.replace(target)
    return digest


def kept_file(digest: str) -> bytes | None:
    """What was issued under a digest; nothing where it is not there, or is not what was issued."""
    target = _place(digest)
    if not digest or not target.exists():
        return None
    data = target.read_bytes()
    return data if sha256(data).hexdigest() == digest else None


def _place(digest: str) -> Path:
    return Path(settings.VAR) / "papers" / digest


def _judge(work: Work, paper: Paper, fact: Any, made: Made) -> None:
    """Refuse the act at once where a rule objects, held against the paper as it stands inside the transaction."""
    paper.refresh_from_db()
    standing = _standing(paper, made, work.person)
    work.problems += judge(rules.RULES[type(fact)], fact, standing, day=today(), opened=None)
    work.refuse_if_stopped()


def _standing(paper: Paper, made: Made, person: Person) -> rules.PaperStanding:
    """A paper as rules are asked of it."""
    return rules.PaperStanding(
        today(), paper.state, person.account, drafter_of(paper), line_of(paper), figures=made.figures,
        comments=paper.comments.filter(settled=None).count(), checks=made.checks, failing=made.failing, below=made.below,
        printed=dict(made.printed), personal=made.personal,
        codes=tuple(Paper._base_manager.exclude(code="").exclude(pk=paper.pk).values_list("code", flat=True)),
    )  # fmt: skip


def _images(paper: Paper) -> Any:
    return JournalImage.objects.filter(table=Paper._meta.db_table, number=paper.pk)

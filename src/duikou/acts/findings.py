"""A question (待核) is assigned, answered, settled, asked again: each is an act, and names the line it was seen at."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from duikou.records.models import Finding, JournalImage, Organisation
from duikou.rules import findings as rules
from duikou.rules.problem import judge
from duikou.rules.rights import Person, Place
from duikou.terms.words import zh

from .doing import Work, doing, place_of, today
from .journal import header_of

SHOWN = ("state", "owner_id", "due", "answer", "found", "amount", "last")
LABELS = {"state": "finding_state", "owner_id": "finding_owner", "last": "finding_last"}


def place_of_finding(finding: Finding) -> Place:
    """A question as the thing a right is asked of: the area of the organisation that answers for it."""
    programme = finding.record.programme
    place = place_of(programme) if programme else Place()
    return replace(place, area=finding.owner.region if finding.owner else "")


def assign_finding(fact: rules.Assignment, *, finding: Finding, person: Person, reason: str = "") -> None:
    """An organisation is to answer a question by a day."""
    with doing("assign_finding", person=person, place=place_of_finding(finding), reason=reason) as work:
        _judge(work, finding, fact)
        state = "answered" if finding.answer else "asked"
        work.change(finding, owner_id=fact.owner, due=fact.due, state=state)


def answer_finding(fact: rules.Answer, *, finding: Finding, person: Person) -> None:
    """What the organisation that answers has to say, and the document it rests on."""
    with doing("answer_finding", person=person, place=place_of_finding(finding)) as work:
        _judge(work, finding, fact)
        work.change(finding, answer=fact.text.strip(), evidence_id=fact.evidence, state="answered")


def settle_finding(fact: rules.Decision, *, finding: Finding, person: Person) -> None:
    """判定: a question ends, by the word in the journal."""
    with doing("settle_finding", person=person, place=place_of_finding(finding), reason=fact.word.strip()) as work:
        _judge(work, finding, fact)
        work.change(finding, state="settled", settled=today())


def reopen_finding(fact: rules.Reopening, *, finding: Finding, person: Person) -> None:
    """A settled question is asked again; what was answered before stands in the journal."""
    with doing("reopen_finding", person=person, place=place_of_finding(finding), reason=fact.reason.strip()) as work:
        _judge(work, finding, fact)
        state = "asked" if finding.owner_id else "open"
        work.change(finding, state=state, settled=None, answer=None, evidence_id=None)


def line_of(finding: Finding) -> int:
    """The last line of the journal that touched a question."""
    return next((image.line_id for image in _images(finding)), 0)


def _judge(work: Work, finding: Finding, fact: rules.Deed) -> None:
    """Refuse the act at once where a rule objects, held against the question as it stands inside the transaction."""
    finding.refresh_from_db()
    work.problems += judge(rules.RULES[type(fact)], fact, _standing(work, finding, fact.seen), day=today(), opened=None)
    work.refuse_if_stopped()


def _standing(work: Work, finding: Finding, seen: int) -> rules.FindingStanding:
    images = _images(finding)
    headers = [header_of(image.line) for image in images]
    answered = next((said["person"] for said in headers if said["act"] == "answer_finding"), "")
    return rules.FindingStanding(
        today(), finding.state, work.person.account, bool(finding.answer), answered if finding.answer else "",
        images[0].line_id if images else 0, tuple(_since(images, seen)),
    )  # fmt: skip


def _images(finding: Finding) -> list[JournalImage]:
    """The question as each line left it, the last first."""
    rows = JournalImage.objects.filter(table=Finding._meta.db_table, number=finding.pk).select_related("line")
    return list(rows.order_by("-line_id"))


def _since(images: list[JournalImage], seen: int) -> Iterator[str]:
    """What the lines after the one seen have changed: 第 31 行 yewu 交办待核：期限 2012-03-05."""
    rows: list[dict[str, Any]] = [json.loads(image.text)["row"] for image in images]
    for image, after, before in zip(images, rows, [*rows[1:], {}], strict=True):
        if image.line_id <= seen:
            return
        said = header_of(image.line)
        changed = [_said(name, after.get(name)) for name in SHOWN if after.get(name) != before.get(name)]
        yield f"第 {image.line_id} 行 {said['person']} {zh('act', said['act'])}：{'，'.join(changed)}".rstrip("：")


def _said(name: str, value: Any) -> str:
    """A column of a question in words."""
    words = zh("finding_state", value) if name == "state" else "" if value is None else str(value)
    if name == "owner_id" and value:
        words = str(Organisation.objects.get(pk=value))
    return f"{zh('field', LABELS.get(name, name))} {words or '空'}"

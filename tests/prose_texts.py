"""Texts for the tests of 读材料: a book that knows the parties and nothing else of the report, and papers in it."""

from datetime import date
from hashlib import sha256

from books import EXAMPLE, OFFICER, open_offices
from pouring import poured

from duikou.acts.reviewing import take_text
from duikou.intake.folder import load
from duikou.records.models import Document, Programme
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.period import on

FACTS = (
    "governance.toml", "contacts.toml", "plans.toml", "projects.toml", "funds.toml", "people.toml", "gifts.toml",
    "enterprises.toml", "commitments.toml", "receiving.toml",
)  # fmt: skip
OTHERS = (
    "other-dongxiang.toml", "other-hetian.toml", "other-kashgar-shanghai.toml", "other-kashgar-guangdong.toml",
    "other-nanchong.toml", "other-qingchuan.toml", "other-hongtu.toml",
)  # fmt: skip
HERE = "/p/tj-hn/2010-08..2011-08/texts/"


def parties_only(without=(*FACTS, *OTHERS)):
    """The programme with its organisations and documents, and none of its facts."""

    def make():
        load(EXAMPLE, person=OFFICER, administrator=OFFICER, without=without)
        open_offices()
        return Programme.objects.get(code="tj-hn")

    return poured(("parties", without), make)


def taken(programme, words, issuer="tjhzb", day=date(2012, 6, 30), title="简报"):
    """A text taken in; its document."""
    data = words.encode()
    fact = DocumentFact(
        title=title, medium="notice", grade="issued", issuer=issuer, digest=sha256(data).hexdigest(),
        paragraphs=len([line for line in words.splitlines() if line.strip()]), when=on(day) if day else None,
    )  # fmt: skip
    return Document.objects.get(pk=take_text(fact, data, programme=programme, person=OFFICER, area="120000"))

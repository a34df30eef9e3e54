"""Parties that a sentence names and the book does not know: a longer name is never the shorter one in it."""

import re
from collections.abc import Iterable, Iterator

from ..prose.candidate import Candidate
from .meanings import Stretch
from .names import Directory, Named

_OURS = re.compile("[我本全各该两双](?!国)|有关|当地|社会各界")  # said of the two sides or of everyone
_NAME = re.compile(
    "[一-鿿]{2}(?:公司|集团|银行|商会|联合会|工商联|红十字会|基金会|协会|学校|中学|小学|大学|学院|医院|委员会|办公室|局|厅|指挥部"
    "|街道|省|市|州|盟|县|区|旗|乡|镇|村)$"
)
_GIVES = re.compile(
    "(?:^|(?<=[，。；：、]))(?P<name>[一-鿿（）]{2,20}?(?:公司|集团公司|集团|银行|商会|联合会|红十字会|基金会|协会))(?=(?:也|还|再)?(?:捐|赠|筹|投资))"
)
_VERB = re.compile("采购|引进|落地|捐|向|由|年内|新增|帮助|支援|援助|级财政")


def strangers_in(text: str, one: Candidate, within: Stretch, names: Directory) -> Iterator[Stretch]:
    """Where a party stands that the book has no name for: a longer name is not the shorter one in it."""
    for party in (one.giver, one.receiver):
        if (
            party is None
            or names.knows(party.words)
            or (party.name and names.knows(party.name))
            or _OURS.match(party.words)
        ):
            continue
        at = text.find(party.words, *within)
        if at >= 0 and _NAME.search(party.words) and not _VERB.search(party.words):
            yield at, at + len(party.words)
    for hit in _GIVES.finditer(text, *within):
        if not any(hit["name"].endswith(known.words) for known in names.named(text, *hit.span("name"))):
            yield hit.span("name")


def inside(one: Named, stretches: Iterable[Stretch]) -> bool:
    """Whether a name stands within one of some stretches."""
    return any(first <= one.start and one.end <= last for first, last in stretches)

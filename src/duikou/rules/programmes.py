"""Programmes, organisations, pairings, agreements, visits: what they are and what must hold for them."""

from dataclasses import dataclass
from datetime import date

from duikou.terms.words import regions

from .contracts import credit_code_is_true
from .fact import Fact, Ref
from .problem import Found, rule
from .quantity import Quantity


@dataclass(frozen=True, kw_only=True)
class Programme(Fact):
    """A programme: scheme (terms: scheme), regions by GB/T 2260 code, the day its book was opened."""

    code: str
    title: str
    scheme: str
    opened: date
    supporting: str = ""
    receiving: str = ""
    office: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Organisation(Fact):
    """An organisation: code of at most 8, name, type (terms: organisation), area, what it is part of."""

    code: str
    name: str
    type: str
    short: str = ""
    region: str = ""
    parent: Ref | None = None
    credit_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Pairing(Fact):
    """A pairing of giver and receiver at a level (terms: level)."""

    level: str
    giver: Ref
    receiver: Ref
    decided_by: Ref | None = None
    mandate: str = ""
    begun_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class Agreement(Fact):
    """A signed agreement between parties."""

    title: str
    type: str
    theme: str = ""
    arises_from: Ref | None = None
    open_list: bool = False


@dataclass(frozen=True, kw_only=True)
class Visit(Fact):
    """A visit, meeting, field research or inspection (terms: visit)."""

    type: str
    name: str
    when_said: str = ""
    place: str = ""
    event: str = ""
    purpose: str = ""
    outcome: str = ""
    meetings: Quantity | None = None
    groups: Quantity | None = None
    people: Quantity | None = None
    open_list: bool = False


@dataclass(frozen=True)
class Standing:
    """What the rules need to know of the book: today, and who bears the credit code of a payee already."""

    today: date
    bearer: str = ""


@rule("programmes.1", basis="GB/T 2260")
def areas_have_codes(fact: Programme | Organisation, standing: Standing) -> Found | None:
    """区划代码须是国家标准中的代码。
    An area is named by its code of the national standard."""
    codes = (fact.supporting, fact.receiving) if isinstance(fact, Programme) else (fact.region,)
    unknown = [code for code in codes if code and code not in regions()]
    return Found("、".join(unknown), "GB/T 2260 代码", "改正代码，或先把该区划加入 regions.csv") if unknown else None


@rule("programmes.2", basis="合同与协议须有双方")
def agreement_has_two_parties(fact: Agreement, standing: Standing) -> Found | None:
    """协议至少有两方。
    An agreement has at least two parties."""
    parties = fact.named("party")
    return Found(f"{len(parties)} 方", "两方或以上", "补上签约各方") if len(parties) < 2 else None


@rule("programmes.3", basis="记录已发生的往来")
def visit_is_not_in_the_future(fact: Visit, standing: Standing) -> Found | None:
    """往来记录的日期不晚于今天。
    A recorded visit does not lie in the future."""
    if fact.when and fact.when.first > standing.today:
        return Found(fact.when.zh, f"不晚于 {standing.today}", "改正日期；计划中的往来另记")
    return None


@rule("programmes.4", basis="GB 32100-2015", guards=True)
def credit_code_is_true_and_borne_once(fact: Organisation, standing: Standing) -> Found | None:
    """统一社会信用代码须校验无误，一个代码只属一个单位。
    A credit code bears its check character and belongs to one organisation."""
    if not fact.credit_code:
        return None
    if not credit_code_is_true(fact.credit_code):
        return Found(fact.credit_code, "18 位，末位校验相符", "照营业执照或法人证书改正")
    return Found(f"已属{standing.bearer}", "未用过的代码", "查看已登记的单位") if standing.bearer else None


RULES = {
    Programme: (areas_have_codes,),
    Organisation: (areas_have_codes, credit_code_is_true_and_borne_once),
    Agreement: (agreement_has_two_parties,),
    Visit: (visit_is_not_in_the_future,),
}

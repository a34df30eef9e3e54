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
    successor: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Pairing(Fact):
    """A pairing of giver and receiver at a level (terms: level): from when to when, what it rests on."""

    level: str
    giver: Ref
    receiver: Ref
    decided_by: Ref | None = None
    mandate: str = ""
    begun_by: date | None = None
    ended: date | None = None
    rests_on: Ref | None = None
    remark: str | None = None


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
    rank: str | None = None


@dataclass(frozen=True, kw_only=True)
class Indicator(Fact):
    """A target that an agreement sets: the sheet of the figure it is held against, or words where there is none."""

    agreement: Ref
    name: str
    sheet: str = ""
    direction: str = ""
    target: Quantity | None = None


@dataclass(frozen=True)
class Standing:
    """What the rules need to know of the book: today, and who bears a credit code, a code, a name already."""

    today: date
    bearer: str = ""
    coded: str = ""
    named: str = ""


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


@rule("programmes.5", basis="结对须有双方")
def a_pairing_has_two_sides(fact: Pairing, standing: Standing) -> Found | None:
    """结对的支援方和受援方不是同一个单位。
    The giver and the receiver of a pairing are two."""
    return Found("两方是同一个单位", "两个单位", "改正其中一方") if fact.giver == fact.receiver else None


@rule("programmes.6", basis="先结对后终止")
def a_pairing_ends_after_it_began(fact: Pairing, standing: Standing) -> Found | None:
    """结对的终止日不早于开始日。
    A pairing ends on the day it began or later."""
    begun = fact.begun_by or (fact.when.first if fact.when else None)
    if fact.ended and begun and fact.ended < begun:
        return Found(f"{fact.ended}", f"{begun} 或以后", "改正日期")
    return None


@rule("programmes.7", basis="协议指标须可量化")
def an_indicator_has_its_target(fact: Indicator, standing: Standing) -> Found | None:
    """协议指标须写明约定的数和计量单位。
    A target of an agreement says how much of what."""
    return None if fact.target else Found("未写约定的数", "如 3.31亿元、113人", "照协议补上")


@rule("programmes.8", basis="一个代码只指一个项目方案", guards=True)
def a_programme_s_code_is_new(fact: Programme, standing: Standing) -> Found | None:
    """项目方案的代码没有用过。
    The code of a programme is borne by no other."""
    if not standing.coded:
        return None
    return Found(f"{fact.code}，已用于“{standing.coded}”", "没有用过的代码", "换一个，或留空由账本给一个")


@rule("programmes.9", basis="一个项目方案只设一次", guards=True)
def a_programme_is_opened_once(fact: Programme, standing: Standing) -> Found | None:
    """同名的项目方案只设一次。
    A programme of one title is opened once."""
    if not standing.named:
        return None
    return Found(f"“{fact.title}”已设立，代码 {standing.named}", "没有设立过的", "在已设立的里记账；另一个方案换个名称")


@rule("programmes.10", basis="一个单位只登记一次", guards=True)
def an_organisation_is_registered_once(fact: Organisation, standing: Standing) -> Found | None:
    """一个单位只登记一次。
    An organisation is registered once."""
    if not standing.named:
        return None
    return Found(f"“{fact.name}”已登记，代码 {standing.named}", "没有登记过的单位", "用已登记的那一个")


RULES = {
    Programme: (areas_have_codes, a_programme_s_code_is_new, a_programme_is_opened_once),
    Pairing: (a_pairing_has_two_sides, a_pairing_ends_after_it_began),
    Indicator: (an_indicator_has_its_target,),
    Organisation: (areas_have_codes, credit_code_is_true_and_borne_once, an_organisation_is_registered_once),
    Agreement: (agreement_has_two_parties,),
    Visit: (visit_is_not_in_the_future,),
}

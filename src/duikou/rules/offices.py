"""Offices, accounts, the roles they bear, keys of programs: what they are and what must hold for them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from duikou.terms.words import regions, zh

from .fact import Fact, Ref
from .problem import Found, rule

APART = ("administrator", "auditor", "security_officer")  # 三员分立
LONGEST_KEY = timedelta(days=366)
LAST_WHO_MAY = ("administrator", "security_officer")


@dataclass(frozen=True, kw_only=True)
class Office(Fact):
    """An organisation that works in the book: the area it answers for (GB/T 2260) and its side (terms: side)."""

    organisation: Ref
    area: str = ""
    side: str = ""


@dataclass(frozen=True, kw_only=True)
class Account(Fact):
    """One person in one office; `code` is the sign-in name, `person` the number of the name in the store of names."""

    code: str
    office: Ref
    person: Ref | None = None


@dataclass(frozen=True, kw_only=True)
class Appointment(Fact):
    """A role (terms: role) that an account bears from a day to a day, both included; without an end it goes on."""

    account: Ref
    role: str
    begins: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Key(Fact):
    """Lets a program act for an office in one role from a day to a day; `digest` is SHA-256 of its secret."""

    code: str
    office: Ref
    role: str
    digest: str
    begins: date
    ends: date


@dataclass(frozen=True)
class Held:
    """A role that an account bears or will bear."""

    role: str
    begins: date
    ends: date | None

    def meets(self, begins: date, ends: date | None) -> bool:
        """Whether it and a time have a day in common."""
        return (ends is None or self.begins <= ends) and (self.ends is None or begins <= self.ends)


@dataclass(frozen=True)
class OfficesStanding:
    """What the rules need to know of the book: who gives, what the account bears, its office, who else there is."""

    today: date
    granter: str = ""
    account: str = ""
    closed: bool = False
    held: tuple[Held, ...] = ()
    area: str = ""
    side: str = ""
    codes: frozenset[str] = frozenset()
    offices: frozenset[Ref] = frozenset()
    others: frozenset[str] = frozenset()


@rule("offices.1", basis="GB/T 2260")
def office_has_a_known_area(fact: Office, standing: OfficesStanding) -> Found | None:
    """单位负责的地区须是国家标准中的区划。
    The area of an office is one of the national standard."""
    if not fact.area or fact.area in regions():
        return None
    return Found(fact.area, "GB/T 2260 代码", "改正代码，或先把该区划加入 regions.csv")


@rule("offices.2", basis="一个单位在账上只设一次")
def office_is_opened_once(fact: Office, standing: OfficesStanding) -> Found | None:
    """一个单位在账上只设一次。
    An organisation is opened as an office once."""
    return Found("已经设立", "未设立的单位", "直接在该单位开账号") if fact.organisation in standing.offices else None


@rule("offices.3", basis="GB/T 22239-2019 身份标识唯一")
def code_is_plain_and_unused(fact: Account | Key, standing: OfficesStanding) -> Found | None:
    """账号和密钥的代码由小写字母、数字和短横组成，用过不再用。
    Accounts and keys are named by small letters, digits and hyphens, and no name is used twice."""
    expected = "3 到 20 个小写字母、数字或短横，以字母开头"
    if not re.fullmatch(r"[a-z][a-z0-9-]{2,19}", fact.code):
        return Found(fact.code or "空", expected, "写职责，不写姓名，如 tongren-1")
    return Found(f"{fact.code} 已用过", "没有用过的代码", "换一个") if fact.code in standing.codes else None


@rule("offices.4", basis="任期有始有终")
def role_begins_before_it_ends(fact: Appointment | Key, standing: OfficesStanding) -> Found | None:
    """任期的起日不晚于止日。
    A role begins no later than it ends."""
    if fact.ends is None or fact.begins <= fact.ends:
        return None
    return Found(f"{fact.begins} 至 {fact.ends}", "起日不晚于止日", "改正日期")


@rule("offices.5", basis="GB/T 22239-2019 三员分立")
def three_officers_are_three_people(fact: Appointment, standing: OfficesStanding) -> Found | None:
    """系统管理员、安全管理员、审计由三个人分任，也不兼业务。
    Administrator, security officer and auditor are three people, and do no other work in the book."""
    for held in standing.held:
        if held.role != fact.role and {held.role, fact.role} & set(APART) and held.meets(fact.begins, fact.ends):
            return Found(f"已任{zh('role', held.role)}", f"不兼{zh('role', held.role)}", "换一个人，或先终止原来的角色")
    return None


@rule("offices.6", basis="角色与单位相称")
def role_fits_the_office(fact: Appointment | Key, standing: OfficesStanding) -> Found | None:
    """县填报员在受援方的县，县领导在受援方的县或州，前方干部在支援方。
    A county clerk sits in a county of the receiving side, a leader there or in its prefecture, a front-line officer on the other."""
    receiving = bool(standing.area) and standing.side == "receiving"
    if fact.role == "county_clerk" and not (receiving and not standing.area.endswith("00")):
        return Found("单位不是受援方的县", "受援方的县级单位", "换单位或换角色")
    if fact.role == "county_leader" and not receiving:
        return Found("单位不是受援方的县或州", "受援方的县、州级单位", "换单位或换角色")
    if fact.role == "front_line_officer" and standing.side != "supporting":
        return Found("单位不在支援方", "支援方的单位", "换单位或换角色")
    return None


@rule("offices.7", basis="GB/T 22239-2019 最小授权")
def nobody_gives_to_himself(fact: Appointment, standing: OfficesStanding) -> Found | None:
    """不给自己授权。
    Nobody gives a role to himself."""
    if not standing.granter or standing.granter != standing.account:
        return None
    return Found("授予自己", "由另一名安全管理员授予", "请另一名安全管理员办理")


@rule("offices.8", basis="GB/T 22239-2019 及时停用账号")
def closed_account_bears_no_role(fact: Appointment, standing: OfficesStanding) -> Found | None:
    """停用的账号不再任职。
    A closed account is given no role."""
    return Found("账号已停用", "在用的账号", "另开账号") if standing.closed else None


@rule("offices.9", basis="一人一职不重复")
def role_is_borne_once(fact: Appointment, standing: OfficesStanding) -> Found | None:
    """同一角色在同一时间只任一次。
    A role is borne once at a time."""
    same = [held for held in standing.held if held.role == fact.role and held.meets(fact.begins, fact.ends)]
    return Found(f"{same[0].begins} 起已任", "没有任过的时间", "改日期，或先终止原来的任职") if same else None


@rule("offices.10", basis="密钥有期限")
def key_lasts_a_year_at_most(fact: Key, standing: OfficesStanding) -> Found | None:
    """密钥的有效期至多一年。
    A key lasts a year at most."""
    if fact.ends - fact.begins <= LONGEST_KEY:
        return None
    return Found(f"{(fact.ends - fact.begins).days} 天", f"至多 {LONGEST_KEY.days} 天", "缩短期限，到期再发")


@rule("offices.11", basis="GB/T 22239-2019 三员分立")
def key_does_no_officer_s_work(fact: Key, standing: OfficesStanding) -> Found | None:
    """密钥不办系统管理和安全管理的事。
    A key does not do what administrator and security officer do."""
    if fact.role not in ("administrator", "security_officer"):
        return None
    return Found(zh("role", fact.role), "业务角色", "由人登录办理")


@rule("offices.12", basis="账本须有人可管")
def last_officer_stays(fact: Appointment, standing: OfficesStanding) -> Found | None:
    """最后一名系统管理员和最后一名安全管理员不能终止。
    The last administrator and the last security officer stay."""
    if fact.role not in LAST_WHO_MAY or fact.role in standing.others:
        return None
    return Found(
        f"最后一名{zh('role', fact.role)}", f"还有另一名{zh('role', fact.role)}", "先授予另一个人，再终止这一个"
    )


RULES = {
    Office: (office_has_a_known_area, office_is_opened_once),
    Account: (code_is_plain_and_unused,),
    Appointment: (
        role_begins_before_it_ends, three_officers_are_three_people, role_fits_the_office, nobody_gives_to_himself,
        closed_account_bears_no_role, role_is_borne_once,
    ),
    Key: (code_is_plain_and_unused, role_begins_before_it_ends, role_fits_the_office, key_lasts_a_year_at_most, key_does_no_officer_s_work),
}  # fmt: skip
ENDING = (role_begins_before_it_ends, last_officer_stays)

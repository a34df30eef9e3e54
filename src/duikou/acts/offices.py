"""Offices and accounts open and close, roles begin and end, work is handed over, keys are issued: each is an act."""

import secrets
from datetime import date, timedelta
from hashlib import sha256

from django.contrib.auth import get_user_model

from duikou.records.models import Account, Appointment, Key, Office, Organisation, Programme
from duikou.rules import offices as rules
from duikou.rules import programmes as programme_rules
from duikou.rules.fact import Told
from duikou.rules.problem import Refused, judge
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.rights import Person, Place, Post
from duikou.terms.words import zh

from . import names
from .doing import Work, doing, today
from .entering import enter


def person(code: str, day: date | None = None) -> Person:
    """Who an account is on a day (today): its posts; a closed or unknown account bears none."""
    day = day or today()
    borne = Appointment.objects.filter(account__code=code, account__closed__isnull=True, begins__lte=day)
    borne = borne.exclude(ends__lt=day).select_related("account__office__organisation", "record__programme")
    return Person(code, tuple(_post(a.role, a.account.office, a.record.programme) for a in borne.order_by("record_id")))


def holder(secret: str, day: date | None = None) -> Person | None:
    """Whom a key of the interface acts for; nothing where there is no such key, it has ended or was revoked."""
    day = day or today()
    valid = Key.objects.filter(begins__lte=day, ends__gte=day, revoked__isnull=True)
    key = valid.filter(digest=_digest(secret)).select_related("office__organisation", "record__programme").first()
    return Person(f"key:{key.code}", (_post(key.role, key.office, key.record.programme),)) if key else None


def _post(role: str, office: Office, programme: Programme | None) -> Post:
    return Post(role, office.organisation.code, office.area, programme.code if programme else "")


def open_office(
    organisation: str, *, new: OrganisationFact | None = None, area: str, side: str, person: Person
) -> Office:
    """An organisation, of the book by code or a new one, begins to work in it."""
    with doing("open_office", person=person, place=Place(), evidence=organisation) as work:
        if new:
            named = Organisation.objects.filter(name=new.name).values_list("code", flat=True).first()
            standing = programme_rules.Standing(today(), named=named or "")
            work.problems += judge(programme_rules.RULES[OrganisationFact], new, standing, day=None, opened=None)
            enter(work, None, [Told(new, {})], {})
        row = Organisation.objects.get(code=organisation)
        fact = rules.Office(organisation=organisation, area=area or row.region, side=side)
        offices = frozenset(Office.objects.values_list("organisation__code", flat=True))
        _judge(work, fact, rules.OfficesStanding(today(), offices=offices))
        (number,) = enter(work, None, [Told(fact, {})], {})
    return Office.objects.get(pk=number)


def open_account(code: str, *, office: Office, name: str = "", person: Person) -> Account:
    """An account for one person of an office, without a password; the name, if given, goes to the store of names."""
    with doing("open_account", person=person, place=Place(), evidence=code) as work:
        codes = frozenset(Account.objects.values_list("code", flat=True))
        _judge(work, rules.Account(code=code, office=office.pk), rules.OfficesStanding(today(), codes=codes))
        kept = names.keep(work, [("name", name)])[0] if name else None
        (number,) = enter(work, None, [Told(rules.Account(code=code, office=office.pk), {})], {})
        if kept:
            work.change(Account.objects.get(pk=number), person_id=kept)
        get_user_model().objects.create_user(code)
    return Account.objects.get(pk=number)


def close_account(account: Account, *, person: Person, reason: str) -> None:
    """An account signs in no more and bears no role from today; what it did stays under its name."""
    with doing("close_account", person=person, place=Place(), reason=reason, evidence=account.code) as work:
        for borne in account.appointments.all():
            _judge_ending(borne, today())
        work.change(account, closed=today())
        user = get_user_model().objects.get(username=account.code)
        user.is_active = False
        user.set_unusable_password()
        user.save()


def appoint(
    account: Account, role: str, *, begins: date, ends: date | None = None, programme: Programme | None = None,
    person: Person, reason: str = "",
) -> Appointment:  # fmt: skip
    """An account is given a role from a day to a day, in one programme or in all."""
    with doing(
        "appoint", person=person, place=Place(), reason=reason, evidence=f"{account.code} {zh('role', role)}"
    ) as work:
        fact = rules.Appointment(account=account.pk, role=role, begins=begins, ends=ends)
        number = _appoint(work, account, fact, programme)
    return Appointment.objects.get(pk=number)


def end_appointment(appointment: Appointment, *, ends: date, person: Person, reason: str) -> None:
    """A role ends on a day, which is its last."""
    with doing("end_appointment", person=person, place=Place(), reason=reason, evidence=_called(appointment)) as work:
        _judge_ending(appointment, ends)
        work.change(appointment, ends=ends)


def hand_over(giver: Account, taker: Account, *, on: date, person: Person, reason: str) -> list[int]:
    """All roles that an account bears end the day before, and begin on that day with another account; their numbers."""
    with doing("hand_over", person=person, place=Place(), reason=reason, evidence=f"{giver} → {taker}") as work:
        borne = list(giver.appointments.filter(begins__lt=on).exclude(ends__lt=on).select_related("record__programme"))
        if not borne or giver.pk == taker.pk:
            raise ValueError(f"账号 {giver} 在 {on} 没有可以交接的角色" if borne == [] else "交接要有两个账号")
        numbers = []
        for old in borne:
            fact = rules.Appointment(account=taker.pk, role=old.role, begins=on, ends=old.ends)
            work.change(old, ends=on - timedelta(days=1))
            numbers.append(_appoint(work, taker, fact, old.record.programme))
    return numbers


def issue_key(
    code: str,
    *,
    office: Office,
    role: str,
    begins: date,
    ends: date,
    programme: Programme | None = None,
    person: Person,
) -> str:
    """A key for a program of an office; its secret, which is shown once and kept nowhere."""
    secret = f"dk-{code}-{secrets.token_urlsafe(32)}"
    fact = rules.Key(code=code, office=office.pk, role=role, digest=_digest(secret), begins=begins, ends=ends)
    with doing("issue_key", person=person, place=Place(), evidence=code) as work:
        codes = frozenset(Key.objects.values_list("code", flat=True))
        _judge(work, fact, rules.OfficesStanding(today(), area=office.area, side=office.side, codes=codes))
        enter(work, programme.record_id if programme else None, [Told(fact, {})], {})
    return secret


def revoke_key(key: Key, *, person: Person, reason: str) -> None:
    """A key opens nothing from now on."""
    with doing("revoke_key", person=person, place=Place(), reason=reason, evidence=key.code) as work:
        work.change(key, revoked=today())


def _appoint(work: Work, account: Account, fact: rules.Appointment, programme: Programme | None) -> int:
    """A role for an account inside an act, judged against what it bears."""
    _judge(work, fact, _standing(work, account))
    (number,) = enter(work, programme.record_id if programme else None, [Told(fact, {})], {})
    return number


def _standing(work: Work, account: Account) -> rules.OfficesStanding:
    rows = Appointment.objects.filter(account=account).order_by("record_id")
    return rules.OfficesStanding(
        today(), granter=work.person.account, account=account.code, closed=account.closed is not None,
        held=tuple(rules.Held(a.role, a.begins, a.ends) for a in rows),
        area=account.office.area, side=account.office.side,
    )  # fmt: skip


def _judge(
    work: Work, fact: rules.Office | rules.Account | rules.Appointment | rules.Key, standing: rules.OfficesStanding
) -> None:
    """Refuse the act at once where a rule objects; what accounts may is never history."""
    work.problems += judge(rules.RULES[type(fact)], fact, standing, day=today(), opened=None)
    work.refuse_if_stopped()


def _judge_ending(appointment: Appointment, ends: date) -> None:
    """Refuse to end a role before it begins, or the last one that keeps the book governed."""
    if appointment.ends is not None and appointment.ends < ends:
        return
    others = Appointment.objects.exclude(account=appointment.account).filter(account__closed__isnull=True)
    roles = frozenset(others.filter(begins__lte=ends).exclude(ends__lte=ends).values_list("role", flat=True))
    fact = rules.Appointment(
        account=appointment.account_id, role=appointment.role, begins=appointment.begins, ends=ends
    )
    standing = rules.OfficesStanding(today(), others=roles)
    if problems := judge(rules.ENDING, fact, standing, day=today(), opened=None):
        raise Refused(problems)


def _called(appointment: Appointment) -> str:
    return f"{appointment.account.code} {zh('role', appointment.role)}"


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

"""Offices, accounts and roles of a new book from one TOML file: by the same acts as on the page, all or nothing."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from duikou.acts.accepting import open_book
from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.offices import appoint, open_account, open_office
from duikou.records.models import Account, Office, Organisation, Programme
from duikou.rules.problem import Refused
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.rights import Person
from duikou.terms.words import code_of


@dataclass(frozen=True)
class Opened:
    """An account that was opened: its code, the role it was given (terms: role), its office."""

    code: str
    role: str
    office: str


def load_offices(file: Path, *, administrator: Person, security: Person) -> list[Opened]:
    """Open what the file names and the book does not hold yet, and a new book itself; ValueError names what is odd and where.

    A new book is that of the first office of the file.
    """
    opened = []
    try:
        offices = tomllib.loads(file.read_text("utf-8")).get("office", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as odd:
        raise ValueError(f"{file.name} 不是 TOML 文件：{odd}") from None
    with transaction.atomic():
        for number, said in enumerate(offices, 1):
            try:
                if head() is None:
                    open_book(said["name"], person=administrator)
                office = _office(said, administrator)
                opened += [
                    _account(account, office, administrator, security)
                    for account in said.get("accounts", [])
                    if not Account.objects.filter(code=account["code"]).exists()
                ]
            except KeyError as lacking:
                raise ValueError(f"{file.name} 第 {number} 个单位：缺 {lacking.args[0]}") from None
            except (ValueError, Refused) as odd:
                raise ValueError(f"{file.name} 第 {number} 个单位：{odd}") from None
            except Programme.DoesNotExist:
                raise ValueError(f"{file.name} 第 {number} 个单位：账上没有所写的项目方案") from None
    return opened


def _office(said: Mapping[str, Any], administrator: Person) -> Office:
    """The office as the book holds it, opened if need be."""
    code = said["organisation"]
    if kept := Office.objects.filter(organisation__code=code).first():
        return kept
    area, side = said.get("area", ""), said.get("side", "")
    new = None
    if not Organisation.objects.filter(code=code).exists():
        kind = code_of("organisation", said["type"])
        new = OrganisationFact(code=code, name=said["name"], type=kind, short=said.get("short", ""), region=area)
    return open_office(code, new=new, area=area, side=code_of("side", side) if side else "", person=administrator)


def _account(said: Mapping[str, Any], office: Office, administrator: Person, security: Person) -> Opened:
    """The account with its role from today."""
    programme = Programme.objects.get(code=said["programme"]) if "programme" in said else None
    role = code_of("role", said["role"])
    account = open_account(said["code"], office=office, person=administrator)
    appoint(account, role, begins=today(), programme=programme, person=security)
    return Opened(account.code, role, str(office))

"""对账 /funds/bank/: what the bank says of each account and month, what the ledger says, and how the difference is made up."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from duikou.acts.banked import Account, Banked
from duikou.acts.doing import place_of, programme_of
from duikou.acts.reconciling import match_bank_lines, take_back_matches
from duikou.records.models import BankMatch, Programme
from duikou.rules.period import months
from duikou.rules.problem import Refused
from duikou.web.acting.places import own_work
from duikou.web.book import open_book, person_of
from duikou.web.doors import ABSENT, can, door

from .kept import HERE, may_begin
from .reconciling_shown import MonthOf, months_of, parts_of, without

SHOWN = 100  # rows of a list on one page


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The accounts by month; `?holder=…&month=2023-06`: one month of one; a POST matches or takes back."""
    book, found = open_book(programme, period), programme_of(programme)
    banked = Banked(found)
    accounts = [account for account in banked.accounts() if _visible(request, found, account)]
    context = {
        "book": book, "may_enter": may_begin(request, "enter_bank_list", programme),
        "may_match": can(request, "match_bank_lines", place_of(found)),
    }  # fmt: skip
    if not request.GET.get("month"):
        if request.method == "POST":
            messages.warning(request, gettext("没有选账户和月份，没有办。"))
            return redirect(request.get_full_path())
        listed = [(account, months_of(account, book.days, banked.giver)) for account in accounts]
        return render(
            request, "ledger_bank.html", context | {"listed": [one for one in listed if one[1]], "accounts": accounts}
        )
    shown = _month(request, accounts, banked.giver)
    if request.method == "POST":
        _do(request, found, shown)
        return redirect(f"{request.path}?{_query(shown)}#todo")
    more = {"month": shown, "here": f"{request.path}?{_query(shown)}", "done": shown.done[:SHOWN]}
    return render(request, "ledger_bank_month.html", context | more)


def _visible(request: HttpRequest, programme: Programme, account: Account) -> bool:
    """Whether the person sees an account: in the whole programme, or in its area."""
    return can(request, "see_bank", replace(place_of(programme), area=account.holder.area))


def _month(request: HttpRequest, accounts: list[Account], giver: tuple[str, ...]) -> MonthOf:
    """The account and month of the address; 404 where there is none for this person."""
    holder, said = request.GET.get("holder", ""), request.GET["month"]
    account = next((one for one in accounts if str(one.holder.number) == holder), None)
    try:
        first = date.fromisoformat(f"{said}-01")
    except ValueError:
        raise Http404(ABSENT) from None
    if account is None:
        raise Http404(ABSENT)
    declined = frozenset(one for one in request.GET.getlist("no")[:200] if one.replace("-", "").isdigit())
    return MonthOf(account, months(first.year, first.month, first.month), giver, declined)


def _query(shown: MonthOf) -> str:
    return without({"holder": str(shown.account.holder.number), "month": shown.code}, shown.declined)


def _do(request: HttpRequest, programme: Programme, shown: MonthOf) -> None:
    """Match or take back what the form says, and say what came of it."""
    try:
        messages.success(request, _done(request, programme, shown))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem))
    except ValueError as odd:
        messages.error(request, str(odd))


def _done(request: HttpRequest, programme: Programme, shown: MonthOf) -> str:
    """What was done, in words."""
    person, said = person_of(request), request.POST
    if said.get("do") == "back":
        rows = [row for row in _matches(shown) if str(row.pk) == said.get("match", "")]
        if not rows:
            raise ValueError(gettext("没有这一笔勾对，或已撤回"))
        take_back_matches(rows, programme=programme, person=person, reason=said.get("reason", "")[:120])
        return gettext("已撤回勾对，两边都回到未对上。")
    safe = [part for one in shown.safe for part in one.of.parts]
    parts = safe if said.get("do") == "safe" else _own(shown, parts_of(said.get("parts", "")))
    if not parts:
        raise ValueError(gettext("没有可以一并确认的勾对"))
    lines = match_bank_lines(parts, programme=programme, person=person)
    return gettext("已勾对 {n} 笔流水。").format(n=len(lines))


def _own(shown: MonthOf, parts: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The parts, all of them of lines of the account that the person sees."""
    if any(line not in shown.account.lines for line, _, _ in parts):
        raise ValueError(gettext("没有这一笔流水"))
    return parts


def _matches(shown: MonthOf) -> list[BankMatch]:
    return list(BankMatch.objects.filter(pk__in=[one.number for one in shown.done]))


urlpatterns = [door(HERE + "bank/", page, "see_bank", own_work("see_bank"), change="match_bank_lines", name="bank")]

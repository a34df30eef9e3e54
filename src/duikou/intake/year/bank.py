"""The banks' lists of a year: what each account paid and received, with the differences that the year plants on purpose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from duikou.rules.ledger import total, totals
from duikou.rules.problem import Problem, Refused

from .source import Row, Year

DELAY = 4  # every fourth line is posted by the bank a day later


@dataclass(frozen=True)
class Line:
    """A line of a bank's list: day, the bank's own number, the other party, fen out and in, what lies there then."""

    day: date
    serial: str
    other: str
    out: int | None
    into: int | None
    balance: int
    summary: str

    @property
    def cells(self) -> tuple[str, str, str, int | None, int | None, int, str]:
        """The line as a list shows it."""
        return str(self.day), self.serial, self.other, self.out, self.into, self.balance, self.summary


Moved = tuple[date, str, int, str]  # day, the other party, fen (below nothing where they go out), summary


def treasury(year: Year) -> list[Line]:
    """The supporting side's account: what notices secure comes in, what vouchers pay goes out."""
    came = [row for row in year.rows["notices"] if row["哪一方"] == "supporting" and row["类别"] == "issue"]
    by_notice = totals(((row["日期"], row["发文单位"], row["文号"]), row["金额"]) for row in came)
    into = [(day, issuer, fen, f"拨入援助资金 {number}") for (day, issuer, number), fen in by_notice.items()]
    return list(_lines("WL", [*into, *_paid(year)]))


def _paid(year: Year) -> Iterator[Moved]:
    """The vouchers as the bank shows them: some in two parts, some two in one line, and what no voucher tells."""
    payments = {row["凭证号"]: row for row in year.rows["payments"]}
    told = [row for row in year.rows["bank"] if row["凭证号"]]
    _refuse_other_sums(told, payments)
    elsewhere = {voucher for row in told for voucher in row["凭证号"]}
    for voucher, row in payments.items():
        if voucher not in elsewhere:
            yield row["日期"], row["收款单位"], -row["金额"], "拨付援助资金"
    for row in year.rows["bank"]:
        other = payments[row["凭证号"][0]]["收款单位"] if row["凭证号"] else ""
        yield row["日期"], other, -row["金额"], row["摘要"]


def _refuse_other_sums(told: list[Row], payments: Mapping[str, Row]) -> None:
    """Parts make up their voucher, and a line in place of several vouchers is what they come to."""
    problems: list[Problem] = []
    for vouchers, group in groupby(sorted(told, key=lambda row: row["凭证号"]), key=lambda row: row["凭证号"]):
        rows = list(group)
        said, kept = total(row["金额"] for row in rows), total(payments[v]["金额"] for v in vouchers)
        if said != kept:
            found = f"各行合计 {said / 10**6:g} 万元"
            problems.append(rows[0].odd("file.3", found, f"凭证合计 {kept / 10**6:g} 万元", "改正金额"))
    if problems:
        raise Refused(problems)


def counties(year: Year, seats: Mapping[str, str], projects: Mapping[str, str]) -> dict[str, list[Line]]:
    """The receiving side's accounts, by area: receipts come in, claims that were paid go out.

    `seats` are the areas of organisations by name, `projects` those of projects by code.
    """
    moved: dict[str, list[Moved]] = {area: [] for area in sorted({*projects.values()})}
    contracts = {row["合同号"]: row for row in year.rows["contracts"]}
    for row in year.rows["receipts"]:
        moved[seats[row["收款单位"]]].append((row["日期"], "望澜市协作资金专户", row["金额"], "援助资金"))
    for row in year.rows["claims"]:
        contract = contracts[row["合同号"]]
        fen = row["核定金额"] - (row["扣留"] or 0)
        moved[projects[contract["项目"]]].append((row["付款日期"], contract["收款单位"], -fen, f"{contract['名称']}款"))
    return {area: list(_lines(area, rows)) for area, rows in moved.items()}


def _lines(prefix: str, moved: list[Moved]) -> Iterator[Line]:
    """The lines by the day the bank posted them, each with the balance after it; on one day what comes in is first."""
    ledger = sorted(moved, key=lambda m: (m[0], m[2] < 0, m[1:]))
    posted = sorted(((_posted(number, m[0], m[1], m[2]), m[2] < 0, m[1:]) for number, m in enumerate(ledger, 1)))
    balance = 0
    for number, (day, _, (other, fen, summary)) in enumerate(posted, 1):
        balance = total((balance, fen))
        out, into = (-fen, None) if fen < 0 else (None, fen)
        yield Line(day, f"{prefix}{day:%y%m%d}{number:04}", other, out, into, balance, summary)


def _posted(number: int, day: date, other: str, fen: int) -> date:
    """The day of the bank: of every fourth payment the next one, where that is of the same month."""
    following = day + timedelta(days=1)
    return following if fen < 0 and other and number % DELAY == 0 and following.month == day.month else day

"""The rows of a bank's list: which are lines, what each says, and whether balances and totals hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duikou.rules.amounts import words
from duikou.rules.ledger import total
from duikou.rules.problem import Problem
from duikou.rules.typed import read_amount, read_day, squeezed
from duikou.terms.words import Words

from .layouts import plain
from .workbook import Sheet

COLUMNS: Mapping[str, tuple[str, ...]] = {  # the words over a column, as `plain` leaves them
    "day": ("交易日期", "记账日期", "入账日期", "交易日", "日期", "交易时间", "支付日期", "凭证日期", "清算日期"),
    "serial": ("流水号", "交易流水号", "交易流水", "核心流水号", "银行流水号", "回单号", "回单编号", "凭证号", "凭证号码",
        "支付令编号", "支付凭证号", "交易序号"),
    "party": ("对方户名", "对方名称", "对方账户名称", "对方单位", "对方单位名称", "对手户名",
        "收款人", "收款人名称", "收款单位", "收付款人", "收付款单位"),
    "out": ("借方发生额", "借方金额", "借方", "支出", "支出金额", "付款金额", "支取", "支付金额", "付出", "转出金额", "拨款金额"),
    "in": ("贷方发生额", "贷方金额", "贷方", "收入", "收入金额", "收款金额", "存入", "转入金额"),
    "amount": ("发生额", "交易金额", "金额"),
    "way": ("借贷", "借贷标志", "借贷方向", "收支", "收付", "收付标志", "收支方向", "方向"),
    "balance": ("余额", "账户余额", "本次余额", "可用余额"),
    "summary": ("摘要", "用途", "附言", "备注", "交易摘要", "预算项目"),
}  # fmt: skip
OUT, IN = (
    ("借", "支", "付", "支出", "付款", "转出", "出", "d", "-"),
    ("贷", "收", "收入", "收款", "转入", "入", "c", "+"),
)
TOTALS, SUBTOTALS = ("合计", "总计", "本月合计", "本期合计"), ("小计", "本页小计", "本页合计", "累计", "本年累计")
OPENING = ("期初余额", "上期余额", "承前页", "上月余额", "上期结转", "上页余额", "起始余额")
CLOSING = ("期末余额", "本期余额", "过次页", "结转下页", "末笔余额")
SENTENCES = {w.code: w for w in (Words(code, *entry) for code, entry in {
    "statement.1": ("对账单有日期和金额的栏目", "A bank's list has columns of days and amounts"),
    "statement.2": ("每一格读得出", "Every cell can be read"),
    "statement.3": ("一笔流水只有一边有数", "A line goes one way"),
    "statement.4": ("余额等于上一笔余额加收减付", "A balance is the one before, with what came in, less what went out"),
    "statement.5": ("合计等于各笔相加", "A total is the sum of its lines"),
    "statement.6": ("对账单至少有一笔流水", "A bank's list has a line"),
}.items())}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row with amounts: number, way, fen, balance after it; none where the list has no balances."""

    row: int
    out: int
    into: int
    balance: int | None
    texts: Mapping[str, str]


@dataclass
class Reader:
    """A table of a sheet: row of its heading, columns by what they say, unit of amounts; problems and notes met."""

    sheet: Sheet
    top: int
    columns: Mapping[str, int]
    unit: str
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    opening: int | None = None

    def text(self, row: int, name: str) -> str:
        """What a row says in a column."""
        return self.sheet.at((row, self.columns[name])) if name in self.columns else ""

    def object(self, code: str, row: int, name: str, found: str, expected: str, remedy: str) -> None:
        """Name a cell, what was found in it and what was expected."""
        place = self.sheet.named((row, self.columns.get(name, 1)))
        self.problems.append(Problem(code, "stops", SENTENCES[code], found, expected, remedy, place))

    def fen(self, row: int, name: str) -> int:
        """The fen of a cell; nothing where it is blank."""
        text = self.text(row, name)
        if (odd := self.sheet.odd.get((row, self.columns.get(name, 0)))) is not None:
            self.object("statement.2", row, name, odd or "没有算过的公式", "金额，如 12345.60", "改填算出的数")
            return 0
        if squeezed(text) in ("", "-", "—", "--", "——"):
            return 0
        try:
            found = read_amount(text, self.unit)
        except ValueError as error:
            remedy = str(error).partition("；")[2] or "照银行的单子改正这一格"
            self.object("statement.2", row, name, text[:20], f"金额（{self.unit}），如 12345.60", remedy)
            return 0
        if found.low is None or not found.exact:
            self.object("statement.2", row, name, text[:20], "确数", "照银行的单子改正这一格")
        return found.low or 0

    # ---- rows

    def lines(self) -> Iterator[Line]:
        """The rows that are lines; totals are checked, openings and notes left out."""
        sums = [0, 0]
        for row in range(self.top + 1, len(self.sheet.rows) + 1):
            texts = self.sheet.rows[row - 1]
            first = next((plain(text) for text in texts if plain(text)), "")
            if first in OPENING:
                self.opening = self.fen(row, "balance")
            elif any(first.startswith(word) for word in TOTALS):
                self._check_total(row, sums)
            elif not first or first.startswith((*SUBTOTALS, *CLOSING)) or self._is_note(row):
                continue
            else:
                line = self._line(row)
                sums = [sums[0] + line.out, sums[1] + line.into]
                yield line

    def _is_note(self, row: int) -> bool:
        """Whether a row has no day and no amount: a note, a heading that is repeated, who made the list."""
        said = [self.text(row, name) for name in ("out", "in", "amount")]
        heading = [
            name for name, column in self.columns.items() if plain(self.sheet.at((row, column))) in COLUMNS[name]
        ]
        return len(heading) > 2 or (not any(said) and not self._has_day(row))

    def _has_day(self, row: int) -> bool:
        try:
            read_day(day_of(self.text(row, "day")))
        except ValueError:
            return False
        return True

    def _line(self, row: int) -> Line:
        """A row as a line; below nothing goes the other way."""
        out, into = self.fen(row, "out"), self.fen(row, "in")
        if "amount" in self.columns and not out and not into:
            out, into = self._one_column(row)
        if out and into:
            self.object(
                "statement.3", row, "out", f"付 {words(out)}、收 {words(into)}", "只有一边有数", "照银行的单子改正"
            )
        if out < 0 or into < 0:
            out, into = max(out, 0) + max(-into, 0), max(into, 0) + max(-out, 0)
        if not out and not into and not self._troubled(row):
            self.object(
                "statement.3",
                row,
                "out" if "out" in self.columns else "amount",
                "没有金额",
                "一边有数",
                "补上金额，或删去这一行",
            )
        balance = self.fen(row, "balance") if self.text(row, "balance") else None
        return Line(row, out, into, balance, {name: self.text(row, name) for name in self.columns})

    def _one_column(self, row: int) -> tuple[int, int]:
        """What one column of amounts says, by its sign or by the column of ways."""
        fen, way = self.fen(row, "amount"), squeezed(self.text(row, "way")).casefold()
        if "way" not in self.columns:
            return (-fen, 0) if fen < 0 else (0, fen)
        if way in OUT:
            return fen, 0
        if way not in IN:
            self.object("statement.2", row, "way", way or "空白", "借或贷、付或收", "照银行的单子补上方向")
        return 0, fen

    def _troubled(self, row: int) -> bool:
        """Whether something of a row was objected to already."""
        return any(p.place in [self.sheet.named((row, c)) for c in self.columns.values()] for p in self.problems)

    def _check_total(self, row: int, sums: Sequence[int]) -> None:
        for name, come in zip(("out", "in"), sums, strict=True):
            if self.text(row, name) and (said := self.fen(row, name)) != come:
                self.object("statement.5", row, name, words(said), words(come), "核对是否缺行，或合计写错")

    # ---- balances

    def check_balances(self, lines: Sequence[Line]) -> bool:
        """Object to the first balance that does not follow; whether 借 and 贷 stand the other way round in this list."""
        told = [line for line in lines if line.balance is not None]
        wrong = {
            (turned, back): _unfit(told, self.opening, turned, back)
            for turned in (False, True)
            for back in (False, True)
        }
        if len(told) < 2 or not wrong[False, False] or not wrong[False, True]:
            return False
        if len(told) > 2 and (not wrong[True, False] or not wrong[True, True]):
            self.notes.append("按余额看，这份单子的借方是收、贷方是付，已照此收")
            return True
        line, before = min((wrong[False, False], wrong[False, True]), key=len)[0]
        self.object(
            "statement.4", line.row, "balance", words(line.balance or 0), words(before + line.into - line.out),
            "核对这一行和上一行，看是否缺行、金额写错",
        )  # fmt: skip
        return False


def _unfit(lines: Sequence[Line], opening: int | None, turned: bool, newest_first: bool) -> list[tuple[Line, int]]:
    """The lines whose balance does not follow from the one before, with that; by either order and either sense of 借 and 贷."""
    ordered = lines[::-1] if newest_first else lines
    befores = [opening, *(line.balance for line in ordered)]
    found = []
    for line, before in zip(ordered, befores, strict=False):
        moved = (line.out - line.into) if turned else (line.into - line.out)
        if before is not None and total((before, moved)) != line.balance:
            found.append((line, before))
    return found


def day_of(text: str) -> str:
    """A day without its time: 2023-06-09 10:22:01, 20230609102201."""
    first = text.replace("T", " ").split(" ")[0] if text.strip() else ""
    return first[:8] if first.isdigit() and len(first) == 14 else first

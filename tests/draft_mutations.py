"""Reports of our own with one sentence made untrue: value, unit, date, state or subject; a change that is true is drawn again."""

import re
from dataclasses import dataclass, replace
from random import Random

from duikou.reports.outline import NoProject, outlines, paper
from duikou.reports.paper import Number, day_words, text_of
from duikou.rules.period import parse as period_of
from duikou.rules.reading import read
from duikou.snapshot.store import Snapshot
from duikou.statistics.definition import CUTS
from duikou.statistics.figure import BadName, Name, parse
from duikou.statistics.measure import asked, cut

SORTS = ("value", "unit", "date", "state", "subject")
STATES = {  # a word of a state, what it is changed into, the statistic that the changed sentence speaks of
    "funds.secured": (("落实", "拨付", "funds.disbursed"), ("落实", "下达", "funds.issued"), ("落实", "支出", "funds.spent")),
    "funds.disbursed": (("拨付", "落实", "funds.secured"), ("拨付", "支付", "funds.spent"), ("拨付", "到账", "funds.received")),
    "enterprises.intent": (("意向协议", "投资协议", "ledger.signed"), ("达成意向协议金额", "企业到位投资", "enterprises.paid_in")),
    "enterprises.investment": (("总投资", "到位投资", "enterprises.paid_in"),),
    "enterprises.paid_in": (("到位投资", "意向协议金额", "enterprises.intent"), ("到位投资", "总投资", "enterprises.investment")),
    "projects.completed": (("完工", "投入使用", "projects.in_use"),),
    "projects.in_use": (("投入使用", "完工", "projects.completed"),),
    "cooperation.bought": (("采购", "帮助销售", "cooperation.helped"),),
    "cooperation.helped": (("帮助销售", "采购", "cooperation.bought"),),
    "people.seconded": (("到天津市挂职", "到黄南州支教", "people.sent"),),
}  # fmt: skip
KINDS = {  # what is counted, changed into something else, and the statistic of that
    "outputs.roads": ("道路", "供电线路", "outputs.power_lines"), "outputs.clinics": ("医疗点", "教学点", "outputs.school_site"),
    "outputs.training": ("培训", "通水", "outputs.water"), "targets.roads": ("道路", "供电线路", "targets.power_lines"),
    "targets.clinics": ("医疗点", "教学点", "targets.school_site"), "targets.school_area": ("校舍", "医院用房", "targets.ward_area"),
    "targets.farmland": ("农田草场", "供水管线", "targets.water_pipes"), "donations.computers": ("教学用电脑", "衣物", ""),
    "people.times": ("培训", "转移就业", "cooperation.workers"), "people.trained": ("培训", "转移就业", "cooperation.workers"),
}  # fmt: skip
TALENTS = {"teacher": "教师", "doctor": "医生", "cadre": "党政干部", "agronomist": "农技人员"}
UNITS = (
    ("亿元", "万元"),
    ("万元", "亿元"),
    ("人次", "人"),
    ("名", "人次"),
    ("公里", "米"),
    ("平方米", "亩"),
    ("万吨", "吨"),
    ("户次", "户"),
)


@dataclass(frozen=True)
class Place:
    """A figure in a report: which paragraph, from where to where, its words and its name."""

    paragraph: int
    start: int
    end: int
    text: str
    name: str

    @property
    def figure(self):
        """The name of the figure; nothing for a number of a record."""
        try:
            return parse(self.name)[0]
        except (BadName, KeyError):
            return None


@dataclass(frozen=True)
class Report:
    """A report of ours as text, with its figures."""

    programme: str
    period: str
    outline: str
    paragraphs: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Mutation:
    """A report with one sentence changed, and where the number of that sentence stands now."""

    sort: str
    report: Report
    place: Place
    was: str
    now: str
    paragraphs: tuple[str, ...]


def report_of(snapshot: Snapshot, code: str, programme: str, period: str) -> Report:
    """A report of an outline as its text is read."""
    made = paper(snapshot, code, programme, period)
    head = [
        made.plain_title,
        made.office,
        f"（{day_words(made.day)}）",
        *([made.salutation] if made.salutation else []),
    ]
    places = []
    for at, paragraph in enumerate(made.body, len(head) + 1):
        first = 0
        for piece in paragraph.pieces:
            text = piece.text if isinstance(piece, Number) else piece
            if isinstance(piece, Number):
                places.append(Place(at, first, first + len(text), text, piece.name))
            first += len(text)
    return Report(programme, period, code, (*head, *(text_of(p.pieces) for p in made.body)), tuple(places))


def reports(snapshot: Snapshot, asked_for) -> list[Report]:
    """The reports of every outline for programmes and their periods."""
    found = []
    for programme, periods in asked_for.items():
        for period in periods:
            for code in outlines():
                try:
                    found.append(report_of(snapshot, code, programme, period))
                except NoProject:
                    continue
    return found


class Mutator:
    """Draws mutations that make a sentence untrue."""

    def __init__(self, snapshot: Snapshot, made: list[Report], seed: int) -> None:
        self.snapshot, self.random = snapshot, Random(seed)
        self.figures = [(report, place) for report in made for place in report.places]
        self.names = {o["code"]: o["name"] for o in snapshot.rows["organisations"]}

    def draw(self, count: int) -> list[Mutation]:
        """So many mutations, the sorts in turn."""
        found: list[Mutation] = []
        while len(found) < count:
            sort = SORTS[len(found) % len(SORTS)]
            report, place = self.random.choice(self.figures)
            if made := getattr(self, f"_{sort}")(report, place):
                found.append(made)
        return found

    def _value(self, report: Report, place: Place) -> Mutation | None:
        text = place.text
        digits = [at for at, c in enumerate(text) if c.isdigit()]
        if not digits:
            changed = text.replace("百", "千").replace("亿", "万")
        else:
            how = self.random.choice(("digit", "tenfold", "next"))
            if how == "digit":
                at = self.random.choice(digits)
                others = [d for d in "123456789" if d != text[at]]
                changed = text[:at] + self.random.choice(others) + text[at + 1 :]
            else:
                number = re.search(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)[0]
                changed = text.replace(number, self._tenfold(number) if how == "tenfold" else self._next(number))
        if self._holds(place, changed):
            return None
        return self._made("value", report, place, changed)

    @staticmethod
    def _tenfold(number: str) -> str:
        whole, _, fraction = number.partition(".")
        return f"{whole}{fraction[0]}.{fraction[1:]}".rstrip(".") if fraction else f"{whole}0"

    def _next(self, number: str) -> str:
        plain = number.replace(",", "")
        step = self.random.choice((-1, 1))
        digits = int(plain.replace(".", "")) + step
        fraction = len(plain.partition(".")[2])
        said = str(digits).zfill(fraction + 1)
        return f"{said[:-fraction]}.{said[-fraction:]}" if fraction else said

    def _holds(self, place: Place, changed: str) -> bool:
        """Whether a changed number still is what the book says; a hedge that holds of it too is no untruth."""
        if changed == place.text or place.figure is None:
            return changed == place.text
        value = asked(self.snapshot, place.figure).value
        try:
            return bool(value) and read(re.sub("人次|户次", "", changed), value.unit).contains(value)
        except ValueError:
            return False

    def _unit(self, report: Report, place: Place) -> Mutation | None:
        for unit, other in UNITS:
            if place.text.endswith(unit):
                return self._made("unit", report, place, place.text.removesuffix(unit) + other)
        return None

    def _date(self, report: Report, place: Place) -> Mutation | None:
        first, _last = self._sentence(report, place)
        text = report.paragraphs[place.paragraph - 1]
        if place.figure is None or place.figure.definition.timeless:
            return None
        dates = list(re.finditer(r"(20[0-9]{2})年(?:([0-9]{1,2})月)?(?![0-9]|—|第|上|下)", text[first : place.start]))
        if not dates:
            year = self.random.choice(("2007", "2008", "2009", "2017", "2018", "2019"))
            if self._says(place.figure, place, period=year):
                return None
            return self._edited("date", report, place, first, first, f"{year}年，")
        old = dates[-1]
        year, month = int(old[1]), int(old[2] or 0)
        new = (
            (year + self.random.choice((-2, -1, 1)), month)
            if not month or self.random.random() < 0.5
            else (year, month % 12 + 1)
        )
        code = f"{new[0]}-{new[1]:02d}" if month else str(new[0])
        if self._says(place.figure, place, period=code) or period_of(report.period).within(period_of(code)):
            return None
        said = f"{new[0]}年{new[1]}月" if month else f"{new[0]}年"
        return self._edited("date", report, place, first + old.start(), first + old.end(), said)

    def _state(self, report: Report, place: Place) -> Mutation | None:
        if place.figure is None:
            return None
        for word, other, sheet in self.random.sample(
            STATES.get(place.figure.sheet, ()), len(STATES.get(place.figure.sheet, ()))
        ):
            at = self._word(report, place, word)
            if at is not None and not self._says(replace(place.figure, sheet=sheet, cut=()), place):
                return self._edited("state", report, place, at, at + len(word), other)
        return None

    def _subject(self, report: Report, place: Place) -> Mutation | None:
        name = place.figure
        if name is None:
            return self._giver(report, place)
        if name.cut and name.cut[0][0] in "gat":
            return self._member(report, place, name)
        kind = KINDS.get(name.sheet)
        at = self._word(report, place, kind[0]) if kind else None
        if not kind or at is None or (kind[2] and self._says(replace(name, sheet=kind[2]), place)):
            return None
        return self._edited("subject", report, place, at, at + len(kind[0]), kind[1])

    def _member(self, report: Report, place: Place, name: Name) -> Mutation | None:
        """Another member of the cut, or somebody who is none."""
        letter, code = name.cut[0]
        words = {"g": self.names, "t": TALENTS, "a": self._areas(name.programme)}[letter]
        members = {dict(f.identity.name.cut)[letter] for f in cut(self.snapshot, replace(name, cut=()), letter)}
        known = [c for c in words if c != code and (letter != "g" or c in members or self.random.random() < 0.1)]
        other, was = self.random.choice(sorted(known)), words.get(code, "")
        at = self._word(report, place, was) if was else None
        if at is None or self._says(replace(name, cut=((letter, other),)), place):
            return None
        return self._edited("subject", report, place, at, at + len(was), words[other])

    def _giver(self, report: Report, place: Place) -> Mutation | None:
        """A gift of somebody else."""
        kind, _, number = place.name.partition(".")[0].partition("-")
        gifts = [g for g in self.snapshot.rows["gifts"] if g["programme"] == report.programme]
        row = next((g for g in gifts if kind == "gift" and str(g["number"]) == number), None)
        if row is None:
            return None
        other = self.random.choice(sorted(o for o in self.names if o != row["giver"]))
        if any(g["giver"] == other and g["amount_low"] == row["amount_low"] for g in gifts):
            return None
        at = self._word(report, place, row["giver_name"])
        return (
            None
            if at is None
            else self._edited("subject", report, place, at, at + len(row["giver_name"]), self.names[other])
        )

    def _areas(self, programme: str) -> dict[str, str]:
        counties = {"wl-yx": {"990221": "青檀县", "990222": "松源县", "990223": "鹿溪县", "990224": "霁川县"}}
        return counties.get(programme, {"632321": "同仁县", "632322": "尖扎县", "632323": "泽库县", "632324": "河南县"})

    def _says(self, name: Name, place: Place, period: str = "") -> bool:
        """Whether the book, asked for what the changed sentence says, says the same number."""
        if any(CUTS[letter] not in name.definition.by for letter, _ in name.cut):
            return False
        asked_for = replace(name, period=period) if period else name
        own = asked(self.snapshot, place.figure).value
        found = asked(self.snapshot, asked_for).value
        return found is not None and own is not None and (found.low, found.high) == (own.low, own.high)

    def _word(self, report: Report, place: Place, word: str) -> int | None:
        """Where a word stands for the number: in its clause, else before it in its sentence and not beyond another number."""
        text = report.paragraphs[place.paragraph - 1]
        first, last = self._sentence(report, place)
        ends = [p.end for p in report.places if p.paragraph == place.paragraph and first <= p.end <= place.start]
        at = text.rfind(word, max([first, *ends]), place.start)
        if at < 0:
            mark = re.compile("[，、；。]").search(text, place.end)
            at = text.find(word, place.end, mark.start() if mark else last)
        return at if at >= 0 else None

    @staticmethod
    def _sentence(report: Report, place: Place) -> tuple[int, int]:
        text = report.paragraphs[place.paragraph - 1]
        end = text.find("。", place.end)
        return text.rfind("。", 0, place.start) + 1, end + 1 if end >= 0 else len(text)

    def _made(self, sort: str, report: Report, place: Place, changed: str) -> Mutation:
        return self._edited(sort, report, place, place.start, place.end, changed)

    def _edited(self, sort: str, report: Report, place: Place, first: int, last: int, words: str) -> Mutation:
        """The report with words put in the place of others."""
        at, texts = place.paragraph - 1, list(report.paragraphs)
        text = texts[at]
        texts[at] = text[:first] + words + text[last:]
        shift = len(words) - (last - first)
        own = first == place.start and last == place.end
        moved = replace(place, text=words, end=place.start + len(words)) if own else (
            replace(place, start=place.start + shift, end=place.end + shift) if last <= place.start else place
        )  # fmt: skip
        begin, end = self._sentence(report, place)
        return Mutation(sort, report, moved, text[begin:end], texts[at][begin : end + shift], tuple(texts))

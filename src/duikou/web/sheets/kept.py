"""What the pages of sheets share: the file one dropped in, what was said of it, whose office it is, areas, names of layouts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from duikou.acts.doing import place_of, programme_of, today
from duikou.acts.dropped import bytes_of
from duikou.acts.handing import Handed
from duikou.intake import t1
from duikou.intake.asked import Asked
from duikou.intake.layouts import Layout, layouts
from duikou.intake.table import find
from duikou.intake.taking import Answer, answer
from duikou.intake.unfit import Unfit
from duikou.intake.upload import examine, plain_name
from duikou.intake.workbook import TABLES, sheets
from duikou.records.models import Office, Organisation, Programme, SavedLayout, Upload
from duikou.rules.period import Period, months, parse
from duikou.rules.problem import Refused
from duikou.rules.rights import Person, Post, contains, may
from duikou.terms.words import regions
from duikou.web.acting.places import own_work
from duikou.web.book import person_of
from duikou.web.doors import ABSENT

from .own import base_of, mapped_now, own_layout, row_of

HERE = "p/<slug:programme>/<period:period>/sheets/"
ACT = "accept_sheet"


@dataclass(frozen=True)
class Handing:
    """Who hands in a sheet: the person, the programme, the post by which it is done."""

    person: Person
    programme: Programme
    post: Post

    @property
    def office(self) -> str:
        """The code of the organisation whose word it is; nothing of who works in none."""
        return self.post.office

    @property
    def side(self) -> str:
        """The side of the office; the receiving one where it has none."""
        kept = Office.objects.filter(organisation__code=self.office).first()
        return (kept.side if kept else "") or "receiving"


def handing(request: HttpRequest, programme: str) -> Handing:
    """Who is about to hand in a sheet of a programme: by the first post that may."""
    person, found = person_of(request), programme_of(programme)
    place = own_work(ACT)(request, programme=programme)
    posts = (post for post in person.posts if may(Person(person.account, (post,)), ACT, place))
    return Handing(person, found, next(posts, Post("")))


def upload_of(request: HttpRequest, programme: str, number: int) -> Upload:
    """A file that the person has dropped in for a programme; 404 for any other."""
    own = Upload.objects.filter(account=person_of(request).account, programme=programme)
    found = own.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return found


def asked_of(upload: Upload, by: Handing) -> Asked:
    """What a person has said of a file, with the layouts of the own office."""
    said = upload.chosen
    known = Organisation.objects.filter(code=by.office).exists()
    return Asked(
        parse(said["when"]), said.get("region", ""), by.side, by.office if known else None,
        said.get("layout", ""), said.get("sheet", ""), tuple(own_layout(row) for row in saved(by.office)),
        said.get("placed", {}),
    )  # fmt: skip


def read(upload: Upload, by: Handing) -> Answer:
    """What we say to a file that was dropped in; a mapping of the office whose headings all stand there goes first."""
    data, asked = bytes_of(upload), asked_of(upload, by)
    said = judged(by.programme, upload.name, data, asked)
    if not asked.layout and (code := _own_code(said, by)) and said.table and said.table.layout.code != code:
        said = judged(by.programme, upload.name, data, replace(asked, layout=code))
    return said


def _own_code(said: Answer, by: Handing) -> str:
    """The code of the youngest mapping of the office that the headings of a file fit whole."""
    for row, layout in zip(saved(by.office), said.asked.own, strict=True):
        tables = (table for sheet in said.sheets if not sheet.hidden for table in find(sheet, [layout]))
        if any(not mapped_now(row, table)[1] for table in tables):
            return layout.code
    return ""


def handed(said: Answer, by: Handing) -> Handed:
    """A sheet as it is to be taken: one that the office has mapped under the layout that it was mapped to."""
    ready = said.handed()
    row = row_of(ready.layout, saved(by.office))
    return replace(ready, layout=base_of(row).code) if row else ready


def judged(programme: Programme, name: str, data: bytes, asked: Asked) -> Answer:
    """What we say to a file; Refused where it may not come in or cannot be read to its end."""
    try:
        return answer(programme, name, data, asked)
    except Unfit as unfit:
        raise Refused([unfit.of(plain_name(name))]) from None


def fits(name: str, data: bytes) -> None:
    """Nothing of a file whose sheets can be read; else Refused, with all that is wrong with it."""
    try:
        sheets(examine(name, data, TABLES), data)
    except Unfit as unfit:
        raise Refused([unfit.of(plain_name(name))]) from None


def saved(office: str) -> list[SavedLayout]:
    """How the own sheets of an office are read, the youngest first."""
    return list(SavedLayout.objects.filter(office=office).order_by("-at", "-pk")) if office else []


def known_sheets() -> Mapping[str, Layout]:
    """The sheets that are known, by their codes: the form of projects, and those that fields say."""
    return {t1.layout().code: t1.layout(), **layouts()}


def layout_name(code: str, own: Sequence[Layout] = ()) -> str:
    """What a layout is called: 消费帮扶台账（T9）; one that an office has mapped by its title."""
    found = known_sheets().get(code) or next((one for one in own if one.code == code), None)
    return (f"{found.name}（{found.form}）" if found.form else found.name) if found else code


def last_month() -> Period:
    """The month before this one."""
    day = today()
    return months(day.year - (day.month == 1), (day.month - 2) % 12 + 1, (day.month - 2) % 12 + 1)


def areas_of(by: Handing) -> list[tuple[str, str]]:
    """The areas whose sheet one may hand in: the own one; for who may everywhere, those of the receiving side."""
    if by.post.area and not _everywhere(by):
        return [(by.post.area, _area(by.post.area))]
    side = by.programme.receiving
    inside = [code for code, rows in regions().items() if side and contains(side, code) and not rows[-1].valid_until]
    return [("", "表里写着地区"), *((code, _area(code)) for code in sorted(inside))]


def _everywhere(by: Handing) -> bool:
    """Whether one may hand in sheets of the programme as a whole."""
    return may(by.person, ACT, place_of(by.programme))


def _area(code: str) -> str:
    return regions()[code][-1].name if code in regions() else code


def form_href(programme: str, period: str, layout: str) -> str:
    """The address of a blank form of a layout; nothing where forms are not made."""
    try:
        return reverse("sheet-form", args=[programme, period, layout])
    except NoReverseMatch:
        return ""

"""A county asked for its sheets of May 2012: who asks, who is asked, the sheet that it hands in."""

from datetime import date

from books import OFFICER
from cells import lines, workbook

from duikou.acts.handing import accept_sheet
from duikou.acts.requesting import Wanted, answer_request, ask_for_sheet
from duikou.acts.undoing import take_back_sheet
from duikou.intake.asked import Asked
from duikou.intake.taking import answer
from duikou.records.models import DataRequest, Organisation, Submission
from duikou.rules.period import parse
from duikou.rules.rights import Person, Post

MAY, DUE = parse("2012-05"), date(2012, 6, 5)
CLERK = Person("jianzha", (Post("county_clerk", "jzx", "632322", "tj-hn"),))
HEADS = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
SOLD = ["2012年5月", "藏羊", "尖扎县", "食堂采购", "直接采购", "", "8"]


def county(code="jzx", area="632322"):
    """An organisation of the book, by its code, with the area that it answers for."""
    return Organisation.objects.get(code=code).pk, area


def wanted(layout="t9_sales", title="消费帮扶台账", office=None):
    return Wanted(*(office or county()), layout, title)


def asked(programme, *sheets, when=MAY, due=DUE, person=OFFICER):
    """The requests as they are kept."""
    numbers = ask_for_sheet(sheets or [wanted()], when=when, due=due, programme=programme, person=person)
    return list(DataRequest.objects.filter(pk__in=numbers).order_by("pk"))


def handed(programme, *rows, when=MAY, region="632322", title="尖扎县消费帮扶台账", office=None, person=CLERK):
    """A sheet that the county hands in, taken."""
    data = workbook({"A1": title} | lines(2, HEADS) | lines(3, *(rows or [SOLD])), sheet="五月")
    said = answer(programme, "尖扎县五月.xlsx", data, Asked(when, region=region, office=office))
    return Submission.objects.get(pk=accept_sheet(said.handed(), programme=programme, person=person))


def requested(programme):
    """One request through its life: asked, late, answered by its sheet, open again."""
    (request,) = asked(programme)
    said = [request.answer]
    for step in (
        lambda: answer_request(request, "late", "停电", programme=programme, person=CLERK),
        lambda: handed(programme),
        lambda: take_back_sheet(Submission.objects.get(), programme=programme, person=CLERK, reason="报错了"),
    ):
        step()
        request.refresh_from_db()
        said.append(request.answer)
    return said

"""要表: the board, the calendar, asking, answering, reminding; what an office sees of what it owes, and the public of nothing."""

import csv
import io
import re
from datetime import date

import pytest
from books import OFFICER, signed_in
from django.test import Client
from requesting import SOLD, asked, handed, wanted

from duikou.acts.doing import today
from duikou.acts.requesting import answer_request, remind
from duikou.records.models import DataRequest, Office, Programme
from duikou.rules.period import parse
from duikou.web.requesting import board, forms, owed, reminding
from duikou.web.requesting.board import due_of, following

HERE = "/p/tj-hn/2012-06/requests/"
JUNE, DUE, SEVENTH = parse("2012-06"), date(2012, 7, 5), date(2012, 7, 7)
SOLD_IN_JUNE = ["2012年6月", *SOLD[1:]]
SHEETS = (("t1_projects", "项目计划和进度表"), ("t6_training", "人才培训台账"), ("t9_sales", "消费帮扶台账"))


@pytest.fixture
def clerk(programme):
    """The clerk of Tongren county."""
    return signed_in("tongren")


@pytest.fixture
def tongren(programme):
    """The clerk's office."""
    office = Office.objects.get(organisation__code="trxzyb")
    return office.organisation_id, office.area


@pytest.fixture
def jianzha(programme):
    """A county without an account."""
    return wanted().office, "632322"


@pytest.fixture
def june(programme, tongren, jianzha, monkeypatch):
    """Three sheets of June asked of two counties by the 5th of July; it is the 7th."""
    pairs = [wanted(*sheet, office) for office in (tongren, jianzha) for sheet in SHEETS]
    for module in (board, owed, forms):
        monkeypatch.setattr(module, "today", lambda: SEVENTH)
    return asked(programme, *pairs, when=JUNE, due=DUE)


def text(answer):
    """What a page says, its tags taken off."""
    page = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page[page.index("<main") :]))


def rows(client, path=HERE + "list.csv"):
    return list(csv.reader(io.StringIO(client.get(path).content.decode("utf-8-sig"))))


def reply(request, answer, reason=""):
    answer_request(request, answer, reason, programme=Programme.objects.get(code="tj-hn"), person=OFFICER)


def kept(request):
    return DataRequest.objects.get(pk=request.pk)


# ---- the board ---------------------------------------------------------------------------------------------------------


def test_the_first_line_of_the_board_says_it_in_a_sentence(june, officer):
    for request, answer in zip(june[:5], ["nothing", "late", "nothing", "nothing", "refused"], strict=True):
        reply(request, answer, "停电")
    said = text(officer.get(HERE))
    assert (
        "2012年6月：应报 6 份，已报 0，本期无数据 3，迟报 1（有原因），不报 1（有原因），未报 1（尖扎县 T9，过期 2 天）"
        in said
    )


def test_before_the_day_the_sentence_says_when_it_is_due_and_no_sheet_is_late(june, officer, monkeypatch):
    monkeypatch.setattr(board, "today", lambda: DUE)
    said = text(officer.get(HERE))
    assert "未报 6（2012年7月5日 到期）" in said
    assert "今天到期" in said
    assert "过期 1 天" not in said
    monkeypatch.setattr(board, "today", lambda: date(2012, 7, 6))
    assert "过期 1 天" in text(officer.get(HERE))


def test_of_many_overdue_sheets_three_are_named_and_all_are_counted(june, officer):
    assert "同仁县 T9，过期 2 天；共过期 6 份" in text(officer.get(HERE)).replace("同仁市", "同仁县")


def test_each_answer_is_a_word_and_a_mark(june, officer):
    for request, answer in zip(june[:3], ["nothing", "late", "refused"], strict=True):
        reply(request, answer, "停电")
    page = officer.get(HERE).content.decode()
    found = re.findall(r'<a class="tag \w+" href="[^"]+"><span aria-hidden="true">(.)</span> (\w+)</a>', page)
    # both are overdue alike and stand by area: Tongren, which has answered, comes first
    assert found == [("○", "本期无数据"), ("△", "迟报"), ("✕", "不报"), *[("!", "未报")] * 3]


def test_a_sheet_that_came_stands_with_its_receipt_and_how_late_it_was(june, officer):
    sheet = handed(Programme.objects.get(code="tj-hn"), SOLD_IN_JUNE, when=JUNE, office="jzx")
    DataRequest.objects.filter(pk=june[5].pk).update(answered=date(2012, 7, 8))  # three days after the fifth
    page = officer.get(HERE)
    assert f"✓ 已报 晚 3 天2012-07-08 {sheet.receipt}" in text(page)
    assert f'href="/p/tj-hn/2012-06/sheets/receipts/{sheet.pk}/"' in page.content.decode()
    assert rows(officer)[6][8:13] == ["已报", "2012-07-08", "3", "", sheet.receipt]


def test_the_calendar_lists_every_period_with_its_day_and_its_counts(june, programme, officer):
    asked(programme, when=parse("2012-05"), due=date(2012, 6, 5))
    page = officer.get(HERE).content.decode()
    calendar = page[page.index("各期") :]
    found = re.findall(r'<a href="(/p/tj-hn/2012-0\d/requests/)"', calendar)
    assert found == ["/p/tj-hn/2012-06/requests/", "/p/tj-hn/2012-05/requests/"]
    assert "2012-06-05" in calendar


def test_a_period_that_is_no_month_shows_the_last_one_that_was_asked_for(june, programme, officer):
    asked(programme, when=parse("2012-05"), due=date(2012, 6, 5))
    assert "要表 2012年6月" in text(officer.get("/p/tj-hn/2012/requests/"))
    assert "2012年3月没有要表" in text(officer.get("/p/tj-hn/2012-03/requests/"))


def test_the_list_to_take_away_says_the_same(june, officer):
    reply(june[0], "late", "停电")
    heads, *lines = rows(officer)
    assert heads[5:12] == ["名称", "哪天要", "期限", "答复", "答复日", "过期天数", "原因"]
    assert len(lines) == 6
    assert lines[0][4:6] + lines[0][7:9] + lines[0][10:12] == [
        "T1", "项目计划和进度表", "2012-07-05", "迟报", "2", "电话答复：停电"
    ]  # fmt: skip
    assert lines[1][8] == "未报"


def test_the_next_month_is_proposed_once_it_has_begun_with_what_was_asked_last(june, officer, monkeypatch):
    page = officer.get(HERE).content.decode()
    assert "2012年7月还没有要表。照2012年6月：2 家单位、3 张表，共 6 份，2012-08-05 前报。" in text(officer.get(HERE))
    assert "requests/new?when=2012-07&amp;like=2012-06" in page
    monkeypatch.setattr(board, "today", lambda: date(2012, 6, 30))
    assert "还没有要表" not in text(officer.get(HERE))


def test_the_month_after_december_is_january():
    assert following(parse("2012-12")) == parse("2013-01")
    assert due_of(parse("2012-12")) == date(2013, 1, 5)


# ---- who sees it -------------------------------------------------------------------------------------------------------


def test_the_public_sees_nothing_of_it(june, programme):
    assert programme.published
    for client in (Client(), signed_in("gongzhong")):
        for path in (
            HERE,
            HERE + "list.csv",
            HERE + "list.xlsx",
            f"{HERE}{june[0].pk}/answer",
            f"/r/data_request-{june[0].pk}",
        ):
            assert client.get(path).status_code == 404, path
        assert "requests/" not in client.get("/p/tj-hn/2012-06/").content.decode()


def test_a_county_sees_its_own_sheets_and_neither_asks_nor_reminds(june, clerk):
    page = text(clerk.get(HERE))
    assert "应报 3 份" in page
    assert "尖扎" not in page
    assert "催全部" not in page
    assert clerk.get(HERE + "new").status_code == 403
    assert clerk.post(HERE + "remind").status_code == 403
    assert clerk.get(f"{HERE}{june[5].pk}/answer").status_code == 404  # another county's
    assert len(rows(clerk)) == 4


@pytest.mark.parametrize("account", ["lingdao", "shenji"])
def test_leaders_and_auditors_see_the_board_and_no_buttons(june, account):
    page = text(signed_in(account).get(HERE))
    assert "应报 6 份" in page
    assert "催" not in page.replace("催过", "")


def test_a_request_has_its_page_with_all_it_says(june, officer):
    page = text(officer.get(f"/r/data_request-{june[0].pk}"))
    for words in ("被要的单位", "要表日", "期限", "表式"):
        assert words in page


# ---- asking ------------------------------------------------------------------------------------------------------------


def ask(client, *, step="check", **fields):
    said = {"when": "2012-07", "due": "2012-08-05", "like": "", "step": step, "key": "k1", **fields}
    return client.post(HERE + "new", said)


def test_what_will_be_asked_is_read_before_it_is_asked_once(programme, officer, tongren, jianzha):
    said = {"offices": [tongren[0], jianzha[0]], "layouts": ["t6_training", "t9_sales"]}
    page = text(ask(officer, **said))
    assert "单位 2 家" in page
    assert "合计4 份" in page
    assert not DataRequest.objects.exists()
    for _ in range(2):
        assert ask(officer, step="confirm", **said).status_code == 302
    found = DataRequest.objects.values_list("office", "region", "layout", "due")
    assert len(found) == 4
    assert (tongren[0], tongren[1], "t6_training", date(2012, 8, 5)) in set(found)


def test_what_was_asked_before_is_left_out_and_said(june, officer, tongren, jianzha):
    said = {"when": "2012-06", "offices": [tongren[0]], "layouts": ["t6_training", "t7_labour"]}
    page = text(ask(officer, **said))
    assert "合计1 份" in page
    assert f"不再要 1 份{today()} 已要过人才培训台账" in page
    assert ask(officer, step="confirm", **said).status_code == 302
    assert DataRequest.objects.filter(office=tongren[0]).count() == 4
    again = ask(officer, **said)
    assert again.status_code == 422
    assert "handing.6" in text(again)


def test_asking_as_last_month_asks_only_what_was_asked_then(programme, officer, tongren, jianzha):
    asked(programme, wanted("t6_training", office=tongren), wanted("t9_sales", office=jianzha), when=JUNE, due=DUE)
    page = officer.get(HERE + "new?when=2012-07&like=2012-06").content.decode()
    assert {int(n) for n in re.findall(r'name="offices" value="(\d+)"[^>]* checked', page)} == {tongren[0], jianzha[0]}
    said = {"offices": [tongren[0], jianzha[0]], "layouts": ["t6_training", "t9_sales"], "like": "2012-06"}
    assert ask(officer, step="confirm", **said).status_code == 302
    found = DataRequest.objects.filter(first=date(2012, 7, 1)).values_list("office", "layout")
    assert set(found) == {(tongren[0], "t6_training"), (jianzha[0], "t9_sales")}


def test_too_little_time_is_said_before_it_is_asked(programme, officer, tongren):
    page = text(ask(officer, offices=[tongren[0]], layouts=["t6_training"], due="2012-08-01"))
    assert "办理后记入待核" in page
    assert "2012-08-01 交" in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("when", "六月", "哪一期：“六”不是期间"), ("when", "", "哪一期："), ("due", "快", "期限："), ("due", "", "期限："),
        ("offices", [], "要哪些单位报："), ("layouts", [], "要哪些表："), ("layouts", ["t99"], "要哪些表：名单里没有这一项"),
        ("offices", ["999999"], "要哪些单位报：名单里没有这一项"), ("like", "2011-01", "要哪些表：这些单位那一期没有要过"),
    ],
)  # fmt: skip
def test_wrong_input_is_told_at_its_field(programme, officer, tongren, field, value, said):
    answer = ask(officer, **{"offices": [tongren[0]], "layouts": ["t6_training"], field: value})
    assert answer.status_code == 422
    assert said in text(answer)
    assert not DataRequest.objects.exists()


# ---- answering ---------------------------------------------------------------------------------------------------------


def test_the_county_answers_on_its_form(june, clerk):
    there = f"{HERE}{june[1].pk}/answer"
    assert "人才培训台账" in text(clerk.get(there))
    assert clerk.post(there, {"answer": "nothing", "reason": "", "key": "a"}).status_code == 302
    assert (kept(june[1]).answer, kept(june[1]).reason) == ("nothing", "")


def test_late_without_a_reason_is_refused_at_its_field(june, clerk):
    answer = clerk.post(f"{HERE}{june[1].pk}/answer", {"answer": "late", "reason": " ", "key": "a"})
    assert answer.status_code == 422
    assert "handing.8" in text(answer)
    assert kept(june[1]).answer == "asked"


def test_that_a_sheet_came_cannot_be_chosen(june, clerk):
    answer = clerk.post(f"{HERE}{june[1].pk}/answer", {"answer": "data", "reason": "x", "key": "a"})
    assert answer.status_code == 422
    assert kept(june[1]).answer == "asked"


def test_an_officer_keeps_what_was_said_on_the_telephone(june, officer):
    officer.post(f"{HERE}{june[5].pk}/answer", {"answer": "refused", "reason": "不归本局", "key": "a"})
    assert kept(june[5]).reason == "电话答复：不归本局"
    assert "电话答复：不归本局" in text(officer.get(HERE))


# ---- reminding ---------------------------------------------------------------------------------------------------------


def test_one_office_or_all_are_reminded_and_nobody_twice_a_day(june, officer, tongren):
    said = text(officer.post(HERE + "remind", {"office": tongren[0]}, follow=True))
    assert "已催报 3 份，1 家单位" in said
    assert "已催报 3 份，1 家单位" in text(officer.post(HERE + "remind", follow=True))
    assert {kept(row).reminded for row in june} == {today()}
    assert "没有要催的" in text(officer.post(HERE + "remind", follow=True))


def test_looking_at_the_address_of_reminders_reminds_nobody(june, officer):
    assert officer.get(HERE + "remind").status_code == 302
    assert {kept(row).reminded for row in june} == {None}


def test_an_office_is_told_of_the_reminder_as_it_signs_in_and_on_its_own_page(june, programme, clerk, rf, monkeypatch):
    remind(june[:2], programme=programme, person=OFFICER)
    told = []
    monkeypatch.setattr(reminding.messages, "warning", lambda _, words, **more: told.append(str(words)))
    reminding.tell(rf.get("/sign-in/"), user=type("U", (), {"get_username": lambda self: "tongren"})())
    assert told == ['催报：有 2 份表没有报，最早的 2012年7月5日 到期。<a href="/p/tj-hn/2012-06/requests/">去看</a>']
    page = clerk.get("/p/tj-hn/2012-06/own/").content.decode()
    owes = page[page.index("要报的表") :]
    assert owes.count(f"{today()} 催报") == 2
    assert owes.count('href="/p/tj-hn/2012-06/sheets/"') == 3
    assert f'href="{HERE}{june[0].pk}/answer"' in owes


def test_who_owes_nothing_is_told_nothing(june, programme, clerk, rf, monkeypatch):
    told = []
    monkeypatch.setattr(reminding.messages, "warning", lambda _, words, **more: told.append(words))
    reminding.tell(rf.get("/sign-in/"), user=type("U", (), {"get_username": lambda self: "tongren"})())
    for request in june[:3]:
        reply(request, "nothing")
    reminding.tell(rf.get("/sign-in/"), user=type("U", (), {"get_username": lambda self: "nobody"})())
    assert told == []
    assert "要报的表" not in clerk.get("/p/tj-hn/2012-06/own/").content.decode()

"""The form for a payment: typed, checked, confirmed; the three cases, wrong input, a stale check, a second click."""

import re
from datetime import date

import pytest
from books import pay
from django.test import Client
from money import DAY, DESK, WAN, county

from duikou.acts.funds import open_fund
from duikou.acts.journal import head
from duikou.acts.notices import issue_notice
from duikou.records.models import Entry, Finding, Notice, Programme
from duikou.rules import notices
from duikou.rules.period import on
from duikou.rules.typed import read_amount, read_day

FORM = "/p/tj-hn/2010-08..2011-08/funds/new"
GOOD = {
    "amount": "200万元", "paid_on": "2012-03-05", "receiver": "hn", "project": "", "voucher": "津财拨7号", "purpose": "教育",
}  # fmt: skip


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def check(client, **typed):
    return client.post(FORM, GOOD | {"step": "check"} | typed)


def confirm(client, line=None, **typed):
    return client.post(FORM, GOOD | {"step": "confirm", "line": line or head().number} | typed, follow=True)


# ---- who ---------------------------------------------------------------------------------------------------------------


def test_a_visitor_is_sent_to_sign_in_and_back(visitor):
    assert visitor.get(FORM)["Location"] == f"/sign-in/?next={FORM}"


def test_one_without_the_right_is_told_who_can_grant_it(auditor):
    answer = auditor.get(FORM)
    assert answer.status_code == 403
    assert "登记拨付由业务员、财务办理" in text(answer)
    assert "天津市人民政府合作交流办公室安全管理员" in text(answer)
    assert confirm(auditor).status_code == 403
    assert not Entry.objects.filter(voucher="津财拨7号")


def test_a_post_from_elsewhere_is_refused(clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert strict.post(FORM, GOOD | {"step": "confirm"}).status_code == 403


# ---- the three cases ---------------------------------------------------------------------------------------------------


def test_a_payment_up_to_the_day_of_the_stated_total_fills_it_in(clerk):
    answer = check(clerk, paid_on="2011年8月1日")
    assert answer.status_code == 200
    said = text(answer)
    assert "填进来源总数，数不变" in said
    assert "已拨付到位 1000 万元 1000 万元，数不变" in said
    assert "构成 已列 0 已列 200/1000" in said
    assert "登记后记入待核" in said
    done = confirm(clerk, paid_on="2011年8月1日")
    assert done.redirect_chain[-1][0] == "/p/tj-hn/2010-08..2011-08/"
    assert "构成已列 200/1000，数不变" in text(done)


def test_a_payment_after_that_day_adds_to_it(clerk):
    said = text(check(clerk))
    assert "加在来源总数之后" in said
    assert "已拨付到位 1000 万元 1200 万元 来源 1000 + 其后 200" in said
    assert "尚未拨付 1000 万元 800 万元" in said
    assert "总览的期间由 2010年8月—2011年8月 延为 2010年8月—2012年3月" in said
    before = head().number
    done = confirm(clerk)
    assert done.redirect_chain[-1][0] == "/p/tj-hn/2010-08..2012-03/"
    assert f"账本第 {before + 1} 行" in text(done)
    assert "来源 1000 + 其后 200 = 1200" in text(done)
    (entry,) = Entry.objects.filter(voucher="津财拨7号")
    assert f'href="/r/entry-{entry.pk}"' in done.content.decode()
    assert (entry.amount, entry.first, entry.standing, entry.receiver.code) == (
        200_000_000,
        date(2012, 3, 5),
        "own",
        "hn",
    )


def test_detail_that_comes_to_more_than_its_total_is_refused_with_both_numbers(clerk):
    answer = check(clerk, amount="1200", paid_on="2011-08-01")
    assert answer.status_code == 422
    assert "连同本笔已列 1200万元" in text(answer)
    assert "不超过来源总数 1000万元" in text(answer)


def test_what_was_understood_is_said(clerk):
    said = text(check(clerk, amount="２００万"))
    assert "２００万 = 200万元 2,000,000.00 元" in said
    assert "2012年3月5日" in said
    assert "青海省黄南藏族自治州" in said


def test_nothing_is_written_before_it_is_confirmed(clerk):
    before = head().number
    check(clerk)
    clerk.get(FORM)
    assert head().number == before


def test_a_project_is_chosen_from_the_list(clerk):
    page = clerk.get(FORM).content.decode()
    number = re.search(r'<option value="(\d+)">热贡文化广场', page)[1]
    assert "热贡文化广场" in text(check(clerk, project=number))
    confirm(clerk, project=number)
    assert str(Entry.objects.get(voucher="津财拨7号").project_id) == number


def test_a_payment_without_voucher_and_payee_is_kept_and_asked_about(clerk):
    assert "缺凭证号、收款单位" in text(check(clerk, voucher="", receiver=""))
    confirm(clerk, voucher="", receiver="")
    assert Finding.objects.filter(found="缺凭证号、收款单位").exists()


def test_a_payment_of_the_time_before_the_book_is_kept_and_asked_about(clerk):
    assert "登记后记入待核 资金已拨付，年度计划仅“初步完成”" in text(check(clerk, paid_on="2011-10-01"))


# ---- wrong input, on purpose ---------------------------------------------------------------------------------------------

WRONG = [
    ("amount", "", "填写金额"),
    ("amount", "abc", "“abc”读不成金额"),
    ("amount", "1e9", "“1e9”读不成金额"),
    ("amount", "-200", "现为−200万元；应为大于 0"),
    ("amount", "负200万元", "应为大于 0"),
    ("amount", "0", "应为大于 0"),
    ("amount", "近200", "现为近200万元；应为确数"),
    ("amount", "0.0000001", "不足一分"),
    ("amount", "200公斤", "读不成金额"),
    ("amount", "9" * 400, "金额至多 40 个字"),
    ("amount", "1200", "不超过 1000万元（已落实 2000万元）"),
    ("amount", "<script>", "“&lt;script&gt;”读不成金额"),
    ("paid_on", "", "填写日期"),
    ("paid_on", "2011-02-31", "日历上没有 2011年2月31日"),
    ("paid_on", "2011年9月", "写到日"),
    ("paid_on", "明天", "读不成日期"),
    ("paid_on", "2999-01-01", "不晚于"),
    ("receiver", "nobody", "名单里没有“nobody”"),
    ("project", "999999", "名单里没有这个项目"),
    ("project", "热贡", "名单里没有这个项目"),
    ("voucher", "号" * 41, "凭证号至多 40 个字，现有 41 个"),
    ("purpose", "用" * 61, "用途至多 60 个字，现有 61 个"),
    ("amount", "--1", "读不成金额"),
    ("amount", "1²", "读不成金额"),
    ("amount", "一" * 40_000, "金额至多 40 个字"),
    ("paid_on", "0001-01-01", "不早于 2010-08-01"),
    ("paid_on", "٢٠١١-٠٨-٣٠", "读不成日期"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed", "words"), WRONG, ids=[f"{f} {t[:12]}" for f, t, _ in WRONG])
def test_wrong_input_is_told_at_its_field_and_in_the_summary_in_the_same_words(clerk, field, typed, words):
    before = head().number
    for answer in (check(clerk, **{field: typed}), confirm(clerk, **{field: typed})):
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "<title>错误：登记拨付" in page
        (summary,) = re.findall(rf'<li><a href="#{field}">(.*?)</a></li>', page)
        assert words in summary
        at_field = page[page.index(f'id="e-{field}"') :].partition("</div>")[0]
        assert summary in at_field
        assert 'aria-invalid="true"' in page
    assert head().number == before


def test_all_problems_are_told_at_once_in_the_order_of_the_fields(clerk):
    page = check(clerk, amount="abc", paid_on="2011-02-31", receiver="nobody").content.decode()
    assert "有 3 处要改" in page
    assert re.findall(r'<li><a href="#(\w+)">', page) == ["amount", "paid_on", "receiver"]


def test_what_was_typed_stays(clerk):
    page = check(clerk, amount="abc", purpose="校舍").content.decode()
    assert 'value="abc"' in page
    assert 'value="校舍"' in page
    assert '<option value="hn" selected>' in page


def test_one_can_go_back_and_change(clerk):
    page = clerk.post(FORM, GOOD | {"step": "edit"})
    assert page.status_code == 200
    assert 'value="200万元"' in page.content.decode()


# ---- the book moves on ---------------------------------------------------------------------------------------------------


def test_a_check_that_is_out_of_date_is_made_again(clerk, programme):
    line = head().number
    check(clerk)
    pay(programme, 3_000_000, date(2012, 2, 1), "别人的")
    answer = confirm(clerk, line=line)
    said = text(answer)
    assert answer.status_code == 422
    assert f"核对时账本在第 {line} 行，现在到第 {line + 1} 行" in said
    assert "已拨付到位 1300 万元 1500 万元 来源 1000 + 其后 500" in said
    assert not Entry.objects.filter(voucher="津财拨7号")
    assert confirm(clerk).redirect_chain
    assert Entry.objects.filter(voucher="津财拨7号").count() == 1


def test_a_second_click_is_refused_and_leads_to_the_kept_payment(clerk):
    line = head().number
    confirm(clerk, line=line)
    (kept,) = Entry.objects.filter(voucher="津财拨7号")
    again = confirm(clerk, line=line)
    assert again.status_code == 422
    assert "同一凭证号只能记一笔拨付" in text(again)
    assert f'<a href="/r/entry-{kept.pk}">看已记的那一笔</a>' in again.content.decode()
    assert Entry.objects.filter(voucher="津财拨7号").count() == 1


def test_a_second_click_without_voucher_is_shown_the_new_standing_first(clerk):
    line = head().number
    confirm(clerk, line=line, voucher="")
    assert confirm(clerk, line=line, voucher="").status_code == 422
    assert Entry.objects.filter(amount=200_000_000).count() == 1


@pytest.mark.parametrize("line", ["", "0", "abc", "²", "99999999999999999999"])
def test_a_confirmation_with_an_odd_line_is_checked_again(clerk, line):
    assert clerk.post(FORM, GOOD | {"step": "confirm", "line": line}).status_code == 422


def test_a_programme_without_secured_money_says_so(everywhere_officer):
    answer = everywhere_officer.post("/p/sh-ks/2011/funds/new", GOOD | {"step": "check", "receiver": "zepu"})
    assert answer.status_code == 422
    assert "先有落实的资金" in text(answer)


def test_the_receivers_are_those_of_the_receiving_side(clerk):
    page = clerk.get(FORM).content.decode()
    assert "河南县一中" in page
    assert "天津市工商联" not in page
    assert "泽普县" not in page


# ---- reading ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "200",
        "200万",
        "200万元",
        "2,000,000元",
        "2,000,000 元",
        "２００万",
        "２,０００,０００元",
        "二百万元",
        "0.02亿",
        " 200 ",
        "¥2,000,000元",
        "200.00",
    ],
)
def test_people_write_two_million_in_many_ways(typed):
    assert read_amount(typed).low == read_amount(typed).high == 200_000_000


@pytest.mark.parametrize(
    "typed", ["2011-09-05", "2011年9月5日", "2011.9.5", "2011/9/5", "２０１１年９月５日", " 2011-9-5 "]
)
def test_people_write_a_day_in_many_ways(typed):
    assert read_day(typed) == date(2011, 9, 5)


@pytest.mark.parametrize("again", ["Ｖ-1", "v-1", "V-1\u200b", "V-1\x00"])
def test_a_voucher_is_one_voucher_however_it_is_typed(clerk, again):
    assert confirm(clerk, voucher="V-1").status_code == 200
    answer = confirm(clerk, voucher=again)
    assert answer.status_code == 422
    assert "已记过" in answer.content.decode()


def test_a_hidden_line_of_any_length_is_no_breakdown(clerk):
    assert confirm(clerk, line="9" * 5000).status_code == 422


# ---- of a fund, under a notice -----------------------------------------------------------------------------------------


@pytest.fixture
def issued(programme):
    """The county's book, where a notice has issued 90 万元 of the fund to 引水工程; book, project and notice."""
    book = county(programme)
    project = book.projects["引水工程"]
    line = notices.Line(amount=90 * WAN, project=project, fund=book.fund)
    fact = notices.Notice(number="津财〔2012〕8号", type="issue", side="supporting", when=on(DAY), lines=(line,))
    return book, project, issue_notice(fact, programme=programme, person=DESK)


def test_a_programme_without_funds_is_not_asked_for_one(clerk):
    page = clerk.get(FORM).content.decode()
    assert 'name="fund"' not in page
    assert 'name="notice"' not in page


def test_the_funds_and_notices_of_the_programme_are_offered(issued, clerk):
    book, _, notice = issued
    page = clerk.get(FORM).content.decode()
    assert f'<option value="{book.fund}">2012年市级资金</option>' in page
    assert f'<option value="{notice}">津财〔2012〕8号</option>' in page
    Notice.objects.filter(pk=notice).update(side="receiving")
    assert "津财〔2012〕8号" not in clerk.get(FORM).content.decode()


def test_money_of_a_fund_is_paid_out_of_its_own_pool(issued, clerk):
    book, _, _ = issued
    answer = check(clerk, amount="100", fund=book.fund)
    said = text(answer)
    assert "从这里支出：已落实待拨，2012年市级资金。" in said
    assert "这项资金已拨付 0 万元 100 万元 尚未拨付 910 万元 810 万元" in said  # 1000 secured, 90 issued
    assert f'name="fund" value="{book.fund}"' in answer.content.decode()
    confirm(clerk, amount="100", fund=book.fund)
    assert (book.balance("pool"), Entry.objects.get(voucher="津财拨7号").fund_id) == (810 * WAN, book.fund)


def test_money_under_a_notice_is_paid_out_of_what_it_issued(issued, clerk):
    book, project, notice = issued
    typed = {"amount": "60", "fund": book.fund, "notice": notice, "project": project}
    said = text(check(clerk, **typed))
    assert "从这里支出：已下达待拨，引水工程，2012年市级资金。" in said
    assert "已下达待拨 90 万元 30 万元" in said
    assert "指标文件 津财〔2012〕8号" in said
    confirm(clerk, **typed)
    assert (book.balance("allotment", project), book.balance("pool")) == (30 * WAN, 910 * WAN)
    assert Entry.objects.get(voucher="津财拨7号").notice_id == notice


def test_more_than_a_notice_issued_is_refused_before_anything_is_confirmed(issued, clerk):
    book, project, notice = issued
    answer = check(clerk, amount="91", fund=book.fund, notice=notice, project=project)
    assert answer.status_code == 422
    assert "已下达待拨，引水工程现有 90万元，要用 91万元" in text(answer)


def test_a_notice_pays_only_the_fund_that_it_issued(issued, clerk):
    book, project, notice = issued
    other = notices.Fund(title="2012年区级资金", source="district", scope="in_plan", year=2012)
    fund = open_fund(other, programme=book.programme, person=DESK)
    for wrong in ("", fund):
        answer = check(clerk, amount="60", fund=wrong, notice=notice, project=project)
        assert answer.status_code == 422
        assert "这份指标文件下达的是“2012年市级资金”；资金来源照文件选" in text(answer)


def test_a_fund_or_notice_of_another_programme_is_refused_in_words(issued, clerk):
    book = issued[0]
    elsewhere = Programme.objects.get(code="bj-ht")
    theirs = notices.Fund(title="北京2012年资金", source="city", scope="in_plan", year=2012)
    fund = open_fund(theirs, programme=elsewhere, person=DESK)
    assert "北京2012年资金" not in clerk.get(FORM).content.decode()
    answer = check(clerk, fund=fund)
    assert answer.status_code == 422
    assert "名单里没有这项资金；从名单中选，或留空" in text(answer)
    assert "名单里没有这份指标文件" in text(check(clerk, notice=book.fund))
    assert "名单里没有这项资金" in text(check(clerk, fund="热贡"))
    assert "名单里没有这份指标文件" in text(confirm(clerk, notice="9" * 30))
    assert not Entry.objects.filter(voucher="津财拨7号").exists()

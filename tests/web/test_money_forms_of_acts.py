"""The form of each act of money: the steps of a claim, notices, receipts, funds, plans, closings; what it offers and refuses."""

import re

from books import signed_in
from money import DESK, WAN
from money_forms import DAY, FUNDS, claim_of, done, key_of, lines, page, refused, send, text

from duikou.acts.budgets import request_change
from duikou.acts.doing import today
from duikou.records.models import (
    Claim,
    Closing,
    Contract,
    Entry,
    Finding,
    Fund,
    Notice,
    Organisation,
    PlanLine,
    ProjectChange,
)
from duikou.rules.budgets import ProjectChange as ChangeFact
from duikou.rules.period import on

# ---- the steps of a claim ----------------------------------------------------------------------------------------------


def test_nothing_is_ordered_without_both_countersignatures(book):
    book.receive(100, "回-1", (book.disburse(100, "拨-1"), 100 * WAN))
    book.divide("财农〔2012〕1号", 文化广场=100)
    claim = book.claim(40, "发票 3")
    step = f"claims/{claim.pk}/"
    done(signed_in("qianfang"), step + "countersign-front")
    done(signed_in("yewu"), step + "approve", approved="40", retained="0")
    finance = signed_in("caiwu")
    assert "2012年市级资金：现有 100万元" in text(finance.get(FUNDS + step + "order"))
    refused(send(finance, step + "order", fund=book.fund, day=DAY), "缺县级分管领导会签")
    refused(send(finance, step + "order", fund="999", day=DAY), "名单里没有这一项资金")
    assert not Entry.objects.filter(state="ordered").exists()


def test_what_is_approved_stays_within_the_claim_and_stands_at_its_field(book):
    claim = book.claim(40, "发票 4")
    shown = page(signed_in("yewu"), f"claims/{claim.pk}/approve")
    assert 'value="40万元"' in shown
    assert 'value="2万元"' in shown  # 5 % of 40, as the contract agrees
    answer = send(signed_in("yewu"), f"claims/{claim.pk}/approve", approved="41", retained="0")
    assert re.search(r'<a href="#id_approved">核定金额：.*不超过申请的 40万元', refused(answer, "claims.12"))


def test_a_claim_goes_back_with_a_reason_and_a_payment_is_voided(book):
    book.receive(100, "回-1", (book.disburse(100, "拨-1"), 100 * WAN))
    book.divide("财农〔2012〕1号", 文化广场=100)
    officer, finance = signed_in("yewu"), signed_in("caiwu")
    claim = book.claim(40, "发票 5")
    refused(send(officer, f"claims/{claim.pk}/refuse"), "退回的原因")
    done(officer, f"claims/{claim.pk}/refuse", reason="缺监理意见")
    claim = book.claim(30, "发票 6")
    book.order(claim, 30)
    done(finance, f"claims/{claim.pk}/void", day=DAY, reason="账号有误")
    assert [c.state for c in Claim.objects.order_by("pk")] == ["refused", "voided"]
    refused(send(finance, f"claims/{claim.pk}/confirm", voucher="银-1", day=DAY), "已作废")


def test_a_question_is_told_after_the_act_with_its_link(book):
    said = send(signed_in("tongren"), "contracts/new", number="HT-7", project=book.projects["卫生院"], payee=book.hn,
                type="goods", method="inquiry", price="5", day=DAY)  # fmt: skip
    refused(said, "不是本项目方案的")  # the prefecture is a government and is not paid under a contract
    done(signed_in("yewu"), "payees/new", name="某某商行", type="enterprise")
    shop = Organisation.objects.get(name="某某商行")
    answer = send(signed_in("tongren"), "contracts/new", number="HT-7", project=book.projects["卫生院"], payee=shop.pk,
                  type="goods", method="inquiry", price="5", day=DAY)  # fmt: skip
    finding = Finding.objects.get(rule="contracts.3")
    assert f'记入待核：没有统一社会信用代码。照营业执照登记 <a href="/p/tj-hn/2012/findings/{finding.pk}/">' in (
        answer.content.decode()
    )


def test_a_supplement_is_of_the_project_and_the_party_of_its_contract(book):
    clerk, where = signed_in("tongren"), f"contracts/new?amends={book.contract}"
    assert f'<option value="{book.contract}" selected>' in page(clerk, where)
    told = {
        "number": "HT-2012-1-补", "amends": book.contract, "project": book.projects["文化广场"], "payee": book.builder,
        "type": "works", "method": "tender", "price": "10", "day": DAY,
    }  # fmt: skip
    refused(send(clerk, where, **told | {"project": book.projects["卫生院"]}), "补充协议的项目与原合同一致")
    done(clerk, where, **told)
    assert Contract.objects.get(number="HT-2012-1-补").amends_id == book.contract


# ---- notices and receipts ----------------------------------------------------------------------------------------------


HEAD = {"number": "津财〔2012〕8号", "type": "issue", "side": "supporting", "day": DAY}


def test_a_notice_is_read_with_its_sum_before_it_is_issued(book):
    finance = signed_in("caiwu")
    shown = page(finance, "notices/new")
    assert len(re.findall(r'name="line-\d+-amount"', shown)) == 8
    rows = lines(
        {"project": book.projects["文化广场"], "fund": book.fund, "amount": "60"},
        {"project": book.projects["卫生院"], "fund": book.fund, "amount": "30.5"},
    )
    read = finance.post(FUNDS + "notices/new", HEAD | rows | {"key": key_of(shown), "step": "check"})
    assert "第 2 行 卫生院 2012年市级资金 下达 30.5万元" in text(read)
    assert "合计 90.5万元" in text(read)  # 60 + 30.5
    assert not Notice.objects.exists()
    kept = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', read.content.decode()))
    assert "已办：下发指标文件" in text(finance.post(FUNDS + "notices/new", kept | {"step": "confirm"}, follow=True))
    assert sorted(Entry.objects.filter(state="issued").values_list("amount", flat=True)) == [30_5000_00, 60 * WAN]


def test_a_notice_gets_more_rows_on_asking_and_keeps_what_was_typed(book):
    finance = signed_in("caiwu")
    answer = finance.post(FUNDS + "notices/new", HEAD | lines({"amount": "abc"}) | {"step": "more"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r'name="line-\d+-amount"', shown)) == 12
    assert 'value="abc"' in shown
    assert 'value="津财〔2012〕8号"' in shown


def test_an_adjustment_moves_money_between_projects_and_adds_up_to_zero(book):
    finance, square, clinic = signed_in("caiwu"), book.projects["文化广场"], book.projects["卫生院"]
    rows = lines({"project": square, "fund": book.fund, "amount": "60"})
    done(finance, "notices/new", **HEAD, **rows, step="confirm")
    first = Notice.objects.get()
    changed = HEAD | {"number": "津财〔2012〕9号", "type": "adjust", "of": str(first.pk)}
    back = {"project": square, "fund": book.fund, "amount": "20", "way": "recall"}
    odd = lines(back, {"project": clinic, "fund": book.fund, "amount": "19", "way": "issue"})
    refused(send(finance, "notices/new", **changed, **odd, step="check"), "收回的与重新下达的应相等")
    unsaid = lines(back, {"project": clinic, "fund": book.fund, "amount": "20"})
    refused(send(finance, "notices/new", **changed, **unsaid, step="check"), "调整文件每行选下达或收回")
    even = lines(back, {"project": clinic, "fund": book.fund, "amount": "20", "way": "issue"})
    assert "0，收回与下达相抵" in text(send(finance, f"notices/new?of={first.pk}", **changed, **even, step="check"))
    done(finance, "notices/new", **changed, **even, step="confirm")
    assert (book.balance("allotment", square), book.balance("allotment", clinic)) == (40 * WAN, 20 * WAN)


def test_a_notice_without_a_line_or_over_what_is_there_is_refused(book):
    finance = signed_in("caiwu")
    refused(send(finance, "notices/new", **HEAD, **lines(), step="check"), "没有一行写了金额")
    rows = lines({"project": book.projects["文化广场"], "fund": book.fund, "amount": "1001"})
    refused(send(finance, "notices/new", **HEAD, **rows, step="confirm"), "现有 1000万元，要用 1001万元")
    wrong = lines({"project": "999999", "amount": "近500万"})
    said = refused(send(finance, "notices/new", **HEAD, **wrong, step="check"), "第 1 行项目：名单里没有这一项")
    assert "不是确数" in said


def test_one_receipt_is_two_payments_each_with_its_amount(book):
    finance = signed_in("caiwu")
    first, second = book.disburse(60, "拨-1"), book.disburse(50, "拨-2")
    receipt = book.receive(100, "回-1")
    where = f"receipts/{receipt}/match"
    refused(send(finance, where), "至少选名单里的一笔拨付")
    chosen = {f"take-{first}": "on", f"amount-{first}": "60", f"take-{second}": "on"}
    refused(send(finance, where, **chosen, **{f"amount-{second}": "51"}), "不超过 40万元")
    refused(send(finance, where, **chosen), "填写到账金额")
    done(finance, where, **chosen, **{f"amount-{second}": "40"})
    assert (book.balance("transit", book.hn), book.sum("received")) == (10 * WAN, 100 * WAN)
    assert "没有付给这个单位" not in page(finance, where)  # 10 of the second is still to come


# ---- the rest ----------------------------------------------------------------------------------------------------------


def test_money_is_set_aside_released_by_a_paper_returned_reversed_and_surrendered(book):
    finance, leader = signed_in("caiwu"), signed_in("lingdao")
    why = {"day": DAY, "reason": "百分之三"}
    done(finance, "reserve", fund=book.fund, amount="30", **why)
    refused(send(leader, "release", fund=book.fund, amount="10", **why), "批文文号")
    done(leader, "release", fund=book.fund, amount="10", approval="津援〔2012〕5号", **why)
    refused(
        send(leader, "release", fund=book.fund, amount="21", approval="津援〔2012〕6号", **why),
        "现有 20万元，要用 21万元",
    )
    assert book.balance("reserve") == 20 * WAN
    paid = book.disburse(100, "拨-1")
    book.receive(100, "回-1", (paid, 100 * WAN))
    done(finance, f"entries/{paid}/return", amount="40", **why)
    secured = Entry.objects.get(state="secured", fund=book.fund)
    refused(send(finance, f"entries/{secured.pk}/return", amount="1", **why), "不是拨付")
    place = f"{book.hn}-{book.fund}"
    refused(send(finance, "surrender", left=place, amount="61", **why), "现有 60万元，要用 61万元")
    done(finance, "surrender", left=place, amount="60", **why)
    again = book.disburse(1, "拨-2")
    done(finance, f"entries/{again}/reverse", **why)
    assert (book.balance("account", book.hn), book.balance("transit", book.hn)) == (0, 0)


def test_a_fund_is_opened_and_what_is_secured_agrees_with_it(book):
    officer = signed_in("yewu")
    done(officer, "funds/new", title="2013年区县资金", source="district", scope="in_plan", year="2013")
    fund = Fund.objects.get(year=2013)
    told = {"amount": "100", "day": DAY, "voucher": "津财〔2013〕1号", "reason": "预算", "fund": fund.pk}
    refused(send(officer, "secured/new", **told, source="city"), "所选资金来源是区县财政")
    done(officer, "secured/new", **told)
    assert Entry.objects.get(fund=fund).amount == 100 * WAN


def test_a_project_is_planned_anew_with_its_paper_and_a_change_is_decided_once(book):
    officer, leader, square = signed_in("yewu"), signed_in("lingdao"), book.projects["文化广场"]
    shown = page(officer, f"plan/new?project={square}")
    assert 'value="100万元"' in shown
    told = {"project": square, "year": "2012", "scope": "in_plan", "aid": "110", "total": "120", "estimate": "120"}
    refused(send(officer, "plan/new", **told), "budgets.6")
    done(officer, "plan/new", **told, approval="发改〔2012〕9号", shares=["livelihood", "county"])
    line = PlanLine.objects.get(project=square, replaced_by=None)
    assert (line.aid, line.record.items.filter(list="share").count()) == (110 * WAN, 2)
    assert f'/projects/{square}/">不办</a>' in page(signed_in("tongren"), f"changes/new?project={square}")
    after = send(signed_in("tongren"), "changes/new", project=square, type="scale", day=DAY, reason="减少一层")
    assert after.redirect_chain[-1][0].endswith(f"/projects/{square}/")
    change = ProjectChange.objects.get()
    done(leader, f"changes/{change.pk}/decide", approved="yes", approval="发改〔2012〕10号")
    refused(send(leader, f"changes/{change.pk}/decide", approved="no", approval="又一号"), "已批复")
    change.refresh_from_db()
    assert change.approved is True


def test_a_month_is_closed_and_opened_again(book):
    finance, leader = signed_in("caiwu"), signed_in("lingdao")
    refused(send(finance, "close", when="三月"), "不是期间")
    refused(send(finance, "close", when="2012-03-05"), "整月或整年")
    done(finance, "close", when="2012年3月", reconciled="对账 1")
    refused(send(leader, "reopen", when="2012-04", reason="补记"), "没有关账")
    done(leader, "reopen", when="2012-03", reason="补记一笔")
    assert Closing.objects.get().reopened == today()


def test_a_change_that_is_asked_for_locks_the_payment(book):
    fact = ChangeFact(project=book.projects["文化广场"], type="design", reason="改线", when=on(today()))
    request_change(fact, programme=book.programme, person=DESK)
    refused(send(signed_in("tongren"), "claims/new", **claim_of(book)), "设计变更待批")

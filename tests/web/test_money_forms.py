"""The forms of money: from 登记落实 to 付讫 through pages alone; sent twice, typed wrong, asked for by those it is not for."""

import html
import re

import pytest
from books import OFFICER, signed_in
from money import DESK, WAN

from duikou.acts.budgets import request_change
from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.offices import appoint, open_account, open_office
from duikou.acts.verify import verify
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
    Programme,
    ProjectChange,
    Receipt,
    Settlement,
)
from duikou.rules.budgets import ProjectChange as ChangeFact
from duikou.rules.period import on
from duikou.rules.programmes import Organisation as OrganisationFact

FUNDS = "/p/tj-hn/2012/funds/"
DAY = "2012-03-05"


@pytest.fixture
def book(county_book):
    """The county's book on top of the example, with pages over it."""
    return county_book


def text(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def page(client, where):
    """A form as it is shown: its text and its hidden key."""
    answer = client.get(FUNDS + where)
    assert answer.status_code == 200, (where, text(answer)[:400])
    return answer.content.decode()


def key_of(shown):
    return re.search(r'name="key" value="([^"]+)"', shown)[1]


def send(client, where, **typed):
    """Open a form, fill it in, send it with the key it brought, and follow."""
    return client.post(FUNDS + where, {"key": key_of(page(client, where))} | typed, follow=True)


def done(client, where, **typed):
    """The same, and it was done: the text of the page that says so."""
    answer = send(client, where, **typed)
    said = text(answer)
    assert answer.status_code == 200, said[:600]
    assert "已办：" in said, said[:600]
    assert f"账本第 {head().number} 行" in said
    (written,) = re.findall(r'class="said success"[^>]*>已办：[^<]*<a href="([^"]+)"', answer.content.decode())
    assert client.get(written).status_code == 200
    return said


def refused(answer, words):
    """The form again, with the words in its summary, and what was typed."""
    assert answer.status_code == 422, text(answer)[:300]
    (summary,) = re.findall(r'<div class="errors".*?</div>', answer.content.decode(), re.S)
    assert words in html.unescape(re.sub(r"<[^>]+>", "", summary)), summary
    return answer.content.decode()


def lines(*rows, prefix="line", count=8):
    """Rows as a form sends them."""
    sent = {f"{prefix}-TOTAL_FORMS": str(count), f"{prefix}-INITIAL_FORMS": "0"}
    for n, row in enumerate(rows):
        sent |= {f"{prefix}-{n}-{name}": str(value) for name, value in row.items()}
    return sent


def claim_of(book, amount="40", **more):
    """A claim as it is typed."""
    bill = lines({"number": f"发票 {amount} {len(Claim.objects.all())}", "amount": amount}, count=5)
    papers = ["itemised_bill", "invoice", "department_seal", "supervisor_opinion"]
    return {
        "contract": book.contract, "type": "progress", "stage": "started", "use": "project", "amount": amount,
        "day": DAY, "progress": "30%", "papers": papers, **bill,
    } | more  # fmt: skip


# ---- the walk ----------------------------------------------------------------------------------------------------------


def test_money_goes_from_secured_to_paid_through_pages_alone(book):
    officer, finance, clerk = signed_in("yewu"), signed_in("caiwu"), signed_in("tongren")
    square = book.projects["文化广场"]
    done(
        officer, "secured/new", amount="四百九十万元", day=DAY, source="city", voucher="津财〔2012〕7号", reason="预算"
    )
    line = str(head().number)
    paid = {"amount": "490", "paid_on": DAY, "receiver": "hn", "voucher": "拨-490", "line": line, "step": "confirm"}
    assert finance.post(FUNDS + "new", paid).status_code == 302
    said = done(finance, "receipts/new", amount="490", day="2012-03-06", receiver=book.hn, reference="回-490")
    assert "核对到账" in said  # the way leads on to what it is matched with
    receipt, entry = Receipt.objects.get(), Entry.objects.get(voucher="拨-490")
    assert "同一收款单位，金额相同，拨付后 1 天" in said
    chosen = {f"take-{entry.pk}": "on", f"amount-{entry.pk}": "490"}
    done(finance, f"receipts/{receipt.pk}/match", **chosen)
    notice = {"number": "财农〔2012〕3号", "type": "issue", "side": "receiving", "day": DAY, "step": "confirm"}
    done(finance, "notices/new", **notice, **lines({"project": square, "receiver": book.hn, "amount": "90"}))
    name = {"name": "某某路桥有限公司", "type": "enterprise", "credit_code": "91350100M000100Y43"}
    done(officer, "payees/new", **name)
    payee = Organisation.objects.get(credit_code="91350100M000100Y43")
    told = {
        "number": "HT-9", "title": "广场照明", "project": square, "payee": payee.pk, "type": "works",
        "method": "inquiry", "price": "20万元", "retention": "5%", "day": DAY,
    }  # fmt: skip
    done(clerk, "contracts/new", **told)
    contract = Contract.objects.get(number="HT-9")
    asked = claim_of(book, "20", contract=contract.pk)
    done(clerk, f"claims/new?contract={contract.pk}", **asked)
    claim = Claim.objects.get()
    step = f"claims/{claim.pk}/"
    done(signed_in("xianling"), step + "countersign-county")
    done(signed_in("qianfang"), step + "countersign-front")
    assert "约定质保金 5%" in " ".join(text(officer.get(FUNDS + step + "approve")).split())
    done(officer, step + "approve", approved="20", retained="1")
    assert "不分来源：现有 90万元" in text(finance.get(FUNDS + step + "order"))
    done(finance, step + "order", fund="0", day=DAY)
    done(finance, step + "confirm", voucher="银-20", day=DAY)
    claim.refresh_from_db()
    assert (claim.state, claim.approved, claim.retained) == ("posted", 20 * WAN, WAN)
    spent = Entry.objects.get(state="spent")
    assert (spent.amount, spent.voucher, spent.receiver_id) == (19 * WAN, "银-20", payee.pk)  # 20 − 1 held back
    assert verify().problems == ()


# ---- sent twice --------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_done_once_and_says_so_with_the_same_link(book):
    clerk = signed_in("tongren")
    typed = claim_of(book) | {"key": key_of(page(clerk, "claims/new"))}
    first = clerk.post(FUNDS + "claims/new", typed, follow=True)
    line = head().number
    again = clerk.post(FUNDS + "claims/new", typed, follow=True)
    claim = Claim.objects.get()
    assert head().number == line
    assert f"已办过，没有再办：申请付款 付款申请-{claim.pk} ，账本第 {line} 行" in text(again)
    for answer in (first, again):
        assert f'href="/r/claim-{claim.pk}"' in answer.content.decode()


def test_a_key_that_was_used_for_something_else_is_refused_in_words(book):
    clerk = signed_in("tongren")
    typed = claim_of(book) | {"key": key_of(page(clerk, "claims/new"))}
    clerk.post(FUNDS + "claims/new", typed)
    refused(clerk.post(FUNDS + "claims/new", typed | {"amount": "39"}), "已用于另一件事")
    assert Claim.objects.get().amount == 40 * WAN


def test_a_refused_form_may_be_mended_and_sent_with_the_same_key(book):
    clerk = signed_in("tongren")
    typed = claim_of(book) | {"key": key_of(page(clerk, "claims/new"))}
    refused(clerk.post(FUNDS + "claims/new", typed | {"amount": "500"}), "申请不得超过合同尚欠的数")
    assert "已办：" in text(clerk.post(FUNDS + "claims/new", typed, follow=True))


def test_a_payment_confirmed_twice_is_recorded_once_and_says_so(book):
    finance = signed_in("caiwu")
    paid = {"amount": "9", "paid_on": DAY, "receiver": "hn", "voucher": "", "purpose": "", "project": ""}
    read = finance.post(FUNDS + "new", paid | {"step": "check"}).content.decode()
    kept = dict(re.findall(r'<input type="hidden" name="(line|key)" value="([^"]*)"', read))
    assert kept["key"]
    finance.post(FUNDS + "new", paid | kept | {"step": "confirm"})
    again = finance.post(FUNDS + "new", paid | kept | {"step": "confirm"}, follow=True)
    entry = Entry.objects.get(amount=9 * WAN)
    assert "已办过，没有再登记" in text(again)
    assert f'href="/r/entry-{entry.pk}"' in again.content.decode()
    other = finance.post(FUNDS + "new", paid | kept | {"step": "confirm", "amount": "8"})
    assert other.status_code == 422
    assert "已用于另一件事" in text(other)


# ---- whose it is -------------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(book):
    """A clerk of another county of the same programme, and one project there with a contract."""
    new = OrganisationFact(code="jzxdk", name="尖扎县对口办", type="department", region="632322")
    office = open_office("jzxdk", new=new, area="632322", side="receiving", person=OFFICER)
    account = open_account("jianzha", office=office, person=OFFICER)
    appoint(account, "county_clerk", begins=today(), programme=book.programme, person=OFFICER)
    return signed_in("jianzha")


def test_a_clerk_of_another_county_is_offered_nothing_of_this_one_and_a_number_typed_by_hand_is_refused(
    book, elsewhere
):
    shown = page(elsewhere, "claims/new")
    assert "HT-2012-1" not in shown
    assert "文化广场" not in page(elsewhere, "contracts/new")
    refused(send(elsewhere, "claims/new", **claim_of(book)), "不归这个账号办")
    told = {"number": "HT-3", "type": "works", "method": "direct", "price": "1", "day": DAY, "payee": book.builder}
    refused(send(elsewhere, "contracts/new", project=book.projects["文化广场"], **told), "不归这个账号办")
    refused(send(elsewhere, "changes/new", project=book.projects["卫生院"], type="scale", day=DAY, reason="x"), "不归")
    assert not Claim.objects.exists()
    assert Contract.objects.count() == 1


def test_a_clerk_files_a_claim_in_a_programme_that_is_not_public_and_sees_it(book):
    Programme.objects.update(published=None)
    done(signed_in("tongren"), "claims/new", **claim_of(book))
    claim = Claim.objects.get()
    done(signed_in("xianling"), f"claims/{claim.pk}/countersign-county")


def test_a_contract_of_another_programme_is_not_offered_and_refused_in_words(book):
    other = Programme.objects.get(code="bj-ht")
    contract = Contract.objects.get()
    contract.record.programme = other
    type(contract.record).objects.filter(pk=contract.pk).update(programme=other)
    clerk = signed_in("tongren")
    assert "HT-2012-1" not in page(clerk, "claims/new")
    refused(send(clerk, "claims/new", **claim_of(book)), "不是本项目方案的")
    for odd in ("999999", "9" * 40, "abc", "-1"):
        refused(send(clerk, "claims/new", **claim_of(book, contract=odd)), "不是本项目方案的")


def test_a_claim_of_another_programme_is_not_there(book):
    claim = book.claim(40, "发票 1")
    officer = signed_in("lingdao")
    assert officer.get(f"/p/bj-ht/2012/funds/claims/{claim.pk}/approve").status_code == 404
    assert officer.get(f"{FUNDS}claims/999999/approve").status_code == 404


def test_the_leader_of_the_county_signs_and_the_city_s_leader_does_not(book):
    claim = book.claim(40, "发票 2")
    step = f"claims/{claim.pk}/countersign-county"
    for account in ("lingdao", "tongren", "yewu", "qianfang"):
        assert signed_in(account).get(FUNDS + step).status_code == 403
    done(signed_in("xianling"), step)
    for where in ("release", "reopen", "rules/adopt", f"claims/{claim.pk}/approve", "notices/new", "claims/new"):
        assert signed_in("xianling").get(FUNDS + where).status_code == 403


def test_a_project_whose_accounts_are_done_is_not_offered(book):
    finance = signed_in("caiwu")
    done(
        finance, "settlements/new", project=book.projects["卫生院"], usable="2012-03-01", size="small",
        settled="2012-05-01", amount="90",
    )  # fmt: skip
    assert Settlement.objects.get().amount == 90 * WAN
    (offered,) = re.findall(r'<select name="project".*?</select>', page(signed_in("yewu"), "changes/new"), re.S)
    assert "文化广场" in offered
    assert "卫生院" not in offered


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
    done(signed_in("tongren"), "changes/new", project=square, type="scale", day=DAY, reason="减少一层")
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


WRONG = [
    ("近500万", "不是确数"), ("-490", "应为大于 0"), ("负490万元", "应为大于 0"), ("0", "应为大于 0"), ("", "填写金额"),
    ("abc", "读不成金额"), ("20—40", "不是确数"), ("0.0000001", "不足一分"), ("9" * 10, "不超过十万亿元"),
    ("9" * 400, "金额至多 40 个字"), ("490公斤", "读不成金额"), ("1e9", "读不成金额"), ("<b>", "“<b>”读不成金额"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "words"), WRONG, ids=[words + typed[:6] for typed, words in WRONG])
@pytest.mark.parametrize("where", ["secured/new", "reserve", "claims/new"])
def test_a_wrong_amount_is_told_at_its_field_and_what_was_typed_stays(book, where, typed, words):
    account = {"claims/new": "tongren"}.get(where, "caiwu")
    before = head().number
    rest = (
        claim_of(book)
        if where == "claims/new"
        else {"fund": book.fund, "day": DAY, "reason": "x", "voucher": "津财1号"}
    )
    shown = refused(send(signed_in(account), where, **rest | {"amount": typed}), words)
    assert f'value="{html.escape(typed)}"' in shown or not typed
    assert '<a href="#id_amount">' in shown
    assert head().number == before


@pytest.mark.parametrize(
    ("typed", "words"), [("101%", "读不成比例"), ("约30%", "读不成比例"), ("3.55", "读不成比例"), ("a", "读不成比例")]
)
def test_a_wrong_percentage_is_told(book, typed, words):
    refused(send(signed_in("tongren"), "claims/new", **claim_of(book, progress=typed)), words)


@pytest.mark.parametrize("typed", ["490万元", "4,900,000元", "四百九十万元", "490", "４９０", "0.049亿"])
def test_people_write_an_amount_in_many_ways(book, typed):
    done(
        signed_in("caiwu"), "secured/new", amount=typed, day=DAY, source="city", voucher="津财〔2012〕99号", reason="x"
    )
    assert Entry.objects.get(voucher="津财〔2012〕99号").amount == 490 * WAN


def test_a_form_of_money_needs_the_right_and_the_sign_in(book, visitor):
    for where in ("secured/new", "claims/new", "close"):
        assert visitor.get(FUNDS + where)["Location"] == f"/sign-in/?next={FUNDS}{where}"
        assert signed_in("shenji").get(FUNDS + where).status_code == 403


def test_a_change_that_is_asked_for_locks_the_payment(book):
    fact = ChangeFact(project=book.projects["文化广场"], type="design", reason="改线", when=on(today()))
    request_change(fact, programme=book.programme, person=DESK)
    refused(send(signed_in("tongren"), "claims/new", **claim_of(book)), "设计变更待批")


def test_the_forms_read_in_english_keep_their_language_and_lead_on(book):
    clerk = signed_in("yewu")
    shown = clerk.get("/en" + FUNDS + "payees/new").content.decode()
    assert "<span>Register a payee</span>" in shown
    typed = {"key": key_of(shown), "name": "某某商行", "type": "enterprise"}
    said = clerk.post("/en" + FUNDS + "payees/new", typed, follow=True)
    assert 'Done: register a payee <a href="/en/r/organisation-' in said.content.decode()

"""到账 receipt by receipt, and what the record page of an entry says first."""

import re
from html import unescape

import pytest
from books import PERIOD, signed_in
from money import DAY, DESK, WAN

from duikou.acts.closings import close_period
from duikou.acts.funds import return_funds, reverse_entry
from duikou.acts.receipts import match_receipt
from duikou.records.models import Claim, Entry, Notice, Organisation, Receipt
from duikou.rules.closings import Closing
from duikou.rules.period import parse
from duikou.snapshot.store import freeze

FUNDS = f"/p/tj-hn/{PERIOD}/funds/"


@pytest.fixture
def book(book):
    """The county: 100 paid, 70 and 25 come, 70 of them found to be the payment."""
    made = book
    made.paid = made.disburse(100, "拨-1")
    made.first = made.receive(70, "回-1", (made.paid, 70 * WAN))
    made.second = made.receive(25, "回-2")
    return made


def words(page):
    main = page.content.decode().split("<main")[1]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def told(book):
    return {"programme": book.programme, "person": DESK}


# ---- receipts ----------------------------------------------------------------------------------------------------------


def test_receipts_stand_newest_first_with_what_is_matched_and_what_is_open(clerk, book):
    said = words(clerk.get(f"{FUNDS}receipts/"))
    assert "全部 2 对不上拨付 1" in said
    assert re.search(r"回-2 \S+ 2012-03-05 25.00 25.00 \d+ 核对 回-1 \S+ 2012-03-05 70.00 70.00", said)


def test_those_that_are_not_matched_stand_alone_on_asking(clerk, book):
    said = words(clerk.get(f"{FUNDS}receipts/?open"))
    assert "回-2" in said
    assert "回-1" not in said


def test_a_receipt_names_the_payment_it_is_and_leads_to_it(clerk, book):
    page = clerk.get(f"{FUNDS}receipts/{book.first}/")
    assert "到账 70.00 万元，都对上了拨付。" in words(page)
    assert f'href="/r/entry-{book.paid}">拨-1</a>' in page.content.decode()


def test_what_is_open_of_a_receipt_is_said_until_it_is_matched(clerk, book):
    there = f"{FUNDS}receipts/{book.second}/"
    assert "到账 25.00 万元，其中 25.00 万元对不上拨付" in words(clerk.get(there))
    assert f'href="{there}match"' in clerk.get(there).content.decode()
    match_receipt(Receipt.objects.get(pk=book.second), [(book.paid, 10 * WAN)], **told(book))
    assert "其中 15.00 万元对不上拨付" in words(clerk.get(there))  # 25 - 10
    match_receipt(Receipt.objects.get(pk=book.second), [(book.paid, 15 * WAN)], **told(book))
    assert "都对上了拨付" in words(clerk.get(there))
    assert "match" not in clerk.get(there).content.decode().split("<main")[1]


def test_money_that_went_back_had_come_and_its_receipt_stays_matched(clerk, book):
    return_funds(Entry.objects.get(pk=book.paid), 20 * WAN, day=DAY, reason="项目取消", **told(book))
    said = words(clerk.get(f"{FUNDS}receipts/{book.first}/"))
    assert "到账 70.00 万元，都对上了拨付。" in said


def test_who_may_not_match_finds_no_button(auditor, book):
    page = auditor.get(f"{FUNDS}receipts/{book.second}/").content.decode()
    assert "match" not in page.split("<main")[1]
    assert "receipts/new" not in auditor.get(f"{FUNDS}receipts/").content.decode()


def test_a_county_clerk_sees_the_receipts_of_the_own_county_only(book):
    book.programme.published = None
    book.programme.save()
    own = Receipt.objects.get(pk=book.second)
    own.project_id = book.projects["卫生院"]
    own.save()
    tongren = signed_in("tongren")
    said = words(tongren.get(f"{FUNDS}receipts/"))
    assert "回-2" in said
    assert "回-1" not in said
    assert tongren.get(f"{FUNDS}receipts/{book.second}/").status_code == 200
    assert tongren.get(f"{FUNDS}receipts/{book.first}/").status_code == 404


@pytest.mark.parametrize("number", ["999999", "99999999999999999999"])
def test_a_receipt_that_is_not_there_is_not_found(clerk, book, number):
    assert clerk.get(f"{FUNDS}receipts/{number}/").status_code == 404


def test_a_programme_without_receipts_says_who_reports_them(clerk):
    assert "还没有到账回单。受援方登记后列在这里" in words(clerk.get(f"{FUNDS}receipts/"))


def test_the_overview_of_a_programme_without_any_money_says_so(clerk):
    said = words(clerk.get(f"/p/bj-ht/{PERIOD}/funds/"))
    assert "合计 未报 未报 未报 未报 未报" in said
    assert "账上还没有钱" in said


def test_a_number_of_a_closed_period_is_the_same_where_it_leads(clerk, book):
    close_period(Closing(when=parse("2012-03"), reconciled="对账单"), **told(book))
    freeze()
    book.disburse(5, "拨-6")
    there = "/f/funds.disbursed:tj-hn.2012-03"
    assert f'href="{there}">100</a>' in clerk.get("/p/tj-hn/2012-03/funds/").content.decode()
    assert 'class="v">100<small>' in clerk.get(there).content.decode()
    assert "2012年3月已关账" in words(clerk.get(there))
    assert 'class="v">105<small>' in clerk.get(there.replace("2012-03", "2012")).content.decode()  # 2012 is not closed


# ---- an entry's record -------------------------------------------------------------------------------------------------


def test_an_entry_and_the_one_that_took_it_back_lead_to_each_other(clerk, book):
    entry = Entry.objects.get(pk=book.disburse(5, "拨-2"))
    back = reverse_entry(entry, day=DAY, reason="重复", **told(book))
    for number, said, other in ((entry.pk, "已冲正", back), (back, "冲正了", entry.pk)):
        page = clerk.get(f"/r/entry-{number}")
        assert said in words(page)
        assert f'href="/r/entry-{other}">资金-{other}</a>' in page.content.decode()


def test_the_way_of_the_money_is_said_and_turns_round_where_it_goes_back(clerk, book):
    entry = Entry.objects.get(pk=book.disburse(5, "拨-3"))
    back = reverse_entry(entry, day=DAY, reason="重复", **told(book))
    assert "这笔钱 已落实待拨 → 在途（到账待确认）" in words(clerk.get(f"/r/entry-{entry.pk}"))
    assert "这笔钱 在途（到账待确认） → 已落实待拨" in words(clerk.get(f"/r/entry-{back}"))


def test_what_was_taken_back_offers_no_act_and_what_stands_offers_them_by_right(clerk, auditor, book):
    entry = Entry.objects.get(pk=book.disburse(5, "拨-4"))
    there = f"/entries/{entry.pk}/"
    standing = clerk.get(f"/r/entry-{entry.pk}").content.decode()
    assert there + "reverse" in standing
    assert there + "return" in standing
    assert there not in auditor.get(f"/r/entry-{entry.pk}").content.decode()
    reverse_entry(entry, day=DAY, reason="重复", **told(book))
    assert there not in clerk.get(f"/r/entry-{entry.pk}").content.decode()


def test_only_a_payment_may_be_returned(clerk, book):
    secured = Entry.objects.get(state="secured", fund=book.fund)
    page = clerk.get(f"/r/entry-{secured.pk}").content.decode()
    assert f"/entries/{secured.pk}/reverse" in page
    assert f"/entries/{secured.pk}/return" not in page


def test_a_payment_without_a_voucher_says_which_it_lacks(clerk, book):
    stated = Entry.objects.get(state="disbursed", standing="total")
    assert "缺：拨付凭证" in words(clerk.get(f"/r/entry-{stated.pk}"))
    assert "缺：" not in words(clerk.get(f"/r/entry-{book.paid}"))


def test_what_came_after_the_closing_is_marked(clerk, book):
    close_period(Closing(when=parse("2012-03"), reconciled="对账单"), **told(book))
    late = book.disburse(5, "拨-5")
    assert "补报 日期在已关的账期里" in words(clerk.get(f"/r/entry-{late}"))
    assert "补报 日期在已关的账期里" not in words(clerk.get(f"/r/entry-{book.paid}"))


def test_notices_contracts_claims_and_receipts_lead_from_their_records_to_their_pages(clerk, book):
    book.divide("财农〔2012〕10号", 文化广场=50)
    claim = book.claim(20, "发票 1")
    notice = Notice.objects.get()
    for kind, number, page in (
        ("notice", notice.pk, "notices"), ("contract", book.contract, "contracts"), ("claim", claim.pk, "claims"),
        ("receipt", book.first, "receipts"),
    ):  # fmt: skip
        found = re.search(r'href="([^"]+)">在资金里看', clerk.get(f"/r/{kind}-{number}").content.decode())
        assert found[1].endswith(f"/funds/{page}/{number}/")
        assert clerk.get(found[1]).status_code == 200
    assert Claim.objects.count() == 1
    organisation = Organisation.objects.get(code="hn")
    assert "在资金里看" not in clerk.get(f"/r/organisation-{organisation.pk}").content.decode()


def test_a_notice_and_a_receipt_are_called_by_their_numbers(clerk, book):
    book.divide("财农〔2012〕11号", 文化广场=50)
    divided = Entry.objects.get(state="divided")
    assert "指标文件 财农〔2012〕11号" in words(clerk.get(f"/r/entry-{divided.pk}"))
    assert "到账单 回-1" in words(clerk.get(f"/r/entry-{Entry.objects.get(state='received').pk}"))

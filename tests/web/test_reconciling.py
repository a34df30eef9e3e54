"""对账: the accounts by month, proposals confirmed and taken back without a script, open lines answered for; who sees what."""

import html
import re

import pytest
from books import signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from money import WAN
from money_forms import FUNDS, key_of, text
from reconciling import enter, line, opened

from duikou.records.models import BankLine, BankMatch, Document, Organisation

BANK = FUNDS + "bank/"
CSV = (
    "户名,天津专户,账号,****9299\r\n交易日期,流水号,对方户名,借方发生额,贷方发生额,余额,摘要\r\n"
    "2012-03-05,W1,青海省黄南藏族自治州,70000.00,,50000.00,援助资金\r\n2012-03-06,W2,,10.00,,49990.00,手续费\r\n"
)


@pytest.fixture
def paid(book):
    """Payments of 7, 5 and 5 万元."""
    return [book.disburse(7, "拨-1"), book.disburse(5, "拨-2"), book.disburse(5, "拨-3")]


@pytest.fixture
def lines(book, paid):
    """What the bank has of them: the first; one of the others; a fee."""
    said = (line("W1", 7), line("W2", 5), line("W3", 0.001, party="", summary="汇款手续费"))
    return enter(book.programme, *said)


def holder():
    return Organisation.objects.get(code="tj").pk


def march():
    return f"{BANK}?holder={holder()}&month=2012-03"


def forms(page, do):
    """The hidden values of each form of a page that does something."""
    found = re.findall(r"<form method=\"post\" action=\"([^\"]+)\"[^>]*>(.*?)</form>", page.content.decode(), re.S)
    return [
        (html.unescape(action), dict(re.findall(r'name="(parts|match)" value="([^"]*)"', body)))
        for action, body in found
        if f'value="{do}"' in body
    ]


def send(client, where, **said):
    return client.post(where, said, follow=True)


def upload(client, name="单.csv", data=None, **more):
    shown = client.get(BANK + "new").content.decode()
    file = SimpleUploadedFile(name, (data or CSV).encode("gb18030"))
    return client.post(
        BANK + "new", {"key": key_of(shown), "holder": holder(), "file": file, "step": "confirm"} | more, follow=True
    )


def test_a_month_says_both_sides_and_the_difference_line_by_line(clerk, lines):
    said = text(clerk.get(march()))
    # the bank paid 70000 + 50000 + 10, the ledger 170000: the bank has 49990 more
    assert "差额 49,990.00 元" in said
    assert "银行 0.00 120,010.00 账上 0.00 170,000.00" in said
    assert "银行有、账上没有 3 笔 −120,010.00 元；账上有、银行没有 3 笔 170,000.00 元。" in said
    assert re.search(r"2012-03-05 汇款手续费 W3 只在银行 −10.00 天津市\S* \d{4} 写明：银行手续费，账上不记", said)


def test_a_proposal_gives_its_reasons_and_is_confirmed_by_a_plain_button(clerk, book, lines):
    page = clerk.get(march())
    assert "金额相同、同一天、户名相符" in text(page)
    ((where, sent),) = forms(page, "confirm")[:1]
    done = send(clerk, where, do="confirm", **sent)
    assert "已勾对 1 笔流水。" in text(done)
    assert re.search(r"最近由 caiwu 于 \d{4}-\d\d-\d\d 勾对", text(done))
    assert opened(book.programme) == [[10_00, 5 * WAN], [5 * WAN, 5 * WAN]]


def test_what_cannot_be_told_apart_is_not_among_the_safe_and_may_be_chosen(clerk, book, lines):
    page = clerk.get(march())
    assert "同额的不止一笔，分不清" in text(page)
    assert "确认全部稳妥的 1 笔" in text(page)
    send(clerk, march(), do="safe")
    assert opened(book.programme) == [[10_00, 5 * WAN], [5 * WAN, 5 * WAN]]
    (where, sent), *_ = forms(clerk.get(march()), "confirm")
    send(clerk, where, do="confirm", **sent)
    assert opened(book.programme) == [[10_00], [5 * WAN]]


def test_a_match_is_taken_back_with_a_reason_and_stands_among_the_proposals_again(clerk, book, lines):
    send(clerk, march(), do="safe")
    ((where, sent),) = forms(clerk.get(march()), "back")
    assert "撤回勾对须写明原因" in text(send(clerk, where, do="back", reason=" ", **sent))
    assert "两边都回到未对上" in text(send(clerk, where, do="back", reason="勾错", **sent))
    assert BankMatch.objects.get().struck
    assert "待勾对 1" in text(clerk.get(march()))


def test_what_is_declined_goes_from_the_page_and_comes_back_on_asking(clerk, lines):
    page = clerk.get(march()).content.decode()
    (decline,) = re.findall(r'data-no href="([^"]+)#todo"', page)
    said = text(clerk.get(html.unescape(decline)))
    assert "待勾对 0" in said
    assert "1 项已按“不是”放到一边" in said
    assert "待勾对 1" in text(clerk.get(march()))


@pytest.mark.parametrize("parts", ["", "1:2", "a:b:c", "1:2:-3", "0:0:0", f"{2**70}:1:1", "1:2:3,"])
def test_what_is_no_match_is_refused_in_words(clerk, lines, parts):
    said = text(send(clerk, march(), do="confirm", parts=parts))
    assert "没有选要勾对的流水" in said or "没有这一笔流水" in said
    assert not BankMatch.objects.exists()


def test_more_than_is_open_is_refused_in_words(clerk, book, lines, paid):
    said = text(send(clerk, march(), do="confirm", parts=f"{lines[0].pk}:{paid[0]}:{7 * WAN + 1}"))
    assert "勾对的金额不得超过流水和账各自尚未对上的数" in said


def test_a_line_that_is_explained_explains_the_difference(clerk, book, lines, paid):
    for number, entry in ((0, 0), (1, 1)):
        send(clerk, march(), do="confirm", parts=f"{lines[number].pk}:{paid[entry]}:{lines[number].amount}")
    where = f"{BANK}{lines[2].pk}/answer"
    shown = clerk.get(where).content.decode()
    assert 'value="银行手续费，账上不记"' in shown
    clerk.post(where, {"key": key_of(shown), "reason": "银行手续费，账上不记", "step": "confirm"})
    assert BankLine.objects.get(pk=lines[2].pk).reason == "银行手续费，账上不记"
    assert "1 笔未对上" in text(clerk.get(march()))  # the payment that the bank has not
    assert "1 笔未对上，最久" in text(clerk.get(BANK))


def test_a_month_in_which_all_is_matched_reads_nothing(clerk, book):
    number = book.disburse(7, "拨-1")
    (only,) = enter(book.programme, line("W1", 7))
    send(clerk, march(), do="confirm", parts=f"{only.pk}:{number}:{7 * WAN}")
    said = text(clerk.get(march()))
    assert "差额 0.00 元 本月已对平" in said
    assert "已对平" in text(clerk.get(BANK))


# ---- lists -------------------------------------------------------------------------------------------------------------


def test_a_list_is_handed_in_and_its_file_is_kept(clerk, book):
    said = text(upload(clerk))
    assert "已办：收对账单" in said
    assert [(row.serial, row.amount) for row in BankLine.objects.order_by("pk")] == [("W1", 7 * WAN), ("W2", 10_00)]
    assert Document.objects.get(title__startswith="银行对账单").digest
    again = upload(clerk)
    assert again.status_code == 422
    assert "同一份对账单只收一次" in text(again)


def test_problems_stand_at_the_file_each_with_its_cell_and_nothing_enters(clerk, book):
    answer = upload(clerk, data=CSV.replace("49990.00", "49991.00").replace("2012-03-05", "2012-03-35"))
    assert answer.status_code == 422
    assert "F4：余额等于上一笔余额加收减付（statement.4）" in text(answer)
    assert "A3：每一格读得出（statement.2）" in text(answer)
    assert not BankLine.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("单.csv", "随便写的一段话", "没有分栏的文字"),
        ("单.pdf", "%PDF-1.4 %%EOF", "PDF"),
        ("单.csv", "甲,乙\r\n1,2\r\n", "对账单有日期和金额的栏目"),
    ],
)
def test_a_file_that_is_no_list_is_told(clerk, book, name, data, said):
    answer = upload(clerk, name, data)
    assert answer.status_code == 422
    assert said in text(answer)


# ---- who sees what -----------------------------------------------------------------------------------------------------


def test_the_public_and_a_county_see_no_account_of_others(clerk, book, lines):
    assert Client().get(BANK).status_code == 404
    assert Client().get(f"/r/bank_line-{lines[0].pk}").status_code == 404
    tongren = signed_in("tongren")
    assert tongren.get(BANK).status_code == 200
    assert "天津" not in re.search(r"<main.*</main>", tongren.get(BANK).content.decode(), re.S)[0]
    assert tongren.get(march()).status_code == 404


def test_who_may_not_match_sees_no_buttons_and_is_refused(officer, book, lines):
    page = officer.get(march())
    assert page.status_code == 200
    assert forms(page, "confirm") == []
    assert officer.post(march(), {"do": "safe"}).status_code == 403


@pytest.mark.parametrize(
    "query", ["month=2012-03", "holder=x&month=2012-03", "holder=1&month=2012-13", "holder=99999999&month=2012-03"]
)
def test_a_month_of_no_account_is_not_there(clerk, lines, query):
    assert clerk.get(f"{BANK}?{query}").status_code == 404


def test_the_page_answers_in_english(clerk, lines):
    said = text(clerk.get(f"/en{march()}"))
    assert "Difference 49,990.00 yuan" in said
    assert "To match: 1" in said
    assert "To match: 1" not in text(clerk.get(march()))


def test_the_page_of_money_leads_to_it(clerk, book):
    assert f'href="{BANK}"' in clerk.get(FUNDS).content.decode()

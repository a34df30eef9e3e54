"""The page of a record: what it says and who says so, where its money went, its history, the figures it is in."""

import re
from datetime import date

import pytest
from books import PERIOD, pay

from duikou.records.models import Entry, Finding, Gift, Organisation, Record


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


OFFICES = ("office", "account", "appointment", "key")


@pytest.fixture
def see(visitor):
    def page(record, kind):
        answer = visitor.get(f"/r/{kind}-{record.pk}")
        assert answer.status_code == 200
        return answer.content.decode()

    return page


@pytest.fixture
def computers(programme):
    return Gift.objects.get(form="goods")


def test_every_record_of_a_programme_has_its_page(visitor, programme):
    for record in Record.objects.all():
        wanted = 301 if record.kind in ("document", "programme") else 404 if record.kind in OFFICES else 200
        assert visitor.get(f"/r/{record.kind}-{record.number}").status_code == wanted, record


def test_fields_are_said_in_words(see, computers):
    page = text(see(computers, "gift"))
    for words in ("形式 实物", "领域 教育", "物品 教学用电脑", "数量 20台", "中国银行天津分行"):
        assert words in page


def test_a_statement_leads_to_its_paragraph(see, computers):
    page = see(computers, "gift")
    assert 'href="/d/4a0b8e5b/p/20/' in page
    assert "支援方" in page


def test_a_figure_that_leaves_the_record_out_says_why(see, computers):
    page = see(computers, "gift")
    assert f"/f/donations.education:tj-hn.{PERIOD}" in page
    assert "未计入：实物，来源未折价" in text(page)


def test_a_rate_uses_the_records_of_both_its_figures(see, programme):
    assert f"/f/funds.progress:tj-hn.{PERIOD}" in see(Entry.objects.get(standing="total"), "entry")


def test_open_questions_lead_to_their_own_page_and_back(see, programme):
    entry = Entry.objects.get(standing="total")
    finding = Finding.objects.get(title="1000万元的拨付凭证")
    assert f'href="/r/finding-{finding.pk}"' in see(entry, "entry")
    assert f'href="/r/entry-{entry.pk}"' in see(finding, "finding")


def test_an_entry_shows_where_its_money_went_and_the_balance_after(see, programme):
    page = text(see(Entry.objects.get(standing="total"), "entry"))
    assert re.search(r"已落实待拨 [－−]1000万元 1000万元", page)
    assert re.search(r"未分解 ＋1000万元 1000万元", page)


def test_the_history_names_line_account_and_act(see, programme):
    pay(programme, 200 * 10**4, date(2011, 9, 5), "P-1")
    page = text(see(Entry.objects.latest("pk"), "entry"))
    assert "officer 登记拨付" in page
    assert "P-1" in page


def test_an_organisation_shows_what_it_takes_part_in(see, programme):
    assert "合作交流框架协议" in text(see(Organisation.objects.get(code="tj"), "organisation"))


def test_a_wrong_kind_leads_to_the_right_address(visitor, computers):
    assert visitor.get(f"/r/entry-{computers.pk}")["Location"] == f"/r/gift-{computers.pk}"
    document = Record.objects.filter(kind="document").order_by("pk").first()
    assert visitor.get(f"/r/document-{document.pk}")["Location"] == "/d/4a0b8e5b/"
    own = Record.objects.get(as_programme__code="tj-hn")
    assert visitor.get(f"/r/programme-{own.pk}")["Location"] == "/p/tj-hn/"


def test_a_number_that_no_record_bears_is_not_found(visitor):
    assert visitor.get("/r/gift-99999").status_code == 404

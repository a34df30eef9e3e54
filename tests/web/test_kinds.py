"""The kinds of work besides money and projects as pages: sections, lists with facets and files, what hangs from a record."""

import csv
import io
import re
import zipfile
from datetime import date

import pytest
from books import OFFICER, signed_in
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from project_pages import XSS, facet, main, names, row, text
from python_calamine import CalamineWorkbook

from duikou.acts.accepting import SUBJECTS, record_fact
from duikou.records.models import Gift, Investment, Record
from duikou.rules.cooperation import Sale
from duikou.rules.donations import GiftUse, Valuation
from duikou.rules.enterprises import InvestmentStep
from duikou.rules.governance import Assignment, Decision
from duikou.rules.period import on, parse
from duikou.rules.quantity import yuan
from duikou.snapshot.store import freeze
from duikou.terms.words import vocabulary
from duikou.web.kinds.rows import kept
from duikou.web.kinds.sections import ACTS, OF_KIND, SECTIONS

HERE = "/p/tj-hn/2011/"
SALES = "cooperation/sale/"
COUNTY, NEXT = "632321", "632322"


def enter(programme, fact):
    """One fact in the book; its number."""
    return record_fact(fact, programme=programme, person=OFFICER)


def sale(product, region=COUNTY, how="purchase", wan=10, day=date(2012, 3, 5), channel="platform"):
    return Sale(product=product, region=region, type=how, channel=channel, amount=yuan(wan * 10**4), when=on(day))


@pytest.fixture
def sales(programme):
    """Four sales: three of the county of the demonstration's clerk, one of the next."""
    enter(programme, sale("青稞", wan=20))
    enter(programme, sale("牦牛肉", wan=5, day=date(2013, 6, 1)))
    enter(programme, sale("唐卡", how="help", wan=100, channel="market"))
    enter(programme, sale("藏羊", NEXT, wan=30))
    return programme


def page(account, where="", status=200, prefix=""):
    answer = (signed_in(account) if account else Client()).get(f"{prefix}{HERE}{where}")
    assert answer.status_code == status, where
    return answer.content if "list.xlsx" in where else answer.content.decode()


def lines(account, where):
    return list(csv.reader(io.StringIO(page(account, where).lstrip("\ufeff"))))


def sheet(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


# ---- sections and kinds ------------------------------------------------------------------------------------------------


def test_every_kind_that_an_act_records_stands_in_one_section_and_no_other_kind_does():
    recorded = {fact.kind for subject in SUBJECTS if subject.act for fact in subject.kinds}
    assert set(OF_KIND) == recorded == set(ACTS)
    assert len(OF_KIND) == sum(len(kinds) for kinds in SECTIONS.values())  # each once
    assert set(OF_KIND) <= set(vocabulary()["record"])
    assert set(SECTIONS) <= set(vocabulary()["page"])


@pytest.mark.sweep
@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_shows_each_of_its_kinds_and_each_kind_has_its_list_and_files(programme, section):
    shown = page("yewu", f"{section}/")
    for kind in SECTIONS[section]:
        assert f'id="{kind}"' in shown
        count = Record.objects.filter(programme=programme, kind=kind).count()
        assert len(names(page("yewu", f"{section}/{kind}/"))) == count
        assert len(lines("yewu", f"{section}/{kind}/list.csv")) == count + 1
        assert len(sheet(page("yewu", f"{section}/{kind}/list.xlsx"))) == count + 1


def test_the_menu_leads_to_the_sections_in_their_order(programme):
    menu = page("yewu", "gifts/").split('<nav class="nav"')[1].split("</nav>")[0]
    found = re.findall(rf'href="{HERE}(\w+)/"', menu)
    assert [code for code in found if code in SECTIONS] == list(SECTIONS)
    assert f'href="{HERE}gifts/" aria-current="page">社会捐助</a>' in menu


def test_a_kind_is_not_found_in_a_section_that_is_not_its_own(programme):
    for where in ("gifts/sale/", "gifts/sale/list.csv", "gifts/sale/list.xlsx", "gifts/entry/", "nothing/"):
        page("yewu", where, 404)


def test_a_section_lists_the_newest_five_and_says_how_many_there_are(programme):
    for day in range(1, 8):
        enter(programme, sale(f"第{day}批", day=date(2012, 3, day)))
    shown = page("yewu", "cooperation/")
    assert "7 条，列最新 5 条" in text(shown)
    assert [name.removesuffix("10万元") for name in names(shown)] == ["第7批", "第6批", "第5批", "第4批", "第3批"]


def test_an_empty_kind_says_what_would_stand_there_and_who_records_it(programme):
    assert "还没有消费帮扶。登记后这里列出产品、地区、方式、渠道，由业务员、前方干部、县填报员登记。" in text(
        page("yewu", "cooperation/")
    )
    assert "还没有这一类记录。" in page("yewu", SALES)


# ---- who sees what -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("account", ["yewu", "qianfang", "tongren", "caiwu", "lingdao", "xianling", "shenji"])
def test_who_may_see_records_of_an_internal_programme_has_the_pages(internal, account):
    for where in ("cooperation/", SALES, SALES + "list.csv", SALES + "list.xlsx"):
        page(account, where)


@pytest.mark.parametrize("account", ["", "guanli", "anquan"])
def test_for_the_others_an_internal_programme_has_none_of_them(internal, account):
    for where in ("cooperation/", SALES, SALES + "list.csv", SALES + "list.xlsx"):
        page(account, where, 404)


def test_everyone_sees_the_lists_of_a_public_programme_and_nobody_outside_a_form(sales):
    shown = page("", SALES)
    assert len(names(shown)) == 4
    assert "登记消费帮扶" not in shown


def test_a_county_sees_only_what_is_in_its_own_area(sales, internal):
    for where in ("cooperation/", SALES, SALES + "list.csv"):
        own, whole = page("tongren", where), page("yewu", where)
        assert ("青稞" in own, "藏羊" in own) == (True, False)
        assert ("青稞" in whole, "藏羊" in whole) == (True, True)
    assert [line[1] for line in sheet(page("tongren", SALES + "list.xlsx"))[1:]] == names(page("tongren", SALES))


def test_what_hangs_from_a_record_is_in_the_area_of_that_record(programme, internal):
    gift = Gift.objects.get(form="goods")
    enter(programme, GiftUse(gift=gift.pk, use="建成电脑教室", when=on(date(2012, 3, 5))))
    assert names(page("yewu", "gifts/gift_use/")) == ["河南县一中教学：建成电脑教室"]
    assert names(page("tongren", "gifts/gift_use/")) == []  # the school is in another county


# ---- the list ----------------------------------------------------------------------------------------------------------


def test_a_row_says_in_words_what_its_columns_hold(sales):
    shown = page("yewu", SALES)
    assert row(shown, "唐卡100万元") == "唐卡100万元 2012年3月5日 同仁县 帮助销售 东部市场 100万元"
    heads = re.findall(r'<th scope="col"[^>]*><a[^>]*>([^<]*)</a>', shown)
    assert heads == ["名称", "时间", "地区", "方式", "渠道", "金额"]  # 产品 stands in the title, 采购单位 nobody said


def test_facets_count_what_they_would_leave_and_combine(sales):
    shown = page("yewu", SALES)
    assert facet(shown, "地区") == "地区 同仁县 3 尖扎县 1"
    assert facet(shown, "方式") == "方式 采购 3 帮助销售 1"
    assert facet(shown, "年份") == "年份 2013 1 2012 3"
    both = page("yewu", SALES + "?region=632321&type=purchase")
    assert names(both) == ["牦牛肉5万元", "青稞20万元"]
    assert facet(both, "地区") == "地区 同仁县 2 尖扎县 1"  # beside 采购
    assert facet(both, "方式") == "方式 采购 2 帮助销售 1"  # beside 同仁县
    assert names(page("yewu", SALES + "?year=2013")) == ["牦牛肉5万元"]
    assert "去掉地区“尖扎县” 去掉年份“2013”" in text(page("yewu", SALES + "?region=632322&year=2013"))


def test_gifts_may_be_narrowed_by_who_gives(programme):
    shown = page("yewu", "gifts/gift/")
    (where,) = re.findall(r'href="(\?giver=\d+)">中国银行天津分行', shown)
    assert names(page("yewu", f"gifts/gift/{where}")) == ["河南县一中教学"]


def test_a_list_is_searched_by_title_and_ordered_by_a_column(sales):
    assert names(page("yewu", SALES + "?q=唐")) == ["唐卡100万元"]
    up, down = page("yewu", SALES + "?sort=amount"), page("yewu", SALES + "?sort=-amount")
    assert names(up) == ["牦牛肉5万元", "青稞20万元", "藏羊30万元", "唐卡100万元"]
    assert names(down) == names(up)[::-1]
    assert 'aria-sort="ascending"' in up
    assert 'aria-sort="descending"' in down
    assert names(page("yewu", SALES))[0] == "牦牛肉5万元"  # the newest first
    assert names(page("yewu", SALES + "?sort=nothing")) == names(page("yewu", SALES))


@pytest.mark.parametrize("query", ["", "?type=purchase&sort=-amount", "?q=唐", "?region=632322"])
def test_the_files_hold_what_the_table_shows(sales, query):
    shown, told = page("yewu", SALES + query), lines("yewu", f"{SALES}list.csv{query}")
    assert [line[1] for line in told[1:]] == names(shown)
    assert [line[1] for line in sheet(page("yewu", f"{SALES}list.xlsx{query}"))[1:]] == names(shown)
    for line in told[1:]:
        assert " ".join(cell for cell in line[1:] if cell) == row(shown, line[1])


def test_no_title_is_a_script_and_none_is_calculated(programme):
    for product in ("=1+1", XSS):
        enter(programme, sale(product))
    shown = page("yewu", SALES)
    assert XSS not in shown
    assert {"=1+110万元", f"{XSS}10万元"} == set(names(shown))
    for where in (SALES, "cooperation/"):
        assert XSS not in page("yewu", f"{where}?q={XSS}&region={XSS}&sort={XSS}&type={XSS}&page={XSS}")
    assert "'=1+110万元" in [line[1] for line in lines("yewu", SALES + "list.csv")]
    data = page("yewu", SALES + "list.xlsx")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("where", ["gifts/", "gifts/gift_use/", "gifts/gift_use/?sort=gift", "gifts/gift_use/list.csv"])
def test_as_many_questions_are_asked_of_fifty_records_as_of_five(programme, where):
    client, gifts = signed_in("yewu"), list(Gift.objects.order_by("pk"))

    def asked():
        freeze()
        client.get(HERE + where)
        kept.clear()
        with CaptureQueriesContext(connection) as found:
            assert client.get(HERE + where).status_code == 200
        return len(found)

    for n in range(5):
        enter(programme, GiftUse(gift=gifts[n].pk, use=f"用途{n}", when=on(date(2012, 3, 5))))
    few = asked()
    for n in range(45):
        enter(programme, GiftUse(gift=gifts[n % 5].pk, use=f"再用{n}", when=on(date(2012, 4, 5))))
    assert asked() == few


def test_more_than_five_hundred_rows_come_by_the_hundred(sales, monkeypatch):
    monkeypatch.setattr("duikou.web.listing.order.PLAIN", 3)
    monkeypatch.setattr("duikou.web.listing.order.PAGE", 2)
    first, second = page("yewu", SALES), page("yewu", SALES + "?page=2")
    assert (len(names(first)), len(names(second)), len(set(names(first) + names(second)))) == (2, 2, 4)
    assert len(lines("yewu", SALES + "list.csv")) == 5  # the file holds them all


# ---- the record --------------------------------------------------------------------------------------------------------


def record(account, number):
    """The page of a record."""
    kind = Record.objects.get(number=number).kind
    return signed_in(account).get(f"/r/{kind}-{number}").content.decode()


def hanging(shown):
    """What the page of a record says hangs from it."""
    part = shown.split("<h2>由此而来</h2>")[1].split("</section>")[0]
    return [text(one) for one in re.findall(r"<li>.*?</li>", part)]


def test_a_record_leads_back_to_its_section_and_list(programme):
    shown = record("yewu", Gift.objects.get(form="goods").pk)
    assert re.search(r'href="/p/tj-hn/[^/]+/gifts/">社会捐助</a><a href="/p/tj-hn/[^/]+/gifts/gift/">捐助</a>', shown)


def test_what_refers_to_a_record_stands_on_its_page(programme):
    gift, plant = Gift.objects.get(form="goods"), Investment.objects.first()
    enter(programme, Valuation(gift=gift.pk, basis="发票", amount=yuan(80_000), when=on(date(2012, 3, 5))))
    enter(programme, GiftUse(gift=gift.pk, use="建成电脑教室", when=on(date(2012, 3, 5))))
    enter(programme, InvestmentStep(investment=plant.pk, step="signed", when=on(date(2012, 3, 5))))
    assert hanging(record("yewu", gift.pk)) == [
        "折价 河南县一中教学：折价8万元",
        "捐助使用 河南县一中教学：建成电脑教室",
    ]
    assert hanging(record("yewu", plant.pk)) == [f"投资进展 {plant.name}：签约"]


def test_an_assignment_hangs_from_the_instruction_it_arises_from(programme):
    instruction = Record.objects.filter(kind="instruction").first().number
    fact = Assignment(
        content="编制专项规划", office="hn", arises_from=instruction, due=date(2012, 6, 1), when=parse("2012-03")
    )
    enter(programme, fact)
    assert hanging(record("yewu", instruction)) == ["交办 编制专项规划"]


def test_a_decision_is_called_by_its_number_and_its_matter(programme):
    group = Record.objects.filter(kind="leading_group").first().number
    fact = Decision(
        number="纪要〔2012〕3号", type="meeting", matter="同意年度计划", decided_by=group, when=on(date(2012, 3, 5))
    )
    number = enter(programme, fact)
    assert "纪要〔2012〕3号 同意年度计划" in record("yewu", number)
    assert hanging(record("yewu", group))[-1] == "决定 纪要〔2012〕3号 同意年度计划"


# ---- English -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("where", [*(f"{section}/" for section in SECTIONS), SALES, SALES + "?q=zzz", "gifts/gift/"])
def test_an_english_page_has_no_chinese_but_names_and_what_says_that_it_is_chinese(sales, where):
    shown = main(page("yewu", where, prefix="/en"))
    shown = re.sub(r'<(\w+)[^>]* lang="zh-CN"[^>]*>.*?</\1>', "", shown, flags=re.S)
    shown = re.sub(r'<a href="\?giver[^>]*>.*?</a>', "", shown)  # names
    assert re.findall(r"[^\n<>]*[\u4e00-\u9fff]+[^\n<>]*", shown) == []
    links = re.findall(r'(?:href|action)="(/[^"]*)"', shown)
    assert [one for one in links if not one.startswith("/en/")] == []

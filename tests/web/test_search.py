"""Searching a programme: what is found, in whatever width and case, for whom, and what is said where nothing is."""

import re
from datetime import date
from urllib.parse import quote

import pytest
from books import OFFICER, PERIOD, pay, signed_in

from duikou.acts.attending import attend
from duikou.acts.evidence import withdraw_document
from duikou.acts.offices import person
from duikou.records.models import Document, Programme, Record, Training
from duikou.rules.people import Attending
from duikou.snapshot.store import freeze
from duikou.web.book import open_book
from duikou.web.frame import Frame
from duikou.web.matching import mark
from duikou.web.searching.index import index
from duikou.web.searching.pages import lets_in, pages
from duikou.web.searching.question import question

HOME = f"/p/tj-hn/{PERIOD}/"


def found(client, asked, home=HOME):
    """What a search shows, by group: how many, and the names shown with the words found in brackets."""
    page = client.get(f"{home}search?q={quote(asked, safe='&=')}").content.decode()
    groups = {}
    for code, part in re.findall(r'<section class="sec" aria-labelledby="g-(\w+)">(.*?)</section>', page, re.S):
        names = re.findall(r'<li><a href="[^"]*">(.*?)</a>', part, re.S)
        names = [re.sub(r"<[^>]+>", "", re.sub(r"<mark[^>]*>(.*?)</mark>", r"[\1]", name)).strip() for name in names]
        groups[code] = (int(re.search(r'<span class="s">(\d+)</span>', part)[1]), names)
    return groups


def hrefs(client, asked, group):
    page = client.get(f"{HOME}search?q={quote(asked)}").content.decode()
    part = re.search(rf'aria-labelledby="g-{group}">(.*?)</section>', page, re.S)[1]
    return re.findall(r'<li><a href="([^"]*)">', part)


def test_records_and_words_of_the_source_are_found_by_a_part_of_their_name(visitor):
    assert found(visitor, "文化广场") == {
        "record": (1, ["热贡[文化广场]"]), "text": (1, ["热贡[文化广场]项目"]),
    }  # fmt: skip


@pytest.mark.parametrize("asked", ["拨付到位", "funds disbursed", "FUNDS.DISBURSED", "ｆｕｎｄｓ．ｄｉｓｂｕｒｓｅｄ"])
def test_a_figure_is_found_by_name_english_name_and_code_with_its_number(visitor, asked):
    _, names = found(visitor, asked)["figure"]
    assert names[0].replace("[", "").replace("]", "") == "已拨付到位"
    page = visitor.get(f"{HOME}search?q={quote(asked)}").content.decode()
    assert f'<a class="fig" href="/f/funds.disbursed:tj-hn.{PERIOD}">1000</a>' in page


@pytest.mark.parametrize("asked", ["tjhzb", "ＴＪＨＺＢ", "TjHzb", "合作交流"])
def test_width_and_case_make_no_difference(visitor, asked):
    assert found(visitor, asked)["organisation"][0] == 1


@pytest.mark.parametrize(
    ("text", "asked", "pieces"),
    [
        ("２０００万元", ["2000"], [("２０００", "chosen"), ("万元", "")]),
        ("P-7 p-7", ["p-7"], [("P-7", "chosen"), (" ", ""), ("p-7", "chosen")]),
        ("㎡与m2", ["m2"], [("㎡", "chosen"), ("与", ""), ("m2", "chosen")]),
        ("无", ["有"], [("无", "")]),
        ("a.b", ["."], [("a", ""), (".", "chosen"), ("b", "")]),
    ],
)
def test_the_words_found_are_marked_as_they_are_written(text, asked, pieces):
    assert [(piece.text, piece.mark) for piece in mark(text, asked)] == pieces


def test_several_words_must_all_be_there_in_any_order(visitor):
    assert found(visitor, "广场 文化")["record"] == (1, ["热贡[文化][广场]"])
    assert "record" not in found(visitor, "广场 医院")


def test_a_page_of_the_menu_is_found_by_either_name(visitor):
    assert found(visitor, "资料库")["page"] == (1, ["[资料库]"])
    assert found(visitor, "library")["page"] == (1, ["资料库"])
    assert "page" not in found(visitor, "填报")
    assert found(signed_in("caiwu"), "填报")["page"] == (1, ["[填报]"])


def test_a_document_is_found_by_its_title_and_a_phrase_leads_to_its_paragraph(visitor):
    assert found(visitor, "对口援青工作")["document"][0] == 1
    assert hrefs(visitor, "筹资300万元", "text") == ["/d/4a0b8e5b/p/20/#p20"]


def test_a_group_shows_twenty_and_leads_to_all(visitor, programme):
    for day in range(1, 24):
        pay(programme, 100, date(2011, 9, day), f"凭{day}")
    page = visitor.get(f"{HOME}search?q={quote('拨款凭证')}").content.decode()
    count, names = found(visitor, "拨款凭证")["document"]
    assert (count, len(names)) == (23, 20)
    assert re.search(r'<a href="\?q=[^"]*&amp;of=document">全部 23 处</a>', page)
    count, names = found(visitor, "拨款凭证&of=document")["document"]
    assert (count, len(names)) == (23, 23)


def test_a_search_asks_the_book_no_question_for_each_record(visitor, programme, django_assert_max_num_queries):
    def questions():
        with django_assert_max_num_queries(250) as asked:
            found(visitor, "拨付")
        return len(asked)

    before = questions()
    for day in range(1, 24):
        pay(programme, 100, date(2011, 9, day), f"凭{day}")
    questions()  # the first after a payment freezes the book anew
    assert questions() <= before + 2


def test_one_who_sees_one_area_finds_nothing_of_another(internal):
    clerk = signed_in("tongren")
    everywhere = found(signed_in("yewu"), "文化")
    assert everywhere["record"][0] == 3  # two projects, and the total that says what they are: 文化设施
    assert set(found(clerk, "文化")) <= {"organisation"}
    assert set(found(clerk, "情况汇报")) == set()
    assert set(found(clerk, "funds")) <= {"page"}


def test_one_who_sees_one_area_finds_what_is_in_it(internal):
    project = Record.objects.filter(programme__code="tj-hn", kind="project").first()
    row = project.as_project
    row.region = "632321"
    row.save()
    assert found(signed_in("tongren"), row.name)["record"] == (1, [f"[{row.name}]"])


def test_a_programme_one_may_not_see_is_not_searched(internal, visitor):
    assert visitor.get(f"{HOME}search?q=x").status_code == 404


def test_words_of_a_withdrawn_document_are_not_found_but_its_title_is(programme, visitor, settings, tmp_path):
    settings.VAR = tmp_path
    withdraw_document(Document.objects.get(digest__startswith="4a0b8e5b"), person=person("yewu"), reason="误传")
    assert set(found(visitor, "筹资300万元")) == set()
    assert found(visitor, "对口援青工作")["document"][0] == 1


def test_without_words_the_page_says_how_to_ask(visitor):
    for asked in ("", "?q=", "?q=%20%E3%80%80", "?q=%00"):
        page = visitor.get(f"{HOME}search{asked}").content.decode()
        assert "写数字、记录、单位或文件的名字" in page
        assert "<section" not in page


def test_where_nothing_is_found_the_page_says_what_to_do(visitor, clerk):
    page = visitor.get(f"{HOME}search?q=<b>没有的词").content.decode()
    assert "没有找到“&lt;b&gt;没有的词”" in page
    assert "有的内容登录后才看得到" in page
    assert "有的内容登录后才看得到" not in clerk.get(f"{HOME}search?q=没有的词").content.decode()


def test_a_question_that_is_too_long_is_not_searched(visitor):
    assert "至多 60 个字，现有 61 个" in visitor.get(f"{HOME}search?q={'长' * 61}").content.decode()


def test_in_english_sheets_and_pages_are_found_by_their_english_names_and_marked(visitor):
    groups = found(visitor, "donat", f"/en{HOME}")
    assert groups["page"] == (1, ["[Donat]ions"])
    assert groups["figure"][1][:2] == ["money given for education", "teaching computers"]


def test_a_search_from_outside_a_programme_goes_to_the_first_that_one_sees(visitor, programme):
    assert visitor.get("/en/search?q=%E6%8B%A8")["Location"] == f"/en{HOME}search?q=%E6%8B%A8"
    Programme.objects.exclude(code="bj-ht").update(published=None)
    assert visitor.get("/search?q=a")["Location"].startswith("/p/bj-ht/")
    Programme.objects.update(published=None)
    assert visitor.get("/search?q=a")["Location"] == "/"


# ---- numbers, sums, other characters ---------------------------------------------------------------------------------


def test_traditional_characters_find_simplified_ones(visitor):
    assert found(visitor, "熱貢文化廣場")["record"] == (1, ["[热贡文化广场]"])


@pytest.mark.parametrize("asked", ["{n}", "#{n}", "gift-{n}", "捐助-{n}", "捐助{n}", "＃{n}"])
def test_a_record_is_found_by_its_number(visitor, asked):
    number = Record.objects.filter(programme__code="tj-hn", kind="gift").first().number
    assert hrefs(visitor, asked.format(n=number), "record")[0] == f"/r/gift-{number}"


def test_a_number_of_another_kind_is_not_found(visitor):
    number = Record.objects.filter(programme__code="tj-hn", kind="gift").first().number
    assert "record" not in found(visitor, f"项目-{number}")
    assert "record" not in found(visitor, f"gift-{number}0")


@pytest.mark.parametrize("asked", ["123.45万", "123.45万元", "1,234,500元", "１２３.４５万元", "拨付123.45万元"])
def test_a_payment_is_found_by_its_sum_however_it_is_written(visitor, programme, asked):
    pay(programme, 1_234_500, date(2011, 9, 1), "凭7")
    count, (name,) = found(visitor, asked)["record"]
    assert (count, name.replace("[", "").replace("]", "")) == (1, "拨付123.45万元")


def test_a_payment_is_found_by_its_voucher_and_what_was_found_stands_beside_its_name(visitor, programme):
    pay(programme, 500, date(2011, 9, 1), "凭-2011-77", purpose="设备款")
    page = visitor.get(f"{HOME}search?q=凭-2011-77").content.decode()
    assert found(visitor, "凭-2011-77")["record"] == (1, ["设备款"])
    assert '· <mark class="on">凭-2011-77</mark></small>' in page


@pytest.mark.parametrize(
    ("typed", "number", "fen", "rest"),
    [
        ("112", 112, None, ""), ("#112", 112, None, ""), ("p-112", None, None, ""), ("490万", None, 490 * 10**6, ""),
        ("490万元", None, 490 * 10**6, ""), ("拨付1.5亿", None, 15 * 10**9, "拨付"), ("0元", None, None, ""),
        ("2,000元", None, 2000 * 100, ""), ("0.001元", None, None, ""), ("1" * 16, None, None, ""), ("万元", None, None, ""),
    ],
)  # fmt: skip
def test_what_a_word_may_mean(typed, number, fen, rest):
    (word,) = question(typed).words
    assert (word.number, word.fen, word.rest) == (number, fen, rest)


# ---- order, all of a kind, pages -------------------------------------------------------------------------------------


def test_what_is_named_so_comes_first_then_what_begins_so_then_the_rest(visitor, programme):
    for voucher, purpose in enumerate(["补修校舍", "校舍", "校舍加固", "旧校舍"]):
        pay(programme, 100, date(2011, 9, 1), f"凭{voucher}", purpose=purpose)
    assert found(visitor, "校舍")["record"][1][:4] == ["[校舍]", "[校舍]加固", "旧[校舍]", "补修[校舍]"]


def test_all_of_a_kind_stand_on_pages_of_a_hundred(visitor, programme):
    for voucher in range(103):
        pay(programme, 100, date(2011, 9, 1), f"凭{voucher}", purpose="煤款")
    assert found(visitor, "煤款")["record"][0] == 103
    assert len(found(visitor, "煤款&of=entry")["entry"][1]) == 100
    page = visitor.get(f"{HOME}search?q=煤款&of=entry&from=100").content.decode()
    assert "101–103 / 103" in page
    assert "下一页" not in page
    assert "没有找到" in visitor.get(f"{HOME}search?q=煤款&of=gift").content.decode()
    for wrong in ("of=entry&from=x", "of=entry&from=-5", "of=entry&from=99999999", "of=no-such", "from=100"):
        assert visitor.get(f"{HOME}search?q=煤款&{wrong}").status_code == 200


def test_pages_below_the_menu_lists_of_kinds_and_forms_are_found_by_those_who_may_open_them(visitor):
    assert found(visitor, "决定与落实")["page"] == (1, ["[决定与落实]"])
    assert hrefs(visitor, "大事记", "page") == [f"{HOME}exchanges/timeline/"]
    assert "page" not in found(visitor, "登记捐助")
    assert found(signed_in("yewu"), "登记捐助")["page"][1][0] == "[登记捐助]"
    assert "page" not in found(visitor, "登录与读取记录")


def test_every_page_that_is_named_answers_those_whom_its_door_lets_in(visitor):
    client = signed_in("yewu")
    request = client.get(f"{HOME}search").wsgi_request
    for one in pages(Frame(open_book("tj-hn", PERIOD), request)):
        if lets_in(request, one.href) and not one.href.endswith(".docx"):
            assert client.get(one.href).status_code in (200, 302), one.href


def test_a_kind_leads_to_its_list_with_the_same_word(visitor):
    page = visitor.get(f"{HOME}search?q=黄南&of=gift").content.decode()
    assert f'href="{HOME}gifts/gift/?q=%E9%BB%84%E5%8D%97"' in page


def test_who_took_part_is_found_inside_only(visitor, programme):
    course = Training.objects.filter(record__programme=programme).first()
    (number,) = attend(course, [Attending(name="甲", unit="州医院")], programme=programme, person=OFFICER)
    assert index(freeze()).attendances["tj-hn"] == {number}
    assert "record" not in found(visitor, f"#{number}")
    assert found(signed_in("yewu"), f"#{number}")["record"][0] == 1


def test_after_an_act_only_new_segments_are_read(programme):
    before = index(freeze())
    pay(programme, 100, date(2011, 9, 1), "凭1")
    after = index(freeze())
    anew = {segment.table for segment in after.segments if segment not in before.segments}
    assert "entries" in anew
    assert anew.isdisjoint({"gifts", "projects", "trainings"})

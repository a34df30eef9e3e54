"""读材料: a text taken in, each sentence beside the record it would become, decided one by one and walked on to the book."""

import re
from html import unescape
from io import BytesIO

import docx
import pytest
from books import PERIOD, report_text, signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from prose_texts import HERE, OTHERS, parties_only, taken

from duikou.acts.evidence import keep_text
from duikou.records.models import (
    Document,
    Entry,
    Gift,
    Intent,
    Investment,
    Organisation,
    OtherSaying,
    Reviewed,
    Secondment,
    StatedTotal,
    Statement,
    Training,
    Wording,
)

WORDS = (
    "今年6月，市工商联向河南县一中捐资25万元用于购置图书。选派12名教师赴黄南州支教。\n"
    "全年计划安排资金5000万元，其中已拨付800万元。\n"
    "津门某某有限公司捐赠帐篷30顶。"
)


@pytest.fixture
def programme(settings, tmp_path, db):
    """The programme with its parties and none of its facts, in a folder of its own."""
    settings.VAR = tmp_path
    return parties_only()


@pytest.fixture
def officer(programme):
    """A programme officer, signed in."""
    return signed_in("yewu")


@pytest.fixture
def paper(programme):
    """A short text that has been taken in."""
    return taken(programme, WORDS)


def text(page):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def address(document):
    return f"{HERE}{document.pk}/"


def rows(client, document, prefix=""):
    """The articles of the page by their anchors."""
    page = client.get(prefix + address(document)).content.decode()
    return dict(re.findall(r'<article class="reads" id="([^"]+)"(.*?)</article>', page, re.DOTALL))


def row(client, document, kind, paragraph=""):
    """The article of the first passage that is read as a kind."""
    found = rows(client, document).items()
    return next(h for anchor, h in found if anchor.endswith(f"-{kind}") and anchor.startswith(f"c{paragraph}"))


def do(client, document, kind, step, paragraph="", **more):
    """Send one decision from the row as it stands, and follow it."""
    html = row(client, document, kind, paragraph)
    said = {name: unescape(value) for name, value in re.findall(r'name="(place|shown)" value="([^"]+)"', html)}
    return client.post(address(document), {**said, "step": step, **more}, follow=True).content.decode()


# ---- taking a text in ----------------------------------------------------------------------------------------------------


def post(client, **more):
    office = Organisation.objects.get(code="tjhzb").pk
    said = {"title": "简报", "issuer": office, "day": "2012-06-30", "medium": "notice", "grade": "issued"}
    return client.post(HERE, {**said, **more})


def test_pasted_words_become_a_document_with_its_text_and_lead_to_it(officer):
    answer = post(officer, words=WORDS)
    document = Document.objects.get(title="简报")
    assert answer.headers["Location"] == address(document)
    assert (document.paragraphs, document.issuer.code, str(document.last)) == (3, "tjhzb", "2012-06-30")
    assert "市工商联向河南县一中捐资25万元" in text(officer.get(address(document)).content.decode()).replace(" ", "")


def test_a_file_of_another_encoding_is_read_alike(officer):
    file = SimpleUploadedFile("简报.txt", WORDS.encode("gb18030"), "text/plain")
    answer = post(officer, file=file, title="")
    document = Document.objects.get(title="简报")
    assert answer.headers["Location"] == address(document)
    assert len(rows(officer, document)) == len(rows(officer, taken(document.record.programme, WORDS, title="另一份")))


def test_the_paragraphs_of_a_word_file_stand_on_the_page_of_the_document_too(officer):
    file, paper = BytesIO(), docx.Document()
    for line in WORDS.splitlines():
        paper.add_paragraph(line)
    paper.save(file)
    post(officer, file=SimpleUploadedFile("简报.docx", file.getvalue()))
    document = Document.objects.get(title="简报")
    do(officer, document, "donation_cash", "accept")
    page = officer.get(f"/d/{document.digest[:8]}/").content.decode()
    assert "捐资25万元" in text(page).replace(" ", "")
    assert "原文未收入" not in page
    assert f'/texts/{document.pk}/"' in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "没有选文件，也没有粘贴文字"),
        ({"words": "甲", "file": SimpleUploadedFile("a.txt", b"x")}, "两样留一样"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\3\4broken")}, "a.docx"),
        ({"words": "甲", "day": "2012-13-40"}, "日期"),
        ({"words": "甲", "issuer": ""}, "哪个单位的材料"),
    ],
)
def test_what_cannot_be_taken_names_the_field_and_nothing_is_kept(officer, more, said):
    before = Document.objects.count()
    answer = post(officer, **more)
    assert answer.status_code == 422
    assert said in text(answer.content.decode())
    assert Document.objects.count() == before


# ---- side by side --------------------------------------------------------------------------------------------------------


def test_the_sentence_stands_beside_the_record_with_the_words_that_decided(officer, paper):
    html = row(officer, paper, "donation_cash")
    assert '<mark class="on">25万元</mark>' in html
    assert "<q>捐资</q>" in html
    said = dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))
    assert said["金额"] == "25万元"
    assert said["支援单位"] == "天津市工商联"
    assert said["时间"] == "2012年6月"
    assert "新：账上没有" in text(html)


def test_what_has_no_record_says_why_and_may_be_read_otherwise(officer, paper):
    html = row(officer, paper, "funds_planned")
    assert "规划安排、计划下达的资金凭文件办理" in html
    assert "改读为别的" in html
    assert 'value="accept"' not in html
    edit = re.search(r'data-edit href="([^"]+)"', html)[1]
    assert "?as=funds_secured" in officer.get(edit).content.decode()


def test_an_unknown_giver_is_named_and_offered_as_new_and_the_gift_cannot_be_taken_as_it_stands(officer, paper):
    html = row(officer, paper, "donation_goods")
    assert "账上没有" in html
    assert "登记新单位" in html
    assert 'value="accept"' not in html


def test_the_coverage_stands_on_top(officer, paper):
    page = text(officer.get(address(paper)).content.decode())
    numbers, read, made, left = map(int, re.search(r"(\d+) 个数 (\d+) 读出 (\d+) 件已办 (\d+) 件待看", page).groups())
    assert (numbers, made) == (5, 0)
    assert numbers == read
    assert left == 5


def test_the_page_reads_in_english(officer, paper):
    page = officer.get("/en" + address(paper)).content.decode()
    assert "Still to look at" in page
    assert "New: not in the book" in page


# ---- deciding ------------------------------------------------------------------------------------------------------------


def test_a_gift_is_taken_with_its_passage_and_the_next_stands_ready(officer, paper):
    page = do(officer, paper, "donation_cash", "accept")
    gift = Gift.objects.get()
    assert (gift.amount_low, gift.giver.code, gift.receiver.code) == (25000000, "gsl", "hnxyz")
    assert f"/r/gift-{gift.pk}" in page
    fragment = Statement.objects.get(record=gift.pk, aspect="amount").passage.fragment
    assert "25万元" in fragment
    assert "25万元" in officer.get(f"/d/{paper.digest[:8]}/").content.decode()
    assert "donation_cash" not in str(list(rows(officer, paper)))


def test_money_told_in_one_sum_is_secured_and_then_kept_as_a_stated_total_of_payments(officer, programme):
    paper = taken(programme, "今年市级财政落实对口支援资金3000万元，其中800万元已拨付到位。")
    refused = do(officer, paper, "funds_disbursed", "accept")
    assert "第 1 段" in refused
    assert not StatedTotal.objects.exists()
    do(officer, paper, "funds_secured", "accept")
    do(officer, paper, "funds_disbursed", "accept")
    assert Entry.objects.get(state="secured").amount == 3000000000
    total = StatedTotal.objects.get()
    assert (total.of, total.amount_low, str(total.as_of)) == ("disbursed", 800000000, "2012-06-30")
    assert sorted(Reviewed.objects.values_list("verdict", flat=True)) == ["accepted", "total"]


def test_what_is_declined_is_not_offered_again_and_its_reason_stays(officer, paper):
    page = do(officer, paper, "secondment", "decline", usual="已在别处登记")
    assert "已在别处登记" in page
    assert not any(anchor.endswith("secondment") for anchor in rows(officer, paper))
    assert Reviewed.objects.get().verdict == "declined"


def test_what_has_changed_since_it_was_seen_is_not_done(officer, paper):
    html = row(officer, paper, "donation_cash")
    place = re.search(r'name="place" value="([^"]+)"', html)[1]
    page = officer.post(address(paper), {"place": place, "shown": "x", "step": "accept"}, follow=True).content.decode()
    assert "看一遍再办" in page
    assert not Gift.objects.exists()


def test_a_second_text_about_the_same_gift_agrees_and_joins_it(officer, paper, programme):
    do(officer, paper, "donation_cash", "accept")
    again = taken(programme, "6月，市工商联向河南县一中捐资25万元。", title="总结")
    html = row(officer, again, "donation_cash")
    assert "与账上一致" in html
    do(officer, again, "donation_cash", "join")
    assert Gift.objects.count() == 1
    said = Statement.objects.filter(record=Gift.objects.get().pk, aspect="amount")
    assert {s.passage.document.title for s in said} == {"简报", "总结"}


def test_a_text_of_the_other_side_is_set_beside_and_shows_on_the_page_of_two_sides(officer, paper, programme):
    do(officer, paper, "donation_cash", "accept")
    theirs = taken(programme, "6月，市工商联向河南县一中捐资30万元。", issuer="hn", title="州简报")
    page = officer.get(address(theirs)).content.decode()
    assert "这是对方的材料" in page
    do(officer, theirs, "donation_cash", "compare")
    assert Gift.objects.count() == 1
    sides = text(officer.get(f"/p/tj-hn/{PERIOD}/funds/sides/").content.decode())
    assert OtherSaying.objects.get().about.kind == "gift"
    assert "对方说30万元，账上为25万元" in sides


# ---- correcting and learning -----------------------------------------------------------------------------------------------


def form(client, edit, **changes):
    """The form's fields as a browser would send them, some changed."""
    page = re.sub(r'<input[^>]*type="checkbox"(?![^>]*checked)[^>]*>', "", client.get(edit).content.decode())
    said = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', body)
        said[name] = chosen[1] if chosen else ""
    said |= {
        name: unescape(body).strip("\r\n")
        for name, body in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    }
    return client.post(edit, {**{k: unescape(v) for k, v in said.items()}, "step": "confirm", **changes}, follow=True)


def edit_of(client, document, kind):
    return re.search(r'data-edit href="([^"]+)"', row(client, document, kind))[1]


def test_the_form_stands_prefilled_with_what_was_read_and_its_source_is_the_passage(officer, paper):
    page = officer.get(edit_of(officer, paper, "donation_cash")).content.decode()
    assert 'value="25万元"' in page
    assert 'value="购置图书"' in page
    assert "出自哪份文件" not in page
    assert "捐资" in page


def test_a_corrected_word_is_kept_as_the_offices_wording_and_works_the_next_time(officer, paper, programme):
    edit = edit_of(officer, paper, "donation_cash")
    answer = form(officer, edit, sector="culture", learn="购置图书")
    assert answer.status_code == 200
    assert Gift.objects.get().sector == "culture"
    assert Reviewed.objects.get().verdict == "corrected"
    assert Wording.objects.get().reads == "culture"
    again = taken(programme, "7月，市工商联向黄南州捐资40万元用于购置图书。", title="七月简报")
    html = row(officer, again, "donation_cash")
    assert dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html))["领域"] == "文化"
    assert "本单位上次改为" in html


def test_what_the_office_has_taught_is_listed_in_words_and_may_be_used_no_longer(officer, paper, programme):
    form(officer, edit_of(officer, paper, "donation_cash"), sector="culture", learn="购置图书")
    page = officer.get(HERE).content.decode()
    listed = page[page.index('id="taught"') :]
    assert [w in text(listed) for w in ("购置图书", "领域", "教育", "文化")] == [True] * 4
    officer.post(f"{HERE}taught/{Wording.objects.get().pk}/forget")
    assert not Wording.objects.exists()
    again = taken(programme, "7月，市工商联向黄南州捐资40万元用于购置图书。", title="七月简报")
    assert dict(re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", row(officer, again, "donation_cash")))["领域"] == "教育"


def test_another_kind_is_learnt_by_its_words(officer, paper, programme):
    edit = edit_of(officer, paper, "funds_planned") + "?as=funds_secured"
    form(officer, edit, source="city", learn="计划安排资金")
    entry = Entry.objects.get(state="secured")
    assert entry.amount == 5000000000
    again = taken(programme, "全年计划安排资金6000万元。", title="另一份", day=None)
    assert "落实资金" in text(row(officer, again, "funds_secured"))


def test_words_to_remember_that_do_not_stand_in_the_sentence_are_refused(officer, paper):
    answer = form(officer, edit_of(officer, paper, "donation_cash"), sector="culture", learn="没有的话")
    assert answer.status_code == 422
    assert "“没有的话”不在这一句里" in answer.content.decode()
    assert not Gift.objects.exists()


# ---- who may -------------------------------------------------------------------------------------------------------------


def test_a_visitor_and_an_auditor_do_not_find_the_page(programme, paper):
    assert Client().get(address(paper)).status_code in (302, 404)
    assert signed_in("shenji").get(address(paper)).status_code in (403, 404)


def test_a_county_clerk_reads_the_texts_of_the_own_county_only(programme, paper):
    own = taken(programme, "同仁县选派2名教师。", issuer="trx", title="县简报")
    clerk = signed_in("tongren")
    assert clerk.get(address(paper)).status_code == 404
    assert clerk.get(address(own)).status_code == 200
    listed = clerk.get(HERE).content.decode()
    assert "县简报" in listed
    assert "天津市人民政府合作交流办公室" not in re.search(r'<select name="issuer".*?</select>', listed, re.DOTALL)[0]


# ---- the report ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def report(programme, tmp_path):
    """The report itself, its text kept."""
    keep_text(report_text().read_bytes())
    return Document.objects.get(digest__startswith="4a0b8e5b")


def test_the_money_gifts_people_and_firms_of_the_report_are_taken_from_its_page(officer, report):
    for kind in ("funds_secured", "funds_disbursed", "project_count", "donation_cash", "donation_goods", "secondment",
                 "investment", "agreement_amount", "funds_raised"):  # fmt: skip
        while any(
            anchor.endswith(f"-{kind}") and 'value="accept"' in html for anchor, html in rows(officer, report).items()
        ):
            before = len(rows(officer, report))
            do(officer, report, kind, "accept")
            assert len(rows(officer, report)) < before, kind
    assert sorted(Gift.objects.exclude(amount_low=None).values_list("giver__code", "amount_low")) == [
        ("bhxq", 300000000), ("dggwh", 30000000), ("gsl", 160000000)
    ]  # fmt: skip
    assert list(Gift.objects.filter(form="goods").values_list("giver__code", "goods", "number_low")) == [
        ("bocfh", "教学用电脑", 20)
    ]
    assert list(Entry.objects.filter(state="secured").values_list("amount", flat=True)) == [2000000000]
    assert sorted(StatedTotal.objects.values_list("of", "amount_low")) == [("disbursed", 1000000000), ("projects", 12)]
    assert list(Secondment.objects.values_list("people_low", "direction")) == [(5, "to_supporting")]
    firm = Investment.objects.get()
    assert (firm.total_low, firm.capacity_high, firm.jobs_low, firm.output_low, firm.profit_low) == (
        6000000000, 72000, 90, 10000000000, 2000000000
    )  # fmt: skip
    assert (firm.status, firm.region, firm.output_basis) == ("in_production", "632324", "expected")
    assert Intent.objects.get().amount_hedge == "nearly"


def test_the_training_of_the_report_is_a_record_of_fifteen(officer, report):
    do(officer, report, "training", "accept", paragraph="20-")
    training = Training.objects.get(trainees_low=15)
    assert (str(training.first), training.basis) == ("2010-12-01", "actual")


def test_what_the_example_holds_already_is_shown_as_done(settings, tmp_path, db):
    settings.VAR = tmp_path
    parties_only(without=OTHERS)
    keep_text(report_text().read_bytes())
    document = Document.objects.get(digest__startswith="4a0b8e5b")
    page = text(signed_in("yewu").get(address(document)).content.decode())
    assert page.count("出处就在这里") >= 12


def test_other_programmes_of_the_report_are_set_aside(officer, report):
    page = officer.get(address(report)).content.decode()
    aside = page[page.index('id="aside"') :]
    assert all(f">第{n}段<" in aside for n in (23, 24, 25, 26, 27))


# ---- what the receiving side published ---------------------------------------------------------------------------------------

THEIRS = (
    "今年天津市落实对口支援资金2000万元。\n"
    "黄南州15名干部赴天津参加“天津·西部地区项目管理研修班”培训。\n"
    "有关单位向同仁县加吾乡小学捐赠教学用电脑20台。\n"
    "天津聚成公司在河南县投资，项目总投资6000万元，年加工矿泉水7.2万吨，即将投产。\n"
    "天津某房地产公司向黄南州捐资10万元。\n"
    "双方签署了《天津市人民政府和黄南藏族自治州人民政府关于进一步加强合作交流的框架协议》。"
)


@pytest.fixture
def theirs(settings, tmp_path, db):
    """A page of the receiving side beside the book that holds the report's facts."""
    settings.VAR = tmp_path
    return taken(parties_only(without=("receiving.toml", *OTHERS)), THEIRS, issuer="hn", day=None, title="州里的网页")


def verdicts(client, document):
    """How each passage stands to the book, by its paragraph and kind."""
    said = {}
    for anchor, html in rows(client, document).items():
        found = re.search(r'class="stands (\w+)"', html)
        said[int(anchor[1:].partition("-")[0]), anchor.rpartition("-")[2]] = found[1] if found else ""
    return said


def test_both_sides_agree_may_match_or_stand_alone_in_prose_as_they_do_in_files(theirs):
    found = verdicts(signed_in("yewu"), theirs)
    assert found[1, "funds_secured"] == "agrees"
    assert found[2, "training"] == "agrees"
    assert found[3, "donation_goods"] == "may_match"
    assert found[4, "investment"] == "may_match"
    assert found[5, "donation_cash"] == "alone"
    assert found[6, "agreement"] == "agrees"


def test_once_the_office_has_taught_who_is_meant_the_investment_differs_in_its_status(theirs):
    officer = signed_in("yewu")
    Wording.objects.create(
        record=Reviewed._meta.get_field("record").related_model.objects.create(
            number=10**6, kind="wording", programme=theirs.record.programme
        ),
        office="tjhzb", aspect="party", words="天津聚成公司", was="", reads="jctz",
    )  # fmt: skip
    assert verdicts(officer, theirs)[4, "investment"] == "differs"
    assert "原文说即将投产" not in row(officer, theirs, "investment")
    assert "对方说即将投产，账上为已投产" in row(officer, theirs, "investment")


def test_what_is_set_beside_counts_nowhere_and_shows_among_what_the_other_side_says(theirs):
    officer, gifts = signed_in("yewu"), Gift.objects.count()
    for kind in ("funds_secured", "donation_goods", "donation_cash"):
        do(officer, theirs, kind, "compare")
    assert Gift.objects.count() == gifts
    assert sorted(OtherSaying.objects.values_list("verdict", flat=True)) == ["agrees", "alone", "may_match"]
    page = officer.get(f"/p/tj-hn/{PERIOD}/funds/sides/").content.decode()
    assert f"/d/{theirs.digest[:8]}/p/3/" in page

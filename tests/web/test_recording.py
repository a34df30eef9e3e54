"""The form of one record of any kind: each kind recorded with its source, typed wrong, sent twice, corrected, asked for by others."""

import html
import re

import pytest
from books import signed_in
from kinds_examples import EXAMPLES, first, goods, org
from money_forms import key_of, refused, text

from duikou.acts.accepting import SUBJECTS
from duikou.acts.journal import head
from duikou.acts.verify import verify
from duikou.records.models import (
    Agreement,
    Assignment,
    Commitment,
    CommitmentReply,
    Decision,
    Document,
    Finding,
    Gift,
    Item,
    JournalLine,
    Link,
    Party,
    Record,
    Sale,
    Statement,
    Training,
    Visit,
)
from duikou.web.acting.folding import USUAL
from duikou.web.acting.kinds_fields import KINDS, fields_of
from duikou.web.acting.ways import about
from duikou.web.kinds.sections import OF_KIND

pytestmark = pytest.mark.sweep
BOOK = "/p/tj-hn/2012/"
PAPER = {"source_title": "关于报送情况的函", "source_number": "津援青办〔2012〕3号", "source_day": "2012年4月",
         "source_side": "supporting", "source_words": "照此办理"}  # fmt: skip


def new(kind):
    return f"{BOOK}{OF_KIND[kind]}/{kind}/new/"


def correct(kind, number):
    return f"{BOOK}{OF_KIND[kind]}/{kind}/{number}/correct/"


def send(client, where, **typed):
    """Open a form, fill it in, send it with the key it brought, and follow."""
    shown = client.get(where)
    assert shown.status_code == 200, text(shown)[:400]
    return client.post(where, {"key": key_of(shown.content.decode())} | typed, follow=True)


def done(client, where, **typed):
    """The same, and it was done: the address of the record that was written."""
    answer = send(client, where, **typed)
    errors = re.findall(r'class="errors".*?</div>', answer.content.decode(), re.S)
    assert answer.status_code == 200, errors
    assert "已办：" in text(answer)
    return re.search(r'class="said success"[^>]*>已办：[^<]*<a href="([^"]+)"', answer.content.decode())[1]


def shown(client, where):
    """The fields of an open form as they stand there, as a browser would send them back."""
    page = client.get(where).content.decode()
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        boxed = 'type="checkbox"' in tag
        if name and (not boxed or " checked" in tag):
            sent.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, body in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', page, re.S):
        sent[name] = [html.unescape(body).strip()]
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        sent[name] = [chosen[1] if chosen else ""]
    return {name: values for name, values in sent.items() if name not in ("csrfmiddlewaretoken", "q", "next")}


def at_field(answer, field, words):
    """The words stand at a field, and lead to it from the summary."""
    page = refused(answer, words)
    assert f'<a href="#id_{field}">' in page or f'<a href="#id_{field}_0">' in page
    return page


def test_there_is_an_example_of_every_kind_and_every_kind_is_in_a_section():
    assert set(EXAMPLES) == set(KINDS) == set(OF_KIND)
    assert set(KINDS) == {fact.kind for subject in SUBJECTS if subject.act for fact in subject.kinds}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_record_of_each_kind_is_recorded_with_the_paper_it_comes_from(programme, kind):
    example, words = EXAMPLES[kind]
    typed = example()
    address = done(signed_in("yewu"), new(kind), **typed, **PAPER)
    number = int(address.rpartition("-")[2])
    assert Record.objects.get(number=number).kind == kind
    page = text(signed_in("yewu").get(address))
    assert words in page
    assert "关于报送情况的函（津援青办〔2012〕3号）" in page
    paper = Document.objects.get(title="关于报送情况的函（津援青办〔2012〕3号）")
    whole = Statement.objects.get(record_id=number, aspect="")
    assert (whole.passage.document_id, whole.passage.fragment, whole.side) == (paper.pk, "照此办理", "supporting")
    assert not Finding.objects.filter(rule="evidence.1", record__links__to=number).exists()
    assert verify().true


@pytest.mark.parametrize("kind", EXAMPLES)
def test_the_form_by_which_a_record_of_each_kind_is_corrected_changes_nothing_by_itself(programme, kind):
    address = done(signed_in("yewu"), new(kind), **EXAMPLES[kind][0]())
    where = correct(kind, int(address.rpartition("-")[2]))
    before = head()
    answer = signed_in("yewu").post(where, shown(signed_in("yewu"), where) | {"reason": "再看一遍"})
    assert "没有改动" in refused(answer, "没有改动")
    assert head() == before


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"valuation"}))
def test_every_record_of_the_example_stands_in_its_form_as_it_is(programme, kind):
    for number in Record.objects.filter(kind=kind, programme=programme).values_list("number", flat=True):
        where, before = correct(kind, number), head()
        answer = signed_in("yewu").post(where, shown(signed_in("yewu"), where) | {"reason": "再看一遍"})
        refused(answer, "没有改动")
        assert head() == before


def test_a_record_without_a_paper_is_entered_and_asked_for_it(programme):
    answer = send(signed_in("yewu"), new("sale"), **EXAMPLES["sale"][0]())
    assert "记入待核：缺出处" in text(answer)
    (asked,) = Finding.objects.filter(rule="evidence.1")
    assert asked.record.links.get(role="about").to_id == Sale.objects.get().pk
    assert "写上出自哪份文件" in asked.remedy


SALE = EXAMPLES["sale"][0]


@pytest.mark.parametrize(
    ("kind", "field", "typed", "words"),
    [
        ("sale", "amount", "很多", "读不成金额"), ("sale", "amount", "-5", "太小或太大"), ("sale", "amount", "", "未写金额"),
        ("sale", "amount", "9999999亿元", "太小或太大"), ("sale", "when", "2012-02-30", "日历上没有"), ("sale", "when", "去年", "读不成日期"),
        ("sale", "when", "2099年", "不晚于"), ("sale", "region", "110000", "名单里没有这个地区"), ("sale", "type", "x", "名单里没有“x”"),
        ("sale", "product", "长" * 41, "40"), ("sale", "product", "", "没有填写"), ("sale", "buyer", "999999", "名单里没有这一项"),
        ("sale", "source", "999999", "名单里没有这一项"), ("sale", "link_rests_on", "1", "名单里没有这一项"),
        ("sale", "source_words", "词" * 21, "20"), ("sale", "source_number", "3号", "没有写是哪份文件"),
        ("visit", "when", "2099-04-02", "不晚于"), ("visit", "people", "40户", "不是人数"),
        ("visit", "party_visitor", ["999999"], "名单里没有这一项"), ("visit", "party_visitor", ["x"], "名单里没有这一项"),
        ("agreement", "party_party", [], "两方或以上"), ("leading_group", "list_role", "副组长：厅长", "未列组长"),
        ("leading_group", "list_role", "组长：" + "长" * 61, "至多 60 个字"), ("cohort", "year", "1900", "1949"),
        ("decision", "decided_by", "999999", "名单里没有这一项"), ("training", "person_times", "85人次", "人次不少于人数"),
        ("indicator", "target", "113", "没有写单位"), ("gift", "amount", "", "捐资、筹资须有金额"),
    ],
)  # fmt: skip
def test_what_is_odd_stands_at_its_field_and_nothing_is_written(programme, kind, field, typed, words):
    before, records = head(), Record.objects.count()
    answer = send(signed_in("yewu"), new(kind), **EXAMPLES[kind][0]() | {field: typed})
    stands_at = "source" if field == "source_number" else field
    at_field(answer, stands_at, words)
    assert (head(), Record.objects.count()) == (before, records)


def test_a_script_in_a_text_is_a_text(programme):
    client = signed_in("yewu")
    address = done(client, new("sale"), **SALE() | {"product": "<script>alert(1)</script>"})
    page = client.get(address).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_a_form_that_is_sent_twice_is_done_once(programme):
    client, where = signed_in("yewu"), new("sale")
    typed = {"key": key_of(client.get(where).content.decode())} | SALE()
    client.post(where, typed)
    again = client.post(where, typed, follow=True)
    assert "已办过，没有再办" in text(again)
    assert Sale.objects.count() == 1


def test_a_paper_is_chosen_or_new_and_only_one_of_both(programme):
    client, paper = signed_in("yewu"), Document.objects.filter(record__programme=programme).first()
    both = send(client, new("sale"), **SALE(), source=str(paper.pk), source_title="新文件")
    at_field(both, "source_title", "两样留一样")
    again = send(client, new("sale"), **SALE(), source_title=paper.title, source_side="receiving")
    at_field(again, "source_title", "账上已有")
    at_field(send(client, new("sale"), **SALE(), source_title="函"), "source_side", "没有填写")
    number = int(done(client, new("sale"), **SALE(), source=str(paper.pk)).rpartition("-")[2])
    said = Statement.objects.get(record_id=number, aspect="amount")
    assert (said.passage.document_id, said.side, said.said, said.value_low) == (
        paper.pk,
        "supporting",
        "120万元",
        120_000_000,
    )


def test_words_are_looked_for_in_the_paper_where_the_book_has_its_text(programme, monkeypatch):
    monkeypatch.setattr("duikou.web.acting.evidence.paragraphs", lambda digest: ("采购牦牛肉。", "共120万元。"))
    client, paper = signed_in("yewu"), Document.objects.filter(record__programme=programme).first()
    named = {"source": str(paper.pk)}
    at_field(send(client, new("sale"), **SALE(), **named), "source_words", "没有填写")
    at_field(send(client, new("sale"), **SALE(), **named, source_words="130万元"), "source_words", "不在《")
    number = int(done(client, new("sale"), **SALE(), **named, source_words="共120万元").rpartition("-")[2])
    assert Statement.objects.get(record_id=number, aspect="").passage.paragraph == 2


# ---- what is folded -------------------------------------------------------------------------------------------------------


def fold(page):
    """The names of the folded fields of a form, and whether the fold stands open; nothing without a fold."""
    found = re.search(r'<details class="fold"( open)?>(.*?)</details>', page, re.S)
    return (set(re.findall(r'name="([^"]+)"', found[2])), bool(found[1])) if found else (set(), False)


def test_what_is_said_usually_is_a_field_of_its_kind():
    assert {(kind, name) for kind, names in USUAL.items() for name in names if name not in fields_of(kind)} == set()


def test_rarely_used_fields_stand_folded_and_what_must_be_said_never(programme):
    folded, is_open = fold(signed_in("yewu").get(new("gift")).content.decode())
    assert folded == {"open_list", "directed", "receipt_number", "made_public", "link_rests_on", "link_carries_out"}
    assert not is_open
    assert "region" not in fold(signed_in("tongren").get(new("training")).content.decode())[0]


def test_a_fold_of_two_fields_is_none(programme):
    assert fold(signed_in("yewu").get(new("sale")).content.decode()) == (set(), False)


@pytest.mark.parametrize(("typed", "is_open"), [({"groups": "40户"}, True), ({"groups": "", "name": ""}, False)])
def test_a_fold_is_open_where_a_field_in_it_has_a_problem(programme, typed, is_open):
    answer = send(signed_in("yewu"), new("visit"), **EXAMPLES["visit"][0]() | {"list_reached": ""} | typed)
    assert answer.status_code == 422
    assert fold(answer.content.decode())[1] == is_open


def test_a_fold_is_open_where_the_record_that_is_corrected_says_something_in_it(programme):
    client = signed_in("yewu")
    number = int(done(client, new("gift"), **EXAMPLES["gift"][0]()).rpartition("-")[2])
    assert fold(client.get(correct("gift", number)).content.decode())[1]


def test_what_happened_without_its_day_is_asked_for_it(programme):
    answer = send(signed_in("yewu"), new("consultation"), **EXAMPLES["consultation"][0](), **PAPER)
    assert "记入待核：未写日期" in text(answer)
    assert Finding.objects.filter(rule="evidence.5").count() == 1
    done(
        signed_in("yewu"),
        new("consultation"),
        **EXAMPLES["consultation"][0](),
        **PAPER | {"source_title": "又一件"},
        when="2012年4月",
    )
    done(signed_in("yewu"), new("village"), **EXAMPLES["village"][0](), **PAPER | {"source_title": "第三件"})
    assert Finding.objects.filter(rule="evidence.5").count() == 1


# ---- whose work it is ----------------------------------------------------------------------------------------------------


def test_a_county_clerk_records_in_the_own_county_only(programme):
    clerk = signed_in("tongren")
    (offered,) = re.findall(r'<select name="region".*?</select>', clerk.get(new("sale")).content.decode(), re.S)
    assert re.findall(r'value="(\d+)"', offered) == ["632301"]
    at_field(send(clerk, new("sale"), **SALE() | {"region": "632322"}), "region", "名单里没有这个地区")
    done(clerk, new("sale"), **SALE())
    for kind in ("training", "secondment"):
        at_field(send(clerk, new(kind), **EXAMPLES[kind][0]()), "region", "没有填写")
    assert Training.objects.filter(subject="双语教师培训").count() == 0
    done(clerk, new("training"), **EXAMPLES["training"][0]() | {"region": "632301"})
    assert Training.objects.filter(subject="双语教师培训", region="632301").count() == 1


@pytest.mark.parametrize(
    ("account", "kind", "status"),
    [("tongren", "decision", 403), ("qianfang", "decision", 403), ("qianfang", "visit", 200), ("shenji", "gift", 403)],
)
def test_a_form_opens_for_those_whose_work_it_is(programme, account, kind, status):
    assert signed_in(account).get(new(kind)).status_code == status


def test_only_a_programme_officer_corrects(programme):
    where = correct("gift", first(Gift))
    assert [signed_in(a).get(where).status_code for a in ("yewu", "qianfang", "tongren")] == [200, 403, 403]


@pytest.mark.parametrize("where", ["gifts/visit/new/", "gifts/project/new/", "gifts/nothing/new/"])
def test_a_kind_that_is_not_of_the_section_has_no_form(programme, where):
    assert signed_in("yewu").get(BOOK + where).status_code == 404


def test_a_record_of_another_kind_section_or_programme_is_not_corrected_here(programme):
    gift = first(Gift)
    for where in (f"gifts/valuation/{gift}", f"people/gift/{gift}", "gifts/gift/999999", f"gifts/gift/{2**70}"):
        assert signed_in("yewu").get(f"{BOOK}{where}/correct/").status_code == 404


# ---- corrections ----------------------------------------------------------------------------------------------------------


def test_before_and_after_of_a_correction_stand_in_the_history(programme):
    client = signed_in("yewu")
    address = done(client, new("sale"), **SALE(), **PAPER)
    number = int(address.rpartition("-")[2])
    typed = shown(client, correct("sale", number)) | {"amount": "12万元", "reason": "多写一位"}
    answer = client.post(correct("sale", number), typed, follow=True)
    assert "已办：" in text(answer)
    page = text(client.get(address))
    assert "金额：120万元 → 12万元" in page
    assert "多写一位" in page
    said = Statement.objects.get(record_id=number, aspect="amount")
    assert (said.value_low, said.said) == (12_000_000, "12万元")
    assert verify().true


def test_a_source_that_was_lacking_is_given_by_a_correction(programme):
    client = signed_in("yewu")
    number = int(done(client, new("sale"), **SALE()).rpartition("-")[2])
    typed = shown(client, correct("sale", number)) | PAPER | {"reason": "补出处"}
    assert "已办：" in text(client.post(correct("sale", number), typed, follow=True))
    assert Statement.objects.get(record_id=number, aspect="").passage.document.title.startswith("关于报送情况的函")


def test_a_party_that_is_taken_out_is_struck_out_and_seen_no_more(programme):
    client = signed_in("yewu")
    address = done(client, new("agreement"), **EXAMPLES["agreement"][0]())
    number = int(address.rpartition("-")[2])
    typed = shown(client, correct("agreement", number))
    typed |= {"party_party": [*typed["party_party"], org("ysx")], "list_field": ["医师轮训"], "reason": "照协议改"}
    assert "已办：" in text(client.post(correct("agreement", number), typed, follow=True))
    assert sorted(Party.objects.filter(record=number).values_list("role", flat=True)) == ["party"] * 3
    assert sorted(Item.objects.filter(record=number).values_list("list", "text")) == [
        ("field", "医师轮训"), ("struck", "远程会诊")
    ]  # fmt: skip
    page = text(client.get(address))
    assert "照协议改" in page
    assert "合作领域 医师轮训" in page
    assert verify().true


def test_what_stops_a_record_stops_its_correction(programme):
    client = signed_in("yewu")
    number = int(done(client, new("visit"), **EXAMPLES["visit"][0]()).rpartition("-")[2])
    before = head()
    typed = shown(client, correct("visit", number)) | {"when": "2099-04-02", "reason": "改日期"}
    at_field(client.post(correct("visit", number), typed), "when", "不晚于")
    at_field(client.post(correct("visit", number), typed | {"when": "2012-04-03", "reason": ""}), "reason", "没有填写")
    assert head() == before
    assert str(Visit.objects.get(pk=number).first) == "2012-04-02"


def test_what_someone_else_corrected_meanwhile_is_not_changed_back_in_silence(programme):
    client = signed_in("yewu")
    number = int(done(client, new("sale"), **SALE()).rpartition("-")[2])
    mine, others = (shown(client, correct("sale", number)) for _ in range(2))
    client.post(correct("sale", number), others | {"product": "酸奶", "reason": "改品名"})
    answer = client.post(correct("sale", number), mine | {"amount": "13万元", "reason": "改金额"})
    page = refused(answer, "又改了这条记录")
    again = mine | {"amount": "13万元", "reason": "改金额", "seen": re.search(r'name="seen" value="(\d+)"', page)[1]}
    assert "已办：" in text(client.post(correct("sale", number), again | {"key": "k2"}, follow=True))


# ---- ways from one record to the next -------------------------------------------------------------------------------------


def test_what_is_recorded_about_a_record_is_one_step_from_its_page():
    ways = {kind: {other for other, _ in about(kind)} for kind in KINDS}
    assert {kind: others for kind, others in ways.items() if others} == {
        "investment": {"investment_step", "investment_result"}, "gift": {"valuation", "gift_use"},
        "agreement": {"indicator"}, "commitment": {"commitment_reply"}, "study_class": {"cohort"},
    }  # fmt: skip


def test_the_page_of_a_record_leads_to_its_correction_and_to_what_is_recorded_about_it(programme):
    page = signed_in("yewu").get(f"/r/gift-{goods()}").content.decode()
    assert re.search(rf'href="/p/tj-hn/[^"/]+/gifts/gift/{goods()}/correct/">更正', page)
    (use,) = re.findall(r'href="([^"]+)">登记捐助使用', page)
    assert f'<option value="{goods()}" selected>' in signed_in("yewu").get(use).content.decode()
    seen = signed_in("shenji").get(f"/r/gift-{goods()}").content.decode()
    assert "更正</a>" not in seen
    assert "登记折价" not in seen


def test_an_assignment_is_answered_on_its_own_form_once(programme):
    client = signed_in("yewu")
    address = done(client, new("assignment"), **EXAMPLES["assignment"][0]())
    (answer,) = re.findall(r'href="([^"]+)">办结', client.get(address).content.decode())
    at_field(send(client, answer, answer="已核清", day="2012-04-01"), "day", "2012-04-02 或以后")
    done(client, answer, answer="已核清", day="2012-04-20")
    row = Assignment.objects.get(content="核清教师数")
    assert (row.answer, str(row.answered)) == ("已核清", "2012-04-20")
    assert ">办结</a>" not in client.get(address).content.decode()


def test_a_reply_and_a_decision_lead_back_to_what_they_are_about(programme):
    client = signed_in("yewu")
    done(client, new("commitment_reply"), **EXAMPLES["commitment_reply"][0]())
    assert CommitmentReply.objects.get(text="已完成一半").commitment_id == int(first(Commitment))
    done(client, new("decision"), **EXAMPLES["decision"][0]())
    made = Decision.objects.get(number="纪要〔2012〕7号")
    assert list(Link.objects.filter(record=made.pk).values_list("role", "to_id")) == [
        ("decides", int(first(Agreement)))
    ]


def test_the_act_of_each_form_is_the_act_of_its_kind(programme):
    client = signed_in("yewu")
    for kind, act in (("sale", "record_cooperation"), ("consultation", "record_plan"), ("visit", "record_contact")):
        done(client, new(kind), **EXAMPLES[kind][0]())
        assert f'"act":"{act}"' in JournalLine.objects.order_by("number").last().header

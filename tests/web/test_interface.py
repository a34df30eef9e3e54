"""The interface: what it answers, and the page that tells it."""

import re
from datetime import date

import pytest
from books import PERIOD, pay
from programs import key, why, with_key

from duikou.acts.journal import head
from duikou.records.models import Document, Gift, JournalLine, Office, Programme, Record
from duikou.rules.rights import contains
from duikou.web.addresses import area_of

pytestmark = pytest.mark.usefixtures("unhurried")
FIGURE = f"donations.education:tj-hn.{PERIOD}"


# ---- what it answers -----------------------------------------------------------------------------------------------


def test_a_visitor_sees_the_public_programmes_with_their_periods(visitor):
    found = {p["code"]: p for p in visitor.get("/api/programmes").json()}
    assert found["tj-hn"]["period"]["code"] == PERIOD
    assert found["tj-hn"]["supporting"] == {"code": "120000", "zh": "天津市", "en": "Tianjin"}
    assert [year["code"] for year in found["tj-hn"]["years"]] == ["2010", "2011"]
    Programme.objects.filter(code="tj-hn").update(published=None)
    assert "tj-hn" not in {p["code"] for p in visitor.get("/api/programmes").json()}


def test_a_sheet_says_itself_in_a_chinese_sentence(visitor):
    said = visitor.get("/api/sheets/donations.education").json()
    assert said["sentence"].startswith("教育类捐资与筹资：取捐助登记中形式为“捐资”或“筹资”")
    assert said["cuts"] == {"g": "giver"}
    assert said in visitor.get("/api/sheets").json()
    assert "同类有" in why(visitor.get("/api/sheets/donations.nothing"))["detail"]


def test_a_figure_is_whole_fen_with_both_ends_and_its_hedge(visitor):
    said = visitor.get(f"/api/figures/{FIGURE}").json()
    assert (said["value"]["low"], said["value"]["high"], said["value"]["unit"]) == (490000000, 490000000, "fen")
    assert said["writing"]["text"] == "490万元"
    capacity = visitor.get(f"/api/figures/enterprises.jobs:tj-hn.{PERIOD}").json()
    assert (capacity["value"]["low"], capacity["value"]["high"]) == (90, 99)  # 近百名
    assert capacity["writing"]["hedge"] == "nearly"


def test_what_is_not_reported_is_empty_and_not_zero(visitor):
    said = visitor.get(f"/api/figures/funds.spent:tj-hn.{PERIOD}").json()
    assert (said["value"]["low"], said["value"]["high"], said["writing"]["hedge"]) == (None, None, None)
    assert said["standing"]["blank"] == "来源未报"


def test_a_trail_leads_to_records_and_passages_and_is_the_one_of_the_page(visitor):
    said = visitor.get(f"/api/figures/{FIGURE}/trail").json()
    assert said["equation"] == "300万元 ＋ 160万元 ＋ 30万元 ＝ 490万元"
    counted = [m for m in said["members"] if m["counted"]]
    assert [m["low"] for m in sorted(counted, key=lambda m: -m["low"])] == [300000000, 160000000, 30000000]
    assert {p["paragraph"] for m in counted for p in m["passages"]} == {20}
    assert said["members"] == visitor.get(f"/f/{FIGURE}.json").json()["members"]


def test_a_figure_at_a_line_is_that_of_the_line(programme, visitor):
    name, before = f"funds.disbursed:tj-hn.{PERIOD.replace('2011-08', '2012-03')}", head().number
    visitor.get(f"/api/figures/{name}")
    pay(programme, 2000000, date(2012, 3, 5), "V-1")
    assert visitor.get(f"/api/figures/{name}").json()["value"]["low"] == 1200000000
    then = visitor.get(f"/api/figures/{name}@{before}").json()
    assert (then["value"]["low"], then["identity"]["line"]) == (1000000000, before)
    assert "没有可用的时点数据" in why(visitor.get(f"/api/figures/{name}@999"))["detail"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("funds.nothing:tj-hn.2011", "没有口径"), ("funds.secured:tj-hn.2011-13", "日历上没有"),
     ("funds.secured:tj-hn.2011;g=x", "不能按 g 分组"), ("funds.secured:nobody.2011", "看不到")],
)  # fmt: skip
def test_a_name_that_names_no_figure_is_not_there(visitor, name, said):
    assert said in why(visitor.get(f"/api/figures/{name}"))["detail"]


def test_a_table_has_the_lines_of_the_page_with_their_figures_and_its_checks(visitor):
    said = visitor.get(f"/api/programmes/tj-hn/{PERIOD}/tables/overview").json()
    line = next(line for line in said["lines"] if line.get("label") == "捐资与筹资合计")
    assert line["figure"]["identity"]["name"] == FIGURE
    assert said["lines"][0] == {"group": "一、财政援助资金"}
    assert [check["code"] for check in said["checks"]] == ["equal", "within", "equal", "within"]
    assert visitor.get("/api/tables").json()[0]["code"] == "overview"
    assert why(visitor.get(f"/api/programmes/tj-hn/{PERIOD}/tables/nothing"))["status"] == 404


def test_records_come_by_number_in_pages_without_one_missing_or_twice(visitor):
    found, after = [], 0
    while after is not None:
        page = visitor.get(f"/api/programmes/tj-hn/records?limit=7&after={after}").json()
        assert 0 < len(page["records"]) <= 7
        found += [r["number"] for r in page["records"]]
        after = page["next"]
    offices = ("office", "account", "appointment", "key")
    kept = Record.objects.filter(programme__code="tj-hn").exclude(kind__in=offices).order_by("number")
    assert found == list(kept.values_list("number", flat=True))
    gifts = visitor.get("/api/programmes/tj-hn/records?kind=gift").json()["records"]
    assert {r["kind"]["zh"] for r in gifts} == {"捐助"}


def test_a_county_sees_the_records_of_its_own_area_only(programme):
    Programme.objects.update(published=None)
    client = with_key(key("tongren"))
    shown = {r["number"] for r in client.get("/api/programmes/tj-hn/records?limit=500").json()["records"]}
    kept = Record.objects.filter(programme=programme).exclude(kind__in=("appointment", "key"))
    inside = {r.number for r in kept if contains("632321", area_of(r))}
    assert shown == inside
    outside = kept.exclude(number__in=inside).first()
    assert client.get(f"/api/records/{outside.number}").status_code == 404


def test_a_record_tells_its_fields_statements_links_and_history(visitor):
    gift = Gift.objects.get(amount_low=160000000)
    said = visitor.get(f"/api/records/{gift.pk}").json()
    assert {"label": "金额", "text": "160万元", "inferred": False} in said["fields"]
    assert (said["stored"]["amount_low"], said["stored"]["amount_unit"]) == (160000000, "fen")
    statement = next(s for s in said["statements"] if s["aspect"] == "amount")
    assert statement["value"] == {
        "low": 160000000,
        "high": 160000000,
        "unit": "fen",
        "hedge": "exact",
        "text": "160万元",
    }
    assert statement["passage"]["paragraph"] == 20
    assert statement["agrees"] is None  # the text is not in the project
    assert [(change["act"], change["changed"]) for change in said["history"]] == [("载入文件", [])]


def test_every_record_of_the_book_can_be_told(auditor):
    kept = Record.objects.exclude(kind__in=("office", "account", "appointment", "key"))
    assert {auditor.get(f"/api/records/{r.number}").status_code for r in kept} == {200}
    assert auditor.get(f"/api/records/{Office.objects.first().pk}").status_code == 404


def test_a_link_to_what_one_may_not_see_is_left_out(programme, visitor):
    question = Record.objects.filter(programme=programme, kind="finding").first()
    about = visitor.get(f"/api/records/{question.number}").json()["links"]
    assert about
    hidden = Programme.objects.exclude(code="tj-hn").first()
    Programme.objects.filter(pk=hidden.pk).update(published=None)
    Record.objects.filter(number=about[0]["record"]["number"]).update(programme=hidden)
    assert visitor.get(f"/api/records/{question.number}").json()["links"] == about[1:]


def test_a_document_tells_what_rests_on_it(visitor):
    paper = visitor.get("/api/programmes/tj-hn/documents").json()[0]
    said = visitor.get(f"/api/documents/{paper['digest'][:8]}").json()
    assert said["title"] == "关于天津市对口援青工作的情况汇报"
    assert {"fragment": "490万元"} not in said["statements"]
    assert [s["paragraph"] or 0 for s in said["statements"]] == sorted(s["paragraph"] or 0 for s in said["statements"])
    assert said["number"] == visitor.get(f"/api/documents/{paper['number']}").json()["number"]


def test_the_whole_text_is_for_those_who_may_see_it(programme, visitor, monkeypatch):
    monkeypatch.setattr("duikou.web.interface.documents.paragraphs", lambda digest: ("甲段", "乙段"))
    paper = Document.objects.filter(record__programme=programme).exclude(digest="").first()
    address = f"/api/documents/{paper.digest}/text"
    assert visitor.get(address).json() == {"digest": paper.digest, "paragraphs": ["甲段", "乙段"]}
    Document.objects.update(published=None)
    assert visitor.get(address).status_code == 404
    assert with_key(key("yewu")).get(address).json()["paragraphs"] == ["甲段", "乙段"]


def test_a_text_not_given_is_not_there_and_one_withdrawn_is_gone(programme, visitor):
    paper = Document.objects.filter(record__programme=programme).exclude(digest="").first()
    address = f"/api/documents/{paper.digest}/text"
    assert why(visitor.get(address))["detail"] == "这件资料没有收入原文"
    Document.objects.filter(pk=paper.pk).update(withdrawn=date(2012, 1, 2))
    assert "2012年1月2日 撤下" in why(visitor.get(address))["detail"]
    assert visitor.get(f"/api/documents/{paper.digest}").json()["withdrawn"] is True


def test_the_journal_is_read_line_by_line_as_it_was_stored(auditor):
    said = auditor.get("/api/journal/head").json()
    assert (said["line"], said["full"]) == (head().number, head().full)
    lines = auditor.get("/api/journal?limit=500").json()["lines"]
    assert [line["number"] for line in lines] == list(range(1, head().number + 1))
    assert lines[0]["act"]["code"] == "open_book"
    page = auditor.get(f"/api/journal?limit=2&after={head().number - 1}").json()
    assert (len(page["lines"]), page["next"]) == (1, None)
    long = max(lines, key=lambda line: line["rows"])
    whole = auditor.get(f"/api/journal/{long['number']}?limit=3").json()
    assert whole["header"] == JournalLine.objects.get(number=long["number"]).header
    assert [i["position"] for i in whole["images"]] == [1, 2, 3]
    assert whole["next"] == 3


# ---- the page ------------------------------------------------------------------------------------------------------


def test_the_page_tells_every_operation_and_needs_no_script_of_its_own(visitor):
    page = visitor.get("/api/")
    told = visitor.get("/api/openapi.json").json()
    text = page.content.decode()
    for path, methods in told["paths"].items():
        assert f"<code>{path}</code>" in text
        for operation in methods.values():
            assert operation["summary"] in text
    for name in told["components"]["schemas"]:
        assert f'id="shape-{name}"' in text
    assert not re.search(r"<script(?![^>]*\bsrc=\"/static/)", text)
    assert "unsafe" not in page["Content-Security-Policy"]


def test_the_page_stands_in_english_too_and_the_operations_in_no_language(visitor):
    assert 'lang="en"' in visitor.get("/en/api/").content.decode()
    assert visitor.get("/en/api/programmes").status_code == 404


def test_the_examples_of_the_page_are_answered(programme, auditor):
    text = auditor.get("/api/").content.decode()
    shown = re.findall(r'"http://testserver(/api/[^"<]*)"</pre>', text)
    acting = ("disbursements", "receipts", "steps", "projects/")  # the rest that is written to is read there too
    reading = [address for address in shown if not any(part in address for part in acting)]
    assert len(reading) > 10
    assert {address: auditor.get(address).status_code for address in reading if "text" not in address} == {
        address: 200 for address in reading if "text" not in address
    }


def test_the_schema_documents_every_refusal_of_every_operation(visitor):
    told = visitor.get("/api/openapi.json").json()
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            needed = {"401", "429"} | ({"404", "422"} if "{" in path else set())
            needed |= {"400", "403", "413", "415"} if method == "post" else set()
            assert needed <= set(operation["responses"]), path
            refusals = [r for status, r in operation["responses"].items() if int(status) >= 400]
            assert all("application/problem+json" in r["content"] for r in refusals)

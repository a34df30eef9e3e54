"""The interface: what it answers, what it records, whom it believes, how it refuses."""

import json
import re
from datetime import date, timedelta

import pytest
from books import OFFICER, PERIOD, pay, signed_in
from django.test import Client
from money import DAY, DESK, WAN, county

from duikou.acts.doing import today
from duikou.acts.journal import head, header_of
from duikou.acts.notices import issue_notice
from duikou.acts.offices import issue_key, revoke_key
from duikou.records.models import Account, Document, Entry, Gift, JournalLine, Key, Office, Programme, Record
from duikou.rules import notices
from duikou.rules.period import on
from duikou.rules.rights import contains
from duikou.web.addresses import area_of
from duikou.web.interface import keys

FIGURE = f"donations.education:tj-hn.{PERIOD}"
PAYMENTS = "/api/programmes/tj-hn/disbursements"
GOOD = {"amount_fen": 200000000, "paid_on": "2012-03-05", "receiver": "hn", "voucher": "津财拨7号", "purpose": "教育"}
A_MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def counts(settings):
    """Counts of questions that no other test has filled."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "interface"}}
    from django.core.cache import cache

    cache.clear()


def key(account="caiwu", code="a-key", begins=0, days=30, programme="tj-hn"):
    """A key of the office and role of a demonstration account."""
    kept = Account.objects.get(code=account)
    return issue_key(
        code, office=kept.office, role=kept.appointments.get().role, begins=today() + timedelta(days=begins),
        ends=today() + timedelta(days=begins + days), person=OFFICER,
        programme=Programme.objects.get(code=programme) if programme else None,
    )  # fmt: skip


def with_key(secret, scheme="Bearer"):
    return Client(headers={"Authorization": f"{scheme} {secret}"})


@pytest.fixture
def program(programme):
    """A program with the key of a finance clerk."""
    return with_key(key())


def post(client, address, body, **more):
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(address, data, **({"content_type": "application/json"} | more))


def check(client, **more):
    return post(client, f"{PAYMENTS}/check", GOOD | more)


def record(client, *payments, line=None):
    return post(
        client, PAYMENTS, {"line": head().number if line is None else line, "disbursements": list(payments or [GOOD])}
    )


def why(answer):
    """The problem details of a refusal, which has the one shape."""
    assert answer["Content-Type"] == "application/problem+json"
    said = answer.json()
    assert list(said) == ["type", "title", "title_en", "status", "detail", "detail_en", "instance", "problems"]
    assert said["status"] == answer.status_code
    return said


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


# ---- what it records -----------------------------------------------------------------------------------------------


def test_a_check_tells_the_case_and_the_sums_and_writes_nothing(program):
    before = head().number
    said = check(program, paid_on="2011-08-01").json()
    assert said["case"]["code"] == "fills"
    assert (said["now"]["listed"], said["then"]["listed"]) == (0, 200000000)
    assert said["allowed"]
    assert [p["rule"] for p in said["problems"]] == ["funds.3"]  # history never stops
    later = check(program).json()
    assert (later["case"]["zh"], later["then"]["disbursed"]) == ("加在来源总数之后", 1200000000)
    assert later["line"] == before == head().number


def test_a_check_says_every_problem_with_its_rule_in_both_languages(program):
    pay(Programme.objects.get(code="tj-hn"), 1000, date(2012, 3, 5), "津财拨7号")
    said = check(program, amount_fen=300000000000).json()
    assert not said["allowed"]
    problems = {p["rule"]: p for p in said["problems"]}
    assert problems["funds.7"]["found"] == "凭证 津财拨7号 已记过"
    assert problems["funds.2"]["field"] == "amount"
    assert problems["funds.2"]["sentence"] == {
        "zh": "拨付不得超过已落实而尚未拨付的资金。",
        "en": "No more is disbursed than is secured and not yet disbursed.",
    }


def test_payments_are_recorded_in_one_line_under_the_key(program):
    answer = record(program, GOOD, GOOD | {"voucher": "津财拨8号", "amount_fen": 100})
    assert answer.status_code == 201
    said = answer.json()
    assert [Entry.objects.get(pk=n).amount for n in said["records"]] == [200000000, 100]
    assert (said["line"], said["head"]) == (head().number, head().full)
    assert header_of(JournalLine.objects.get(number=said["line"]))["person"] == "key:a-key"


def test_one_wrong_payment_keeps_the_whole_list_out_and_all_problems_are_told(program):
    before = head().number
    said = why(record(program, GOOD, GOOD, GOOD | {"voucher": "津财拨9号", "paid_on": "2999-01-01", "amount_fen": 0}))
    assert {(p["place"], p["rule"]) for p in said["problems"] if p["weight"] == "stops"} == {
        ("第 2 笔", "funds.7"), ("第 3 笔", "funds.1"), ("第 3 笔", "funds.6"),
    }  # fmt: skip
    assert said["status"] == 422
    assert head().number == before


def test_who_is_paid_and_for_what_must_be_of_the_programme(program):
    said = why(record(program, GOOD | {"receiver": "nobody"[:6]}, GOOD | {"project": 1}))
    assert [(p["place"], p["field"], p["found"]) for p in said["problems"]] == [
        ("第 1 笔", "receiver", "nobody"), ("第 2 笔", "project", "1"),
    ]  # fmt: skip


def test_a_check_that_is_out_of_date_records_nothing(program):
    line = check(program).json()["line"]
    pay(Programme.objects.get(code="tj-hn"), 1000, date(2012, 3, 5), "V-1")
    said = why(record(program, line=line))
    assert said["status"] == 409
    assert f"核对时账本在第 {line} 行，现在到第 {line + 1} 行" in said["detail"]
    assert not Entry.objects.filter(voucher="津财拨7号").exists()


def test_the_same_request_sent_again_is_recorded_once(program):
    line = head().number
    assert [record(program, line=line).status_code for _ in range(2)] == [201, 409]
    assert Entry.objects.filter(voucher="津财拨7号").count() == 1


def test_what_cannot_be_seen_in_a_text_is_not_recorded(program):
    record(program, GOOD | {"voucher": " 津财\u200b拨\n7号\x00 "})
    assert Entry.objects.filter(voucher="津财拨 7号").exists()


# ---- of a fund, under a notice --------------------------------------------------------------------------------------


def test_a_payment_under_a_notice_draws_on_what_it_issued(programme, program):
    book = county(programme)
    project = book.projects["引水工程"]
    line = notices.Line(amount=90 * WAN, project=project, fund=book.fund)
    fact = notices.Notice(number="津财〔2012〕8号", type="issue", side="supporting", when=on(DAY), lines=(line,))
    notice = issue_notice(fact, programme=programme, person=DESK)
    told = {"fund": book.fund, "notice": notice, "project": project, "amount_fen": 60 * WAN}
    said = check(program, **told).json()
    assert said["allowed"]
    assert (said["draws_on"]["position"]["code"], said["draws_on"]["owner"]) == ("allotment", "引水工程")
    assert (said["draws_on"]["now"], said["draws_on"]["then"]) == (90 * WAN, 30 * WAN)
    assert (said["then"]["disbursed"], said["then"]["pool"]) == (60 * WAN, 910 * WAN)  # of this fund
    # the pool of 910 万元 is not drawn on by what the notice issued: both payments of the list are there
    free = GOOD | {"fund": book.fund, "amount_fen": 910 * WAN, "voucher": "津财拨8号"}
    assert record(program, GOOD | told, free).status_code == 201
    assert (book.balance("allotment", project), book.balance("pool")) == (30 * WAN, 0)
    more = check(program, **told | {"voucher": "津财拨9号"}).json()
    assert (more["allowed"], [p["rule"] for p in more["problems"]]) == (False, ["ledger.1"])


def test_fund_and_notice_must_be_of_the_programme_and_of_each_other(programme, program):
    book = county(programme)
    wrong = [{"fund": 1}, {"notice": 1}, {"notice": book.fund}]
    said = why(record(program, *(GOOD | one for one in wrong)))
    assert [(p["place"], p["field"], p["found"]) for p in said["problems"]] == [
        ("第 1 笔", "fund", "1"), ("第 2 笔", "notice", "1"), ("第 3 笔", "notice", str(book.fund)),
    ]  # fmt: skip
    line = notices.Line(amount=90 * WAN, project=book.projects["引水工程"], fund=book.fund)
    fact = notices.Notice(number="津财〔2012〕8号", type="issue", side="supporting", when=on(DAY), lines=(line,))
    notice = issue_notice(fact, programme=programme, person=DESK)
    (problem,) = why(check(program, notice=notice))["problems"]
    assert (problem["field"], problem["found"]) == ("fund", "这份指标文件下达的是“2012年市级资金”")


# ---- whom it believes ----------------------------------------------------------------------------------------------


def test_a_visitor_who_acts_is_told_to_say_who_it_is(visitor):
    answer = check(visitor)
    assert why(answer)["status"] == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer dk-" in why(answer)["detail"]


def test_one_without_the_duty_is_told_who_has_it_and_who_grants_it(auditor):
    said = why(check(auditor))
    assert said["status"] == 403
    assert "登记拨付由业务员、财务办理" in said["detail"]
    assert "要开通找天津市人民政府合作交流办公室安全管理员" in said["detail"]


def test_a_session_changes_something_only_with_its_token(programme, clerk):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    assert "X-CSRFToken" in why(check(strict))["detail"]
    form = strict.get(f"/p/tj-hn/{PERIOD}/funds/new").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', form)[1]
    assert post(strict, f"{PAYMENTS}/check", GOOD, headers={"X-CSRFToken": token}).status_code == 200


def test_a_key_that_opens_nothing_is_told_why(programme):
    day = today()
    ended, coming, revoked = key(code="ended"), key(code="coming", begins=3), key(code="gone")
    Key.objects.filter(code="ended").update(begins=day - timedelta(days=9), ends=day - timedelta(days=1))
    revoke_key(Key.objects.get(code="gone"), person=OFFICER, reason="遗失")
    said = {
        secret: why(with_key(secret).get("/api/programmes"))
        for secret in (ended, coming, revoked, "dk-none-x", "x" * 999)
    }
    assert {one["status"] for one in said.values()} == {401}
    assert "密钥 ended 已于" in said[ended]["detail"]
    assert said[ended]["detail"].split("；")[0].endswith("到期")
    assert said[coming]["detail"].split("；")[0].endswith("起有效")
    assert "收回" in said[revoked]["detail"]
    assert "没有这个密钥" in said["dk-none-x"]["detail"]
    assert "写法不对" in why(with_key(key(), "Basic").get("/api/programmes"))["detail"]


def test_a_key_counts_before_the_session_it_comes_with(programme):
    client = signed_in("shenji")
    assert client.get("/api/journal/head").status_code == 200
    assert client.get("/api/journal/head", headers={"Authorization": f"Bearer {key()}"}).status_code == 404


def test_a_key_of_another_programme_sees_and_does_nothing_here(programme):
    Programme.objects.update(published=None)
    client = with_key(key(programme="bj-ht"))
    assert client.get("/api/programmes/tj-hn").status_code == 404
    assert check(client).status_code == 404
    assert client.get("/api/programmes/bj-ht").status_code == 200


# ---- how often, how much -------------------------------------------------------------------------------------------


def test_a_minute_holds_so_many_questions_of_a_key_and_of_an_address(programme, monkeypatch):
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_021.5)
    monkeypatch.setitem(keys.RATES, "known", 3)
    monkeypatch.setitem(keys.RATES, "visitor", 2)
    visitor, program, other = Client(), with_key(key()), with_key(key(code="other"))
    assert [visitor.get("/api/sheets").status_code for _ in range(3)] == [200, 200, 429]
    assert [program.get("/api/sheets").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/api/sheets").status_code == 200
    refused = visitor.get("/api/sheets")
    assert why(refused)["status"] == 429
    assert refused["Retry-After"] == "39"
    assert Client(REMOTE_ADDR="10.0.0.9").get("/api/sheets").status_code == 200
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_060)
    assert visitor.get("/api/sheets").status_code == 200


def test_keys_that_open_nothing_are_counted_too(programme, monkeypatch):
    monkeypatch.setattr(keys.time, "time", lambda: 6_000_000)
    monkeypatch.setitem(keys.RATES, "visitor", 2)
    guess = with_key("dk-guess")
    assert [guess.get("/api/sheets").status_code for _ in range(3)] == [401, 401, 429]
    assert guess.get("/api/sheets")["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("{", 400, "读不成 JSON"), (b"\xff\xfe", 400, "第 1 字节不是 UTF-8"), ("[" * 100_000, 400, "套得太深"),
        (json.dumps([[[[[[[[[1]]]]]]]]]), 400, "至多 8 层"), ('{"amount_fen": NaN}', 400, "NaN 不是数"),
        ("1" * 5000, 400, "至多 30 位"), ("x" * (A_MEGABYTE + 1), 413, "至多 1 MB"), ("[]", 422, ""), ("null", 422, ""),
        ("", 415, ""),
    ],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_refused_in_words(program, body, status, said):
    answer = post(program, f"{PAYMENTS}/check", body)
    assert answer.status_code == status
    assert said in why(answer)["detail"]


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("amount_fen", "200", "写成整数"), ("amount_fen", True, "写成整数"), ("amount_fen", 1.5, "写成整数"),
        ("amount_fen", 10**15 + 1, "不大于 1000000000000000"), ("paid_on", "2012-3-5", "写成日期，如 2011-09-05"),
        ("paid_on", "2012-02-30", "写成日期，如 2011-09-05"), ("paid_on", 0, "写成日期，如 2011-09-05"),
        ("voucher", "长" * 41, "至多 40 个字"), ("purpose", "长" * 100_000, "至多 60 个字"), ("receiver", 7, "写成文字"),
        ("surprise", 1, "没有这一项，去掉"), ("voucher", "\ud800", "写成完整的文字"), ("\ud800", 1, "写成完整的文字"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_is_told_at_its_place(program, field, value, expected):
    said = why(record(program, GOOD, GOOD | {field: value}))
    assert [(p["place"], p["expected"]) for p in said["problems"]] == [("第 2 笔", expected)]
    assert len(json.dumps(said)) < 2000


def test_a_list_holds_at_most_five_hundred_payments(program):
    said = why(record(program, *[GOOD] * 501))
    assert [(p["field"], p["expected"]) for p in said["problems"]] == [("disbursements", "至多 500 项")]


def test_a_body_that_does_not_say_it_is_json_is_not_read(program):
    answer = post(program, f"{PAYMENTS}/check", "amount_fen=1", content_type="application/x-www-form-urlencoded")
    assert "要写成 JSON" in why(answer)["detail"]


@pytest.mark.parametrize(
    "address",
    ["programmes/tj-hn/records?limit=0", "programmes/tj-hn/records?limit=501", "programmes/tj-hn/records?after=-1",
     "programmes/tj-hn/records?after=1_0", "programmes/tj-hn/records?kind=office", "records/0", "records/x",
     "records/99999999999999999999", "figures/490", "documents/xyz", "programmes/%00", "programmes/TJ"],
)  # fmt: skip
def test_an_address_that_cannot_be_read_is_refused_with_what_was_expected(visitor, address):
    said = why(visitor.get(f"/api/{address}"))
    assert said["status"] == 422
    assert said["problems"][0]["place"] in ("地址", "参数")
    assert said["problems"][0]["expected"]


def test_an_address_that_is_none_and_a_method_that_is_none_are_refused_in_the_same_shape(visitor):
    assert why(visitor.get("/api/nothing/here"))["status"] == 404
    assert why(visitor.post("/api/nothing"))["status"] == 404
    answer = visitor.delete("/api/programmes")
    assert why(answer)["status"] == 405
    assert answer["Allow"] == "GET"


def test_a_mistake_of_the_program_is_told_without_its_insides(visitor, monkeypatch, caplog):
    monkeypatch.setattr("duikou.web.interface.programmes.seen", lambda request, taken: 1 / 0)
    answer = visitor.get("/api/programmes")
    assert why(answer)["status"] == 500
    assert "ZeroDivisionError" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


def test_an_empty_book_is_said_to_be_empty(visitor, monkeypatch):
    def nothing(line=None):
        raise LookupError("账本还是空的：先开立账本并载入")

    monkeypatch.setattr("duikou.web.interface.programmes.snapshot", nothing)
    assert "账本还是空的" in why(visitor.get("/api/programmes"))["detail"]


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
    acting = ("disbursements", "receipts", "steps")  # the rest of what is written to is read at the same address
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

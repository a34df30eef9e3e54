"""待核: the queue with its filters, one question with its forms, and the way back to the records and figures it touches."""

import re
from datetime import timedelta

import pytest
from books import LEADER, OFFICER, PERIOD, signed_in

from duikou.acts.checking import run_checks
from duikou.acts.doing import doing, place_of, today
from duikou.acts.findings import line_of
from duikou.records.models import Finding, Job, JournalLine, Organisation
from duikou.web.works import WORKS

HERE = f"/p/tj-hn/{PERIOD}/findings/"


def text(answer):
    page = answer.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")]).split())


@pytest.fixture
def vouchers(programme):
    """The example's question for the vouchers of 1000 万元."""
    return Finding.objects.get(rule="funds.4", record__programme=programme)


def put(finding, **values):
    """A question as an act has left it."""
    programme = finding.record.programme
    with doing("assign_finding", person=OFFICER, place=place_of(programme)) as work:
        work.change(finding, **values)


def test_the_queue_lists_every_open_question_with_what_it_touches(visitor, programme):
    said = text(visitor.get(HERE))
    rows = Finding.objects.filter(record__programme=programme).exclude(state="settled")
    assert all(row.title in said for row in rows)
    assert "1000万元的拨付凭证 缺凭证、日期、收款单位 3" in said  # 已拨付, its share of 落实, 拨付 of the registers
    assert "未定期限" in said


def test_a_paper_touches_the_figures_that_rest_on_it(visitor):
    found = re.search(r"汇报稿原件 只有转载件 (\d+)", text(visitor.get(HERE)))
    assert int(found[1]) > 10


def test_overdue_comes_first_and_is_marked(visitor, vouchers):
    put(vouchers, owner_id=Organisation.objects.get(code="tjhzb").pk, due=today() - timedelta(days=1), state="asked")
    said = text(visitor.get(HERE))
    assert "其中 1 项逾期" in said
    titles = re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)', visitor.get(HERE).content.decode())
    assert titles[0] == "1000万元的拨付凭证"
    assert "天津市人民政府合作交流办公室" in said


def test_rule_and_state_stand_in_the_address(visitor, vouchers):
    put(vouchers, state="asked")
    assert text(visitor.get(HERE + "?rule=funds.4")).count("缺凭证") == 1
    assert "12 个项目的名单" not in text(visitor.get(HERE + "?rule=funds.4"))
    assert "1000万元的拨付凭证" in text(visitor.get(HERE + "?state=asked"))
    assert "1000万元的拨付凭证" not in text(visitor.get(HERE + "?state=open"))
    assert visitor.get(HERE + "?state=nonsense&rule=%27&page=x").status_code == 200


def test_an_empty_queue_says_so_and_names_the_last_that_was_judged(visitor, programme, vouchers):
    for row in Finding.objects.filter(record__programme=programme).exclude(pk=vouchers.pk):
        put(row, state="settled")
    put(vouchers, state="settled", settled=today())
    said = text(visitor.get(HERE))
    assert "没有待核事项" in said
    assert "最近判定的： 1000万元的拨付凭证" in said


def test_a_question_says_what_is_asked_found_and_would_settle_it_and_leads_on(visitor, vouchers):
    page = visitor.get(f"{HERE}{vouchers.pk}/")
    said = text(page)
    assert "每笔拨付须有凭证，写明日期和收款单位。" in said
    assert "向市财政局取拨付凭证，逐笔补记" in said
    assert re.search(r'href="/r/entry-\d+"', page.content.decode())
    assert f'href="/f/funds.disbursed:tj-hn.{PERIOD}"' in page.content.decode()
    assert "<form" not in page.content.decode().partition("<main")[2]  # a visitor may do nothing with it


def test_the_page_in_english_says_the_rule_in_english(visitor, vouchers):
    said = text(visitor.get(f"/en{HERE}{vouchers.pk}/"))
    assert "Every payment has a voucher that names its day and its payee." in said
    assert "Due no day set" in said
    assert "已拨付到位" not in said


def test_the_dashboard_and_the_menu_lead_to_the_queue(visitor, vouchers):
    page = visitor.get(f"/p/tj-hn/{PERIOD}/").content.decode()
    assert f'href="{HERE}"' in page
    assert f'href="{HERE}{vouchers.pk}/"' in page


def test_each_is_offered_the_acts_that_the_table_of_rights_gives(programme, vouchers, officer, clerk, auditor):
    offers = {
        who: re.findall(rf'action="{HERE}{vouchers.pk}/(\w+)"', client.get(f"{HERE}{vouchers.pk}/").content.decode())
        for who, client in (("officer", officer), ("clerk", clerk), ("auditor", auditor))
    }
    assert offers == {"officer": ["answer", "settle", "assign"], "clerk": ["answer"], "auditor": ["settle", "assign"]}


def test_a_question_is_answered_and_settled_by_two_people_on_the_page(officer, clerk, vouchers):
    address = f"{HERE}{vouchers.pk}/"
    answered = clerk.post(
        f"{address}answer", {"text": "凭证在市财政局，下周取", "seen": line_of(vouchers)}, follow=True
    )
    assert "凭证在市财政局，下周取" in text(answered)
    assert clerk.post(f"{address}settle", {"word": "了", "seen": line_of(vouchers)}).status_code == 403
    settled = officer.post(f"{address}settle", {"word": "", "seen": line_of(vouchers)}, follow=True)
    assert "已判定" in text(settled)
    assert "重开" in text(settled)
    again = officer.post(f"{address}reopen", {"word": "凭证不符", "seen": line_of(vouchers)}, follow=True)
    assert "重开待核 凭证不符" in text(again)
    vouchers.refresh_from_db()
    assert (vouchers.state, vouchers.answer) == ("open", None)


def test_who_saw_an_older_question_is_shown_what_has_changed_and_keeps_what_was_typed(officer, clerk, vouchers):
    address, old = f"{HERE}{vouchers.pk}/", line_of(vouchers)
    clerk.post(f"{address}answer", {"text": "下周取", "seen": old})
    refused = officer.post(f"{address}settle", {"word": "逾期未取", "seen": old})
    assert refused.status_code == 422
    assert f"第 {line_of(vouchers)} 行 caiwu 答复待核：进展 已答复，答复 下周取" in text(refused)
    assert 'value="逾期未取"' in refused.content.decode()
    assert f'name="seen" value="{line_of(vouchers)}"' in refused.content.decode()


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("assign", {"owner": "1", "due": "2012-13-05"}, "日历上没有 2012年13月5日"),
        ("assign", {"owner": "", "due": ""}, "责任单位"),
        ("assign", {"owner": "999999", "due": "2099-01-01"}, "责任单位"),
        ("answer", {"text": ""}, "没有写答复"),
        ("answer", {"text": "字" * 121}, "121 个字"),
        ("answer", {"text": "见附件", "evidence": "999999"}, "依据的文件"),
        ("settle", {"word": ""}, "没有答复，也没有写理由"),
        ("reopen", {"word": "再查"}, "还没有判定"),
    ],
)
def test_odd_input_is_answered_in_words_and_nothing_is_written(officer, vouchers, act, typed, said):
    before = JournalLine.objects.count()
    answer = officer.post(f"{HERE}{vouchers.pk}/{act}", typed | {"seen": line_of(vouchers)})
    assert answer.status_code == 422
    assert said in text(answer)
    assert JournalLine.objects.count() == before


@pytest.mark.parametrize("seen", ["", "x", "99999999999999999999", "-1"])
def test_a_line_that_was_never_seen_is_refused(officer, vouchers, seen):
    answer = officer.post(f"{HERE}{vouchers.pk}/settle", {"word": "了", "seen": seen})
    assert answer.status_code == 422
    assert "findings.1" in text(answer)


def test_a_question_of_another_programme_is_not_here(visitor, vouchers):
    assert visitor.get(f"/p/bj-ht/{PERIOD}/findings/{vouchers.pk}/").status_code == 404
    assert visitor.get(f"{HERE}99999999999999999999/").status_code == 404


def test_the_county_sees_and_answers_what_its_area_answers_for(programme, vouchers):
    with doing("publish_programme", person=LEADER, place=place_of(programme)) as work:
        work.change(programme, published=None)
    county = signed_in("tongren")
    assert county.get(f"{HERE}{vouchers.pk}/").status_code == 404
    assert "1000万元的拨付凭证" not in text(county.get(HERE))
    put(vouchers, owner_id=Organisation.objects.get(code="trxzyb").pk)
    assert "1000万元的拨付凭证" in text(county.get(HERE))
    answer = county.post(f"{HERE}{vouchers.pk}/answer", {"text": "在县财政局", "seen": line_of(vouchers)}, follow=True)
    assert "在县财政局" in text(answer)


def test_what_holds_no_longer_is_marked_until_it_is_judged(visitor, programme):
    run_checks(programme, person=OFFICER)
    idle = Finding.objects.get(rule="checks.1", record__programme=programme)
    put(idle, first=idle.raised, last=today())
    assert "现已不成立" in text(visitor.get(HERE))
    assert f"{today()} 检查时已不成立；判定后办结" in text(visitor.get(f"{HERE}{idle.pk}/"))


def test_the_checks_run_as_a_job(officer, clerk, visitor, programme):
    assert "例行检查" in text(officer.get(HERE))
    answer = clerk.post(f"{HERE}check")
    job = Job.objects.latest("pk")
    assert answer["Location"] == f"/jobs/{job.pk}/"
    assert (job.work, job.options) == ("run_checks", {"programme": "tj-hn"})
    assert WORKS["run_checks"].about(job.options) == programme.title
    result = WORKS["run_checks"].run(OFFICER, job.options, lambda *_: None)()
    assert result.said == "新提出 6 项，有变 0 项，现已不成立 0 项；未判定的检查事项共 6 项"
    assert signed_in("tongren").post(f"{HERE}check").status_code == 403

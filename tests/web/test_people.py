"""Who takes part, by pages: lists typed and pasted, wrong ones refused at their place, names masked, readings kept; terms."""

from datetime import date, timedelta

import pytest
from books import OFFICER, signed_in
from django.test import Client
from money_forms import key_of, lines, refused, text

from duikou.acts.accepting import record_fact
from duikou.acts.attending import attend
from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.records.models import Attendance, Name, NameRead, Programme, Request, Secondment, Training
from duikou.rules import people
from duikou.rules.period import Period, on
from duikou.rules.quantity import exactly

HERE = "/p/tj-hn/2012/people/"
WOMAN, MAN = "11010519491231002X", "440524188001010014"
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def course(programme):
    fact = people.Training(
        subject="牧区卫生员",
        basis="actual",
        trainees=exactly(30, "person"),
        when=Period(date(2012, 7, 2), date(2012, 7, 15)),
    )
    return Training.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))


def at(course, rest):
    return f"{HERE}training/{course.pk}/{rest}"


def send(client, course, *rows, **typed):
    answer = client.get(at(course, "attend/"))
    assert answer.status_code == 200, text(answer)[:300]
    sent = lines(*rows, count=5) | {"key": key_of(answer.content.decode())} | typed
    return client.post(at(course, "attend/"), sent, follow=True)


def put(programme, course, *some):
    return attend(course, some, programme=programme, person=OFFICER)


def test_rows_and_a_pasted_list_are_entered_together_in_one_line(course, officer):
    before = head().number
    pasted = f"姓名 身份证号 单位 职务\n多杰　{MAN}　州医院　医生\n\n才让\t\t泽库县医院\t护士\n周措 河南县医院"
    answer = send(
        officer,
        course,
        {"name": "卓玛", "identity": "１１０１０５１９４９１２３１００２ｘ", "unit": "州卫生局"},
        pasted=pasted,
    )
    assert "已办：" in text(answer)
    assert head().number == before + 1
    assert [(row.unit, row.post, row.identity_id is not None) for row in Attendance.objects.order_by("pk")] == [
        ("州卫生局", "", True), ("州医院", "医生", True), ("泽库县医院", "护士", False), ("河南县医院", "", False)
    ]  # fmt: skip
    shown = text(answer)
    assert "卓* 110105********002X 州卫生局" in shown
    assert "4 人次" in shown
    assert "19491231" not in answer.content.decode()


@pytest.mark.parametrize(
    ("rows", "pasted", "words"),
    [
        ([{"name": "卓玛", "identity": WOMAN[:-1] + "1"}], "", "110105********0021 校验码不符"),
        ([{"name": "卓玛", "identity": "110105491231002"}], "", "15 位旧号"),
        ([{"name": "卓玛"}], f"多杰 {MAN[:-1]}5", "名单第 1 人：填写的公民身份号码"),
        ([], f"多杰 {MAN}\n多杰 {MAN}", "名单第 2 人：同一人"),
        ([], f"多杰 {MAN} x y z", "第 1 行有 5 栏"),
        ([], "440524 多杰", "第 1 行的姓名里有数字"),
        ([], "卓玛\n\t440524188001010014", "第 2 行没有姓名"),
        ([], "", "没有写参加人员"),
        ([{"unit": "州卫生局"}], "", "第 1 行姓名"),
        ([{"name": "卓玛", "since": "2012-07-03"}], "", "起止两天都写"),
        ([{"name": "卓玛", "since": "2012-07-14", "until": "2012-07-16"}], "", "people.9"),
        ([{"name": "卓玛", "since": "2012-07-14", "until": "2012-07-03"}], "", "早于起始"),
        ([{"name": "长" * 21}], "", "20"),
    ],
)
def test_a_wrong_list_is_refused_at_its_place_and_nothing_is_kept(course, officer, rows, pasted, words):
    refused(send(officer, course, *rows, pasted=pasted), words)
    assert (Attendance.objects.count(), Name.objects.filter(number__gt=10**6).count()) == (0, 0)


def test_the_same_list_sent_twice_is_entered_once(course, officer):
    typed = lines({"name": "卓玛", "identity": WOMAN}, count=5) | {"key": "once-1"}
    officer.post(at(course, "attend/"), typed)
    assert "已办过" in text(officer.post(at(course, "attend/"), typed, follow=True))
    assert Attendance.objects.count() == 1
    assert WOMAN not in str(list(Request.objects.values()))


def test_what_was_typed_is_shown_as_text(course, officer):
    for rows, pasted in (([{"name": EVIL[:20], "identity": EVIL}], ""), ([], EVIL)):
        answer = send(officer, course, *rows, pasted=pasted)
        assert answer.status_code == 422
        assert "<script>alert" not in answer.content.decode()


def test_names_are_read_whole_with_a_reason_only_and_each_reading_is_kept(course, officer, programme):
    put(programme, course, people.Attending(name="卓玛", identity=WOMAN))
    where = at(course, "people/names/")
    assert "写明查看的事由" in text(officer.post(where, {"reason": " "}, follow=True))
    assert not NameRead.objects.exists()
    answer = officer.post(where, {"reason": "核对补贴名单"})
    assert f"卓玛 {WOMAN}" in text(answer)
    assert "含个人信息" in text(answer)
    assert answer["Cache-Control"] == "no-store"
    (row,) = NameRead.objects.all()
    assert (row.account, row.why) == ("yewu", "牧区卫生员：核对补贴名单")
    assert officer.get(where).status_code == 405


@pytest.mark.parametrize("account", ["qianfang", "tongren", "caiwu", ""])
def test_who_may_not_see_names_gets_none_and_is_offered_none(course, programme, account):
    put(programme, course, people.Attending(name="卓玛", identity=WOMAN))
    client = signed_in(account) if account else Client()
    assert "查看全名" not in text(client.get(at(course, "people/")))
    answer = client.post(at(course, "people/names/"), {"reason": "看看"})
    assert (answer.status_code, NameRead.objects.count()) == (404, 0)


def test_a_visitor_sees_how_many_of_which_unit_and_no_small_group(course, visitor, programme):
    some = [*(people.Attending(name=f"甲{n}", unit="州医院") for n in "一二三四五六七"),
            *(people.Attending(name=f"乙{n}", unit="县医院") for n in "一二"),
            *(people.Attending(name=f"丙{n}", unit="卫生局") for n in "一二三四五六七八九")]  # fmt: skip
    put(programme, course, *some)
    shown = text(visitor.get(at(course, "people/")))
    # 2 are masked; 18 - 7 - 9 would give them, so the 7 go too: 9 are left, 1 to 4 of them the small one
    assert "卫生局 9" in shown
    assert "县医院 少于5" in shown
    assert "州医院 不列" in shown
    assert "甲*" not in shown
    assert "18 人" in shown


def test_a_visitor_finds_no_sum_where_it_would_be_a_small_group(course, visitor, programme):
    put(programme, course, people.Attending(name="卓玛", unit="州医院"))
    shown = text(visitor.get(at(course, "people/")))
    assert ("少于5人" in shown, "州医院" in shown) == (True, False)  # four units of few would be four
    assert "1 人" not in shown


def test_a_lost_key_is_said_on_the_page(course, officer, programme, settings, tmp_path):
    put(programme, course, people.Attending(name="卓玛"))
    settings.VAR = tmp_path
    officer = signed_in("yewu")
    assert "密钥文件 names-key 不在" in text(officer.get(at(course, "people/")))


def test_a_course_of_another_programme_or_kind_is_not_there(course, officer):
    for where in (f"/p/bj-ht/2012/people/training/{course.pk}/people/", f"{HERE}secondment/{course.pk}/people/",
                  f"{HERE}gift/{course.pk}/people/", f"{HERE}training/{10**20}/attend/"):  # fmt: skip
        assert officer.get(where).status_code == 404, where


# ---- terms -------------------------------------------------------------------------------------------------------------


def sent(programme, level, due, **more):
    fact = people.Secondment(
        direction="to_receiving", level=level, people=exactly(3, "person"), when=on(date(2012, 4, 2)), due=due, **more
    )
    return Secondment.objects.get(pk=record_fact(fact, programme=programme, person=OFFICER))


def test_terms_come_overdue_first_and_those_due_within_sixty_days_are_marked(programme, officer):
    day = today()
    sent(programme, "丁批", None)
    sent(programme, "丙批", day + timedelta(days=61))
    sent(programme, "乙批", day + timedelta(days=60))
    sent(programme, "甲批", day - timedelta(days=1))
    sent(programme, "回批", day - timedelta(days=90), ended=date(2015, 4, 2))
    shown = text(officer.get(f"{HERE}terms/"))
    assert [shown.index(name) for name in ("甲批", "乙批", "丙批", "丁批")] == sorted(
        shown.index(name) for name in ("甲批", "乙批", "丙批", "丁批")
    )
    assert "已过 1 天 逾期未回" in shown
    assert "60 即将期满" in shown
    assert "61 在岗" in shown
    assert "回批" not in shown
    assert "1 批逾期未回，1 批 60 天内期满" in shown


def test_in_service_only_who_sees_the_programme_sees_terms_and_lists(course, visitor, internal):
    for where in (f"{HERE}terms/", at(course, "people/")):
        assert visitor.get(where).status_code == 404
        assert signed_in("guanli").get(where).status_code == 404
        assert signed_in("yewu").get(where).status_code == 200
    assert Programme.objects.filter(published=None).exists()


@pytest.mark.parametrize("page", ["terms/", "people/", "attend/"])
def test_the_pages_answer_in_english(course, officer, page):
    where = f"/en{HERE}terms/" if page == "terms/" else f"/en{at(course, page)}"
    answer = officer.get(where)
    assert answer.status_code == 200
    if page != "attend/":
        assert ("On post and due" if page == "terms/" else "Who takes part") in text(answer)

"""The frame: what head, menu, path and foot offer to whom; answers that are no page; documents withdrawn or not for all."""

import re
from datetime import date

import pytest
from books import OFFICER, PERIOD, signed_in
from django.db import OperationalError
from django.test import Client

from duikou.acts.evidence import keep_text, withdraw_document
from duikou.acts.offices import person as person_of
from duikou.records.models import Document, Programme
from duikou.snapshot.store import freeze
from duikou.web import seeing
from duikou.web.kinds.sections import SECTIONS

HOME = f"/p/tj-hn/{PERIOD}/"
REPORT = "/d/4a0b8e5b/"


def page_of(client, address=HOME):
    return client.get(address).content.decode()


def text(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def menu(page):
    (found,) = re.findall(r'<nav class="nav".*?</nav>', page, re.S)
    return re.findall(r'href="([^"]+)"[^>]*>([^<]+?) ?<', found)


def crumb(page):
    (found,) = re.findall(r'<nav class="crumb".*?</nav>', page, re.S)
    return re.findall(r">([^<>\n]+)</(?:a|span)>", found)


def account_menu(page):
    (found,) = re.findall(r'<details class="choose account".*?</details>', page, re.S)
    return found


# ---- head --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "office", "role", "pages"),
    [
        ("yewu", "天津市人民政府合作交流办公室", "业务员", ["我的账号", "我的办理", "单位与人员", "权限表"]),
        ("tongren", "同仁县对口支援工作办公室（演示）", "县填报员", ["我的账号", "我的办理", "单位与人员", "权限表"]),
        ("anquan", "天津市人民政府合作交流办公室", "安全管理员",
         ["我的账号", "我的办理", "单位与人员", "权限表", "修改记录", "登录与读取记录"]),
        ("guanli", "天津市人民政府合作交流办公室", "系统管理员", ["我的账号", "我的办理", "单位与人员", "权限表"]),
    ],
)  # fmt: skip
def test_the_account_menu_says_who_one_is_and_leads_to_what_one_may_see(programme, account, office, role, pages):
    found = account_menu(page_of(signed_in(account)))
    assert re.search(rf"<b>{account}</b>　{role}", found)
    assert office in found
    assert re.findall(r'<li><a href="/(?:account|jobs|offices|rights|log|access)/">([^<]+)</a>', found) == pages
    assert '<form method="post" action="/sign-out/">' in found


def test_a_visitor_finds_the_sign_in_that_leads_back(visitor):
    page = page_of(visitor, f"/en{HOME}search?q=a&x=b")
    assert f'href="/en/sign-in/?next=/en{HOME}search%3Fq%3Da%26x%3Db"' in page
    assert "choose account" not in page
    assert 'class="enter"' not in page_of(visitor, "/sign-in/?next=/p/tj-hn/")


def test_the_head_offers_only_programmes_one_may_see(programme, visitor):
    Programme.objects.filter(code="sh-ks").update(published=None)
    assert 'href="/p/bj-ht/"' in page_of(visitor)
    assert 'href="/p/sh-ks/"' not in page_of(visitor)
    assert 'href="/p/sh-ks/"' in page_of(signed_in("lingdao"))


@pytest.mark.parametrize(("account", "opens"), [("zonghe", True), ("yewu", False), ("lingdao", False)])
def test_the_head_leads_to_who_helps_whom_and_to_a_new_programme_for_those_who_may_open_one(programme, account, opens):
    page = page_of(signed_in(account))
    assert '<a href="/network/">谁帮谁</a>' in page
    assert ('<a href="/programmes/new/">设立项目方案</a>' in page) == opens


# ---- menu and path -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "makes", "submits"),
    [("", False, False), ("yewu", True, True), ("caiwu", True, True), ("lingdao", True, False), ("shenji", True, False),
     ("qianfang", True, False), ("tongren", False, False), ("anquan", False, False)],
)  # fmt: skip
def test_published_papers_are_listed_for_all_and_made_by_those_who_may(programme, account, makes, submits):
    client = signed_in(account) if account else Client()
    page = page_of(client)
    words = [word for _, word in menu(page)]
    assert "情况汇报" in words
    assert client.get(f"{HOME}reports/").status_code == 200
    assert ("生成情况汇报" in page) == makes == (client.get(f"{HOME}reports/situation.docx").status_code == 200)
    assert ("填报" in words) == submits


@pytest.mark.parametrize(
    ("account", "home", "sees"),
    [("yewu", HOME, True), ("lingdao", HOME, True), ("shenji", HOME, True), ("tongren", f"{HOME}own/", False),
     ("xianling", f"{HOME}own/", False)],
)  # fmt: skip
def test_the_papers_of_an_internal_programme_are_in_the_menu_of_those_who_open_them(internal, account, home, sees):
    client = signed_in(account)
    assert (f"{HOME}reports/" in [there for there, _ in menu(page_of(client, home))]) == sees
    assert (client.get(f"{HOME}reports/").status_code == 200) == sees


def test_the_menu_and_the_act_ask_alike_of_an_internal_programme(internal):
    assert "情况汇报" in page_of(signed_in("yewu"))
    assert signed_in("yewu").get(f"{HOME}reports/situation.docx").status_code == 200
    assert signed_in("yewu").get("/p/bj-ht/2011/").status_code == 404  # a role of one programme


def test_who_sees_one_area_only_is_led_to_it_and_offered_nothing_else(internal):
    clerk = signed_in("tongren")
    assert clerk.get("/p/tj-hn/")["Location"] == f"{HOME}own/"
    page = page_of(clerk, f"{HOME}own/")
    assert menu(page)[:2] == [(f"{HOME}own/", "本地区"), (f"{HOME}projects/", "项目")]
    own = [*SECTIONS, "t", "sheets"]
    assert [address for address, _ in menu(page)[2:]] == [f"{HOME}{part}/" for part in own]
    assert crumb(page) == ["本地区"]
    assert "来源：" not in page
    for address in re.findall(r'href="(/p/[^"]+)"', page):
        assert clerk.get(address, follow=True).status_code == 200, address


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (HOME, ["总览"]), (f"{HOME}t/overview/", ["总览", "统计表", "综合表"]), (f"{HOME}d/", ["总览", "资料库"]),
        (f"/f/funds.secured:tj-hn.{PERIOD}", ["总览", "资金", "数字追溯"]), (f"{HOME}funds/new", ["总览", "填报"]),
        (f"{REPORT}p/20/", ["总览", "资料库", "关于天津市对口援青工作的情况汇报", "第 20 段"]), (f"{HOME}search", ["总览", "查找"]),
        (f"{HOME}own/", ["总览", "本地区"]), ("/f/nothing:tj-hn.2011", ["总览", "数字追溯"]), ("/nowhere", ["总览", "没有这一页"]),
    ],
)  # fmt: skip
def test_every_page_says_where_it_stands(clerk, address, path):
    page = page_of(clerk, address)
    assert crumb(page) == path
    assert 'href="' not in re.findall(r'<nav class="crumb".*?</nav>', page, re.S)[0].rpartition("<span")[2]


def test_the_path_of_a_record_leads_over_its_section(visitor):
    gift = next(row for row in freeze().rows["gifts"] if row["programme"] == "tj-hn")["number"]
    assert crumb(page_of(visitor, f"/r/gift-{gift}")) == ["总览", "社会捐助", "捐助", f"捐助-{gift}"]


# ---- answers that are no page ------------------------------------------------------------------------------------------


def test_an_act_of_others_is_refused_with_who_does_it_and_who_can_grant_it(auditor):
    answer = auditor.get(f"{HOME}funds/new")
    said = text(answer.content.decode())
    assert answer.status_code == 403
    assert "登记拨付由业务员、财务办理，当前账号没有这项职责。" in said
    assert "现在的账号：shenji（审计）" in said
    assert "找天津市人民政府合作交流办公室安全管理员授予角色" in said
    english = text(page_of(auditor, f"/en{HOME}funds/new"))
    assert '"Record a disbursement" is done by: programme officer, finance clerk.'.replace('"', "&quot;") in english


def test_what_is_not_there_names_the_page_above_a_search_and_the_sign_in(visitor, clerk):
    page = page_of(visitor, f"{HOME}t/nothing/")
    main = page[page.index("<main") :]
    assert f'class="btn pri" href="{HOME}t/"' in main
    assert f'action="{HOME}search"' in main
    assert f'href="/sign-in/?next={HOME}t/nothing/"' in main
    assert "/sign-in/" not in page_of(clerk, f"{HOME}t/nothing/")


def test_a_programme_one_may_not_see_frames_no_answer(internal, visitor):
    page = page_of(visitor, HOME)
    assert "天津市对口支援青海省黄南藏族自治州" not in page
    assert "没有这一页，或者这个账号看不到。" in page
    assert 'class="btn pri" href="/"' in page


def test_a_breakdown_is_told_without_a_question_to_the_book(clerk, monkeypatch, django_assert_num_queries):
    clerk.raise_request_exception = False

    def fails(*args, **more):
        raise ZeroDivisionError

    monkeypatch.setattr("duikou.web.dashboard.overview", fails)
    answer = clerk.get(f"/en{HOME}")
    assert answer.status_code == 500
    assert "This page cannot be opened for the moment" in answer.content.decode()
    assert f'href="{HOME}"' in answer.content.decode()
    from django.test import RequestFactory

    from duikou.web.errors import broken

    with django_assert_num_queries(0):
        assert broken(RequestFactory().get(HOME)).status_code == 500


def test_a_book_that_others_keep_busy_is_said_to_be_busy_and_not_broken(clerk, monkeypatch):
    def waits(*args, **more):
        raise OperationalError("database is locked")

    monkeypatch.setattr("duikou.web.dashboard.overview", waits)
    answer = clerk.get(HOME)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "这一次没有写入" in answer.content.decode()


# ---- documents: withdrawn, and not for everyone --------------------------------------------------------------------------


@pytest.fixture
def text_kept(programme, settings, tmp_path):
    """The report with a text of its own, whose twentieth paragraph says one of the kept words and one word more."""
    settings.VAR = tmp_path
    document = Document.objects.get(digest__startswith="4a0b8e5b")
    lines = [f"第{n}段" for n in range(1, document.paragraphs + 1)]
    lines[19] = "滨海新区筹资300万元用于黄南州教育事业发展，此外不宜公开。"
    document.digest = keep_text("\n".join(lines).encode())
    document.save()
    return document


@pytest.fixture
def withdrawn(programme, settings, tmp_path):
    """The report, withdrawn by the officer of the office."""
    settings.VAR = tmp_path
    document = Document.objects.get(digest__startswith="4a0b8e5b")
    withdraw_document(document, person=person_of("yewu"), reason="误传，含个人电话")
    return document


def test_a_withdrawn_document_says_by_which_office_when_and_why_and_its_records_stay(withdrawn, visitor):
    for address in (REPORT, f"{REPORT}p/20/"):
        answer = visitor.get(address)
        said = text(answer.content.decode())
        assert answer.status_code == 410
        assert re.search(r"\d{4}年\d+月\d+日由天津市人民政府合作交流办公室业务员撤下。", said)
        assert "理由： 误传，含个人电话" in said
        assert "yewu" not in said
    linked = re.findall(r'href="(/r/[^"]+)"', page_of(visitor, REPORT))
    assert len(linked) > 20
    assert visitor.get(linked[0]).status_code == 200
    assert "误传，含个人电话" in page_of(visitor, f"/en{REPORT}")
    assert signed_in("yewu").post(REPORT).status_code == 410


def test_a_withdrawn_document_lists_a_hundred_records_and_says_so(withdrawn, visitor, monkeypatch):
    monkeypatch.setattr("duikou.web.errors.MOST", 5)
    page = page_of(visitor, REPORT)
    assert len(re.findall(r'href="/r/', page)) == 5
    assert re.search(r"依据它的记录，\d\d 条", page)
    assert "列出前 5 条" in page


def test_a_document_withdrawn_at_the_machine_itself_names_the_role(programme, visitor, settings, tmp_path):
    settings.VAR = tmp_path
    withdraw_document(Document.objects.get(digest__startswith="4a0b8e5b"), person=OFFICER, reason="误传")
    assert re.search(r"日由业务员撤下。", text(page_of(visitor, REPORT)))


def test_everything_that_names_a_withdrawn_document_still_lists_it_as_withdrawn(withdrawn, visitor):
    mark = '<span class="tag none">已撤下</span>'
    gift = next(row for row in freeze().rows["gifts"] if row["programme"] == "tj-hn")["number"]
    for address in (
        HOME, f"{HOME}d/", f"{HOME}t/overview/", f"/f/funds.secured:tj-hn.{PERIOD}", f"/r/gift-{gift}",
        f"{HOME}search?q=情况汇报",
    ):  # fmt: skip
        page = page_of(visitor, address)
        assert "关于天津市对口援青工作的情况汇报" in page, address
        assert mark in page, address
        assert "可补" not in page, address


def test_the_whole_text_is_for_those_who_may_see_it_and_the_kept_words_for_all(text_kept, visitor, officer):
    addresses = (
        f"/d/{text_kept.pk}/",
        f"/d/{text_kept.pk}/p/20/",
        f"{HOME}t/overview/",
        f"/f/donations.education:tj-hn.{PERIOD}",
    )
    Document.objects.update(published=None)
    freeze()
    for address in addresses:
        assert "此外不宜公开" in page_of(officer, address), address
        hidden = re.sub(r"<[^>]+>", "", page_of(visitor, address))
        assert "此外不宜公开" not in hidden, address
        assert "筹资300万元用于黄南州教育事业发展" in hidden, address
        assert "原文未收入" not in hidden, address
    Document.objects.filter(pk=text_kept.pk).update(published=date(2011, 9, 1))
    for address in addresses:
        assert "此外不宜公开" in page_of(visitor, address), address


def test_a_document_names_no_record_of_a_programme_one_may_not_see(programme, visitor):
    own, other = page_of(visitor, REPORT), "/p/bj-ht/"
    assert other in own[own.index("<main") :]
    Programme.objects.filter(code="bj-ht").update(published=None)
    hidden = page_of(visitor, REPORT)
    assert other not in hidden[hidden.index("<main") :]


def test_a_page_asks_once_which_documents_are_withdrawn(rf, programme, django_assert_num_queries):
    request = rf.get("/")
    with django_assert_num_queries(1):
        assert seeing.withdrawn(request) == seeing.withdrawn(request) == frozenset()


def test_a_payment_is_told_in_the_language_of_the_page(clerk, programme):
    typed = {"amount": "200", "paid_on": "2011-09-05", "receiver": "hn", "voucher": "P-7", "purpose": ""}
    line = re.search(r'name="line" value="(\d+)"', clerk.post(f"/en{HOME}funds/new", typed).content.decode())[1]
    answer = clerk.post(f"/en{HOME}funds/new", {**typed, "step": "confirm", "line": line}, follow=True)
    assert re.search(
        r'<p class="said success" role="status" lang="en"><a href="/en/r/entry-\d+">The payment</a> is recorded',
        answer.content.decode(),
    )

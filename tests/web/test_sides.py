"""两边对照: what the other side says beside our records, what needs someone first."""

import re
from html import unescape

import pytest
from books import OFFICER, PERIOD
from django.test import Client

from duikou.acts.doing import doing, place_of
from duikou.records.models import Document, Finding, Gift, OtherSaying, Programme

ADDRESS = f"/p/tj-hn/{PERIOD}/funds/sides/"


@pytest.fixture
def page(officer):
    """The page's main part as a programme officer sees it, without the marks."""
    return officer.get(ADDRESS).content.decode()


def text(html):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)))


def rows(html, verdict):
    part = html.split(f'<tbody id="{verdict}">')[1].split("</tbody>")[0]
    return part.split("<tr>")[1:]


def test_the_counts_stand_on_top_in_one_sentence(page):
    assert "不一致 1 条 ， 可能是同一件 1 条 ， 单方所说 6 条 ， 一致 3 条 。" in text(page)


def test_what_needs_someone_comes_first(page):
    assert re.findall(r'<tbody id="(\w+)">', page) == ["differs", "may_match", "alone", "agrees"]
    assert [len(rows(page, v)) for v in ("differs", "may_match", "alone", "agrees")] == [1, 1, 6, 3]


def test_a_difference_names_both_words_leads_to_both_records_and_to_its_question(page):
    (row,) = rows(page, "differs")
    saying, finding = OtherSaying.objects.get(verdict="differs"), Finding.objects.get(rule="sides.2")
    assert "对方说即将投产，账上为已投产" in text(row)
    for address in (f"/r/other_saying-{saying.pk}", f"/r/investment-{saying.about_id}", f"/r/finding-{finding.pk}"):
        assert f'href="{address}"' in row


def test_computers_may_be_the_same_and_are_asked(page):
    (row,) = rows(page, "may_match")
    assert "同仁县加吾乡小学" in text(row)
    assert f'href="/r/gift-{Gift.objects.get(form="goods").pk}"' in row
    assert "已列待核" in row


def test_what_stands_alone_has_no_record_and_is_not_asked(page):
    for row in rows(page, "alone"):
        assert "账上没有" in row
        assert "已列待核" not in row
    assert "160万元＋300万元＋30万元＝490万元" in text("".join(rows(page, "alone")))


def test_every_row_leads_to_its_passage(page):
    page_said = Document.objects.get(medium="published_page").pk
    for verdict in ("differs", "may_match", "alone", "agrees"):
        for row in rows(page, verdict):
            assert f'href="/d/{page_said}/p/1/#p1">第1段“' in row


def test_a_question_that_was_settled_is_no_longer_open(officer, programme):
    with doing("load_programme", person=OFFICER, place=place_of(programme), reason="问明是同一件") as work:
        work.change(Finding.objects.get(rule="sides.1"), state="settled")
    (row,) = rows(officer.get(ADDRESS).content.decode(), "may_match")
    assert "已列待核" not in row


@pytest.mark.parametrize("verdict", ["agrees", "differs", "may_match", "alone"])
def test_the_record_of_a_saying_reads_in_words(officer, verdict):
    saying = OtherSaying.objects.filter(verdict=verdict).first()
    said = text(officer.get(f"/r/other_saying-{saying.pk}").content.decode())
    assert (
        "对照结果 " + {"agrees": "一致", "differs": "不一致", "may_match": "可能是同一件", "alone": "单方所说"}[verdict]
        in said
    )
    assert "对方怎么说" in said
    assert "没有数字用到这条记录" in said
    assert "受援方" in said


def test_a_programme_of_which_the_other_side_says_nothing_has_an_empty_page(everywhere_officer):
    said = text(everywhere_officer.get(f"/p/bj-ht/{PERIOD}/funds/sides/").content.decode())
    assert "对方还没有说法" in said


def test_an_internal_programme_does_not_show_its_sides_to_a_visitor(programme):
    assert Client().get(ADDRESS).status_code == 200
    Programme.objects.update(published=None)
    assert Client().get(ADDRESS).status_code == 404


def test_the_saying_is_found_by_its_words(officer):
    said = officer.get(f"/p/tj-hn/{PERIOD}/search?q=唐卡艺术").content.decode()
    saying = OtherSaying.objects.get(title="唐卡艺术走进天津大学")
    assert f"/r/other_saying-{saying.pk}" in said

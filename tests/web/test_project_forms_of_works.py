"""The forms of what is built: outputs, inspections, assets, reports of progress with photographs."""

import html
import re
from datetime import timedelta

import pytest
from books import signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from life import propose
from money import WAN
from money_forms import key_of, lines, refused, text
from project_forms import PROJECTS, at_field, done, of, page, photograph, send

from duikou.acts.doing import today
from duikou.acts.journal import head
from duikou.acts.photographs import file_of
from duikou.records.models import (
    Asset,
    Finding,
    Inspection,
    Item,
    Organisation,
    Output,
    Programme,
    Progress,
    ProjectPaper,
)

# ---- outputs, inspections, assets ------------------------------------------------------------------------------------


def test_targets_are_read_as_people_write_them_and_verified_by_a_paper(works):
    officer = signed_in("yewu")
    rows = lines({"type": "settlement", "target": "120户"}, {"type": "road", "target": "３.５公里", "name": "通乡路"},
                 {"type": "water", "target": "800米"}, {"type": "people_served", "target": "一百二十"}, count=4)  # fmt: skip
    done(officer, of(works, "output"), **rows)
    kept = dict(Output.objects.values_list("type", "target_low"))
    assert kept == {"settlement": 120, "road": 3500, "water": 800, "people_served": 120}
    shown = page(officer, of(works, "output"))
    assert 'value="3.5公里"' in shown
    first = Output.objects.get(type="settlement")
    done(officer, of(works, "output"), **lines({"type": "settlement", "target": "118户", "kept": first.pk}, count=4))
    first.refresh_from_db()
    assert first.target_low == 118
    where = f"outputs/{first.pk}/verify/"
    changed = lines({"type": "road", "target": "3公里", "kept": first.pk}, count=4)
    refused(send(officer, of(works, "output"), **changed), "种类不能改")
    found = {"actual": "110户", "day": "2012-06-01"}
    at_field(send(officer, where, **found), "evidence", "outputs.5")
    works.paper("acceptance_certificate")
    paper = ProjectPaper.objects.get()
    at_field(send(officer, where, actual="110套", day="2012-06-01", evidence=paper.pk), "actual", "outputs.6")
    assert "目标118户，实际110户" in done(officer, where, **found, evidence=paper.pk)
    first.refresh_from_db()
    assert (first.actual_low, first.evidence_id) == (110, paper.pk)


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"type": "housing", "target": "120户"}, "outputs.1"), ({"type": "settlement", "target": "0户"}, "outputs.2"),
        ({"type": "settlement", "target": "约120户"}, "不是确数"), ({"type": "settlement", "target": "120"}, "没有写单位"),
        ({"type": "settlement", "target": "很多"}, "读不成数量"), ({"type": "settlement", "target": ""}, "没有填写"),
        ({"type": "x", "target": "1个"}, "名单里没有“x”"), ({"type": "road", "target": "9" * 30}, "至多 24 个字"),
        ({"type": "settlement", "target": "120户", "kept": "999999"}, "不是这个项目的产出"),
        ({"type": "road", "target": "0.0001公里"}, "读不成数量"), ({"type": "road", "target": "-3公里"}, "outputs.2"),
    ],
    ids=lambda said: said if isinstance(said, str) else said["target"][:6],
)  # fmt: skip
def test_a_wrong_target_is_told_at_its_row_and_no_row_is_written(works, row, words):
    rows = lines({"type": "road", "target": "3公里"}, row, count=4)
    shown = refused(send(signed_in("yewu"), of(works, "output"), **rows), words)
    assert "第 2 行" in shown
    assert not Output.objects.exists()


def test_an_inspection_raises_each_point_as_a_question(works):
    officer = signed_in("yewu")
    group = [str(row.pk) for row in Organisation.objects.filter(code__in=("hn", "tjhzb"))]
    typed = {"type": "inspection", "day": "2012-06-01", "conclusion": "mend", "inspectors": group,
             "found": "屋面渗水\n\n  门窗未装  ", "due": "2012-07-01"}  # fmt: skip
    said = done(officer, of(works, "inspect"), **typed)
    assert "记入待核：屋面渗水" in said
    points = Finding.objects.filter(rule="inspections.8").order_by("pk")
    assert [(p.found, p.due.isoformat()) for p in points] == [("屋面渗水", "2012-07-01"), ("门窗未装", "2012-07-01")]
    assert Inspection.objects.get().record.parties.filter(role="inspector").count() == 2
    assert "未办结的问题 2 个" in text(officer.get(PROJECTS + of(works, "inspect")))


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("field", "more", "words"),
    [
        ("found", {"conclusion": "failed"}, "inspections.2"), ("day", {"day": "2099-01-01"}, "inspections.1"),
        ("type", {"type": "acceptance"}, "inspections.3"), ("score", {"score": "91.2"}, "inspections.4"),
        ("score", {"type": "self_rating", "score": "91.25"}, "读不成得分"), ("score", {"type": "self_rating"}, "inspections.4"),
        ("score", {"type": "self_rating", "score": "101"}, "inspections.4"), ("use", {"type": "look"}, "inspections.7"),
        ("due", {"due": "2012-07-01"}, "不用整改期限"), ("due", {"found": "x", "due": "2012-05-01"}, "早于检查"),
        ("found", {"found": "长" * 121}, "至多 120 个"), ("found", {"found": "\n".join("x" * 41)}, "至多 40 条"),
    ],
)  # fmt: skip
def test_what_is_odd_about_an_inspection_stands_at_its_field(works, field, more, words):
    typed = {"type": "inspection", "day": "2012-06-01", "conclusion": "passed"} | more
    at_field(send(signed_in("yewu"), of(works, "inspect"), **typed), field, words)
    assert not Inspection.objects.exists()


def test_a_rating_is_kept_in_tenths_and_an_office_that_is_not_offered_is_refused(works, book):
    officer = signed_in("yewu")
    rating = {"type": "self_rating", "day": "2012-06-01", "conclusion": "passed", "score": "９１.２分"}
    done(officer, of(works, "inspect"), **rating)
    assert Inspection.objects.get().score == 912
    refused(send(officer, of(works, "inspect"), **rating, inspectors=[str(book.builder)]), "名单里没有这个单位")


def test_an_asset_is_registered_with_its_upkeep(works, book):
    works.reach("accepted")
    officer = signed_in("yewu")
    asset = {"name": "定居点住房", "type": "public", "cost": "280", "owner": book.hn, "upkeep": "村委会管护",
             "day": works.day.isoformat()}  # fmt: skip
    at_field(send(officer, of(works, "asset"), **asset | {"upkeep": ""}), "upkeep", "没有填写")
    at_field(send(officer, of(works, "asset"), **asset | {"owner": ""}), "owner", "assets.3")
    at_field(send(officer, of(works, "asset"), **asset | {"cost": "近280万"}), "cost", "不是确数")
    at_field(send(officer, of(works, "asset"), **asset | {"day": "2012-04-03"}), "day", "assets.4")
    done(officer, of(works, "asset"), **asset)
    assert Asset.objects.get().cost == 280 * WAN


# ---- progress --------------------------------------------------------------------------------------------------------


def test_the_first_report_shows_an_example_and_the_next_what_was_said_last_time(works):
    front = signed_in("qianfang")
    first = page(front, of(works, "progress"))
    assert len(re.findall(r'<div class="field"', first)) == 5
    assert 'placeholder="如 35"' in first
    assert 'name="remark"' not in first
    done(front, of(works, "progress"), percent="６0%", said="主体封顶", aid_done="120")
    row = Progress.objects.get()
    assert (row.percent, row.said, row.account) == (60, "主体封顶", "qianfang")
    assert (row.aid_done, row.other_done) == (120 * WAN, None)
    assert row.last == today()
    again = page(front, of(works, "progress"))
    for said in ("上次 60%", "上次 主体封顶", "上次 120万元"):
        assert f"{said}（{today()}）" in again
    assert 'placeholder="60%"' in again
    assert 'placeholder="如' not in again


def test_why_it_fell_is_asked_only_where_it_did(works):
    front = signed_in("qianfang")
    done(front, of(works, "progress"), percent="60")
    typed = {"percent": "55", "said": "返工"}
    shown = at_field(send(front, of(works, "progress"), **typed), "remark", "progress.3")
    assert 'value="返工"' in shown
    assert len(re.findall(r'<div class="field', shown)) == 6
    kept = {"key": key_of(shown), **typed, "remark": "地基返工"}
    assert "已办：" in text(front.post(PROJECTS + of(works, "progress"), kept, follow=True))
    assert Progress.objects.order_by("pk").last().remark == "地基返工"


@pytest.mark.sweep
@pytest.mark.parametrize(
    ("field", "more", "words"),
    [
        ("percent", {}, "progress.4"), ("percent", {"percent": "101"}, "写 0 至 100 的整数"),
        ("percent", {"percent": "三成"}, "读不成进度"), ("percent", {"percent": "约60"}, "读不成进度"),
        ("percent", {"percent": "60.5"}, "写 0 至 100 的整数"), ("aid_done", {"aid_done": "-3"}, "应为不小于 0"),
        ("aid_done", {"aid_done": "近3万"}, "不是确数"), ("said", {"said": "长" * 61}, "60"),
        ("photographs", {"photographs": SimpleUploadedFile("a.jpg", b"not a picture")}, "“a.jpg”读不成照片"),
        ("photographs", {"photographs": SimpleUploadedFile("IMG.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40)}, "HEIC"),
        ("photographs", {"photographs": SimpleUploadedFile("a.jpg", b"")}, "读不成照片"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_report_stands_at_its_field(works, field, more, words):
    for given in more.values():
        if hasattr(given, "seek"):
            given.seek(0)
    at_field(send(signed_in("qianfang"), of(works, "progress"), **more), field, words)
    assert not Progress.objects.exists()


def test_a_report_of_a_day_to_come_or_of_long_ago_is_refused_and_one_that_waited_keeps_its_day(works):
    front = signed_in("qianfang")
    for day, words in (
        (today() + timedelta(days=1), "progress.2"),
        (today() - timedelta(days=32), "超过 31 天"),
        ("gestern", "读不成日期"),
    ):
        refused(send(front, of(works, "progress"), percent="10", day=str(day)), words)
    waited = today() - timedelta(days=3)
    done(front, of(works, "progress"), percent="10", day=waited.isoformat())
    assert Progress.objects.get().last == waited


def test_photographs_are_kept_with_the_report_and_served_to_who_sees_the_project(works, client):
    front = signed_in("qianfang")
    done(front, of(works, "progress"), percent="60", photographs=[photograph("red"), photograph("blue", name="b.jpg")])
    digests = list(Item.objects.filter(list="photograph").order_by("position").values_list("text", flat=True))
    assert len(digests) == 2
    where = f"{PROJECTS}{works.project}/photographs/{digests[0]}.jpg"
    answer = front.get(where)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert b"".join(answer.streaming_content) == file_of(digests[0]).read_bytes()
    other = propose(works.county, "另一项目")
    assert front.get(f"{PROJECTS}{other.project}/photographs/{digests[0]}.jpg").status_code == 404
    assert front.get(f"{PROJECTS}{works.project}/photographs/{'0' * 64}.jpg").status_code == 404
    Programme.objects.update(published=None)
    assert front.get(where).status_code == 200
    assert client.get(where).status_code == 404
    assert signed_in("guanli").get(where).status_code == 404


def test_photographs_that_have_come_are_not_asked_for_again_when_something_else_is_to_be_mended(works):
    front = signed_in("qianfang")
    shown = refused(send(front, of(works, "progress"), percent="三成", photographs=[photograph()]), "读不成进度")
    assert "已收到照片 1 张" in shown
    kept = re.search(r'name="kept" value="([^"]+)"', shown)[1]
    typed = {"key": key_of(shown), "percent": "30", "kept": html.unescape(kept)}
    assert "已办：" in text(front.post(PROJECTS + of(works, "progress"), typed, follow=True))
    assert Item.objects.filter(list="photograph").count() == 1
    forged = {"key": "k9", "percent": "30", "kept": "WyJhIl0:x"}
    refused(front.post(PROJECTS + of(works, "progress"), forged), "照片的记录读不成")


def test_more_photographs_than_six_are_refused(works):
    seven = [photograph(size=(10, n + 10)) for n in range(7)]
    at_field(
        send(signed_in("qianfang"), of(works, "progress"), percent="30", photographs=seven), "photographs", "至多 6 张"
    )


def test_a_report_sent_twice_is_entered_once_with_its_photographs(works):
    front = signed_in("qianfang")
    key = key_of(page(front, of(works, "progress")))

    def again(colour="red"):
        typed = {"key": key, "percent": "60", "photographs": [photograph(colour)]}
        return front.post(PROJECTS + of(works, "progress"), typed, follow=True)

    again()
    line = head().number
    assert "已办过，没有再办" in text(again())
    assert (Progress.objects.count(), head().number) == (1, line)
    refused(again("blue"), "已用于另一件事")  # another photograph is another report

"""收表: a clerk drops in the own sheet, sees what was understood, answers, hands it in, has a receipt, takes it back."""

import re
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from books import signed_in
from cells import lines, workbook
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from duikou.acts.doing import today
from duikou.acts.dropped import sweep
from duikou.records.models import Passage, Sale, SavedLayout, Submission, Upload
from duikou.records.models import of as of_programme
from duikou.web.sheets import checking, groups

PERIOD = "2010-08..2011-08"
SHEETS = f"/p/tj-hn/{PERIOD}/sheets/"
HEADS = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
APRIL = ["2012年4月", "牦牛肉", "同仁市", "食堂采购", "直接采购", "", "12.5"]
MAY = ["2012年5月", "藏羊", "同仁市", "食堂采购", "直接采购", "", "8"]


@cache
def _made(rows, heads, title):
    return workbook({"A1": title} | lines(2, heads) | lines(3, *rows), sheet="五月")


def sheet(*rows, heads=HEADS, title="同仁市消费帮扶台账"):
    """A workbook of rows; of the same rows the very same file."""
    return _made(tuple(map(tuple, rows)), tuple(heads), title)


@pytest.fixture
def clerk(programme):
    for file in (kept() / "uploads").glob("*"):  # what other tests dropped in
        file.unlink()
    return signed_in("tongren")


def drop(client, *files, month="2012-05", follow=True, **more):
    given = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(SHEETS, {"files": given, "month": month} | more, follow=follow)


def dropped(client, *rows, name="五月.xlsx", **more):
    """The page to check a sheet of rows on, and its address."""
    answer = drop(client, (name, sheet(*rows, **more)))
    return answer.request["PATH_INFO"], answer.content.decode()


def text(page):
    page = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[max(page.find("<main"), 0) :]))


def send(client, address, step, **said):
    return client.post(address, {"step": step} | said, follow=True)


def take(client, address):
    shown = re.search(r'name="shown" value="(\w+)"', client.get(address).content.decode())[1]
    return send(client, address, "accept", shown=shown)


def said(answer):
    return text(answer.content.decode())


def kept():
    """The folder that files are kept in."""
    return Path(settings.VAR)


def sold(programme):
    return sorted(of_programme(Sale, programme).values_list("product", "amount_low"))


# ---- dropping in -----------------------------------------------------------------------------------------------------


def test_a_clerk_drops_in_a_sheet_checks_it_and_has_a_receipt(clerk, programme, django_capture_on_commit_callbacks):
    address, page = dropped(clerk, APRIL, MAY)
    assert "2 新增" in text(page)
    assert "收下（2 行新增、0 行有改动）" in page
    assert "12.5万元" in text(page)
    assert sold(programme) == []
    with django_capture_on_commit_callbacks(execute=True):
        receipt = take(clerk, address)
    assert f"收表〔{today().year}〕1号" in said(receipt)
    assert sold(programme) == [("牦牛肉", 125_000_00), ("藏羊", 80_000_00)]
    assert not list((kept() / "uploads").iterdir())
    (row,) = Submission.objects.all()
    assert (kept() / "documents" / row.document.digest).exists()
    assert (row.office.code, row.region, row.when.code) == ("trxzyb", "632321", "2012-05")


def test_the_back_button_after_taking_leads_to_the_receipt_and_nothing_enters_twice(clerk, programme):
    address, page = dropped(clerk, APRIL)
    shown = re.search(r'name="shown" value="(\w+)"', page)[1]
    take(clerk, address)
    for again in (clerk.get(address, follow=True), send(clerk, address, "accept", shown=shown)):
        assert "收据" in said(again)
    assert sold(programme) == [("牦牛肉", 125_000_00)]
    assert Submission.objects.count() == 1


def test_the_month_before_this_one_is_proposed(clerk):
    day = today()
    last = f"{day.year - 1}-12" if day.month == 1 else f"{day.year}-{day.month - 1:02}"
    assert f'name="month" value="{last}"' in clerk.get(SHEETS).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.xlsx", b"", "空文件"),
        ("五月.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(60) + b"IEND" + bytes(8), "PNG 图片"),
        ("五月.xlsx", b"PK\3\4 no archive", "损坏"),
        ("五月.csv", b"only words without a separator\n", "分栏"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_by_name_and_not_kept(clerk, name, data, told):
    answer = drop(clerk, (name, data))
    assert answer.status_code == 422
    assert name in said(answer)
    assert told in said(answer)
    assert not Upload.objects.exists()


def test_several_files_at_once_are_each_kept_and_the_unfit_one_told(clerk):
    answer = drop(clerk, ("甲.xlsx", sheet(APRIL)), ("乙.xlsx", b""), ("丙.xlsx", sheet(MAY)))
    assert answer.status_code == 422
    assert "乙.xlsx" in said(answer)
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["丙.xlsx", "甲.xlsx"]
    assert "甲.xlsx" in said(clerk.get(SHEETS))


@pytest.mark.parametrize(("field", "value"), [("month", "2012-13"), ("month", "五月"), ("region", "632322")])
def test_a_month_that_is_none_and_an_area_of_others_are_refused(clerk, field, value):
    answer = drop(clerk, ("五月.xlsx", sheet(APRIL)), **{field: value})
    assert answer.status_code == 422
    assert value in said(answer)
    assert not Upload.objects.exists()


def test_the_same_file_is_told_at_once_with_its_receipt(clerk):
    address, _ = dropped(clerk, APRIL)
    take(clerk, address)
    told = drop(clerk, ("又一次.xlsx", sheet(APRIL)))
    number = Submission.objects.get().pk
    assert "已收过" in said(told)
    assert f'href="/r/submission-{number}"' in told.content.decode()
    assert Upload.objects.filter(submission=None).count() == 0


def test_a_file_dropped_in_twice_is_kept_once(clerk):
    assert dropped(clerk, APRIL)[0] == dropped(clerk, APRIL)[0]
    assert Upload.objects.count() == 1


# ---- whose it is -----------------------------------------------------------------------------------------------------


def test_nobody_sees_a_file_that_another_account_dropped_in(clerk, officer):
    address, _ = dropped(clerk, APRIL)
    assert officer.get(address).status_code == 404
    assert officer.post(address, {"step": "away"}).status_code == 404
    assert officer.get(f"{address}mapping/").status_code == 404
    assert "五月.xlsx" not in said(officer.get(SHEETS))
    assert Upload.objects.count() == 1


def test_a_number_of_another_programme_or_none_is_not_there(clerk, everywhere_officer):
    answer = everywhere_officer.post(
        f"/p/bj-ht/{PERIOD}/sheets/", {"files": [SimpleUploadedFile("甲.xlsx", sheet(APRIL))], "month": "2012-05"}
    )
    there = answer["Location"]
    assert everywhere_officer.get(there).status_code in (200, 302)
    assert everywhere_officer.get(there.replace("bj-ht", "tj-hn")).status_code == 404
    assert clerk.get(f"{SHEETS}999999/").status_code == 404
    assert clerk.get(f"{SHEETS}{2**70}/").status_code == 404


def test_a_leader_reads_receipts_and_drops_in_nothing(clerk, programme):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address).request["PATH_INFO"]
    leader = signed_in("lingdao")
    assert "收表〔" in said(leader.get(SHEETS))
    assert "把自己的表放进来" not in said(leader.get(SHEETS))
    assert drop(leader, ("五月.xlsx", sheet(MAY))).status_code == 403
    assert "撤回来表" not in said(leader.get(receipt))
    assert leader.post(receipt, {"reason": "x"}).status_code == 403


def test_a_file_given_up_is_removed_with_its_bytes(clerk):
    address, _ = dropped(clerk, APRIL)
    assert "不交了" in said(send(clerk, address, "away"))
    assert not Upload.objects.exists()
    assert not list((kept() / "uploads").iterdir())
    assert clerk.get(address).status_code == 404


def test_files_that_nobody_came_back_to_for_a_month_are_swept_when_another_comes_in(clerk):
    dropped(clerk, APRIL, name="旧.xlsx")
    Upload.objects.update(at=timezone.now() - timedelta(days=31))
    dropped(clerk, MAY, name="新.xlsx")
    assert list(Upload.objects.values_list("name", flat=True)) == ["新.xlsx"]
    assert len(list((kept() / "uploads").iterdir())) == 1
    assert sweep() == 0


def test_bytes_that_are_gone_are_told(clerk):
    address, _ = dropped(clerk, APRIL)
    for file in (kept() / "uploads").iterdir():
        file.unlink()
    assert "重新选文件" in said(clerk.get(address, follow=True))
    assert not Upload.objects.exists()


def test_two_accounts_with_the_same_file_keep_it_until_both_are_done(clerk, officer):
    mine, _ = dropped(clerk, APRIL)
    theirs, _ = dropped(officer, APRIL)
    send(clerk, mine, "away")
    assert officer.get(theirs).status_code == 200


# ---- checking --------------------------------------------------------------------------------------------------------


def test_an_edited_copy_shows_old_beside_new_and_enters_only_what_differs(clerk, programme):
    address, _ = dropped(clerk, APRIL, MAY)
    take(clerk, address)
    address, page = dropped(clerk, APRIL, [*MAY[:6], "8.8"], name="改后.xlsx")
    assert "收下（0 行新增、1 行有改动）" in page
    assert re.search(r'class="old"[^>]*>8万元</td><td class="new"[^>]*>8.8万元<', page)
    assert "1 相同" in text(page)
    take(clerk, address)
    assert sold(programme) == [("牦牛肉", 125_000_00), ("藏羊", 88_000_00)]


def test_two_clerks_at_once_the_second_sees_that_the_book_moved_on(clerk, officer, programme):
    mine, page = dropped(clerk, APRIL, name="甲.xlsx")
    shown = re.search(r'name="shown" value="(\w+)"', page)[1]
    theirs, _ = dropped(officer, [*APRIL[:6], "13"], name="乙.xlsx")
    take(officer, theirs)
    moved = send(clerk, mine, "accept", shown=shown)
    assert "没有收" in said(moved)
    assert "收下（0 行新增、1 行有改动）" in moved.content.decode()
    assert sold(programme) == [("牦牛肉", 130_000_00)]


def test_the_same_file_of_two_accounts_is_taken_once(clerk, officer, programme):
    mine, _ = dropped(clerk, APRIL)
    theirs, _ = dropped(officer, APRIL)
    take(clerk, mine)
    page = officer.get(theirs).content.decode()
    assert "收过" in text(page)
    assert 'value="accept"' not in page
    assert Submission.objects.count() == 1


def test_all_problems_are_shown_at_once_with_their_cells_those_that_stop_first(clerk, programme):
    odd = ["某时", "牦牛肉", "同仁市", "食堂采购", "白送", "", "12.5"]
    total = ["合计", "", "", "", "", "", "9"]
    _, page = dropped(clerk, odd, MAY, total)
    assert page.index('id="stops"') < page.index('id="asks"')
    stops, asks = page[page.index('id="stops"') : page.index('id="asks"')], page[page.index('id="asks"') :]
    for cell, found in (("A3", "某时"), ("E3", "白送")):
        assert re.search(rf">五月</td>\s*<th[^>]*>{cell}</th>\s*<td[^>]*>{found}<", stops)
    assert "2 处；改了才能收" in text(page)
    assert "sheet.6" not in stops
    assert "sheet.1" in stops
    assert 'value="accept"' not in page
    assert sold(programme) == []
    assert re.search(r">G5</th>\s*<td[^>]*>9</td>\s*<td[^>]*>20.5（各行相加）<", asks)  # 12.5 + 8


def test_a_mended_copy_in_its_place_leaves_no_stale_problem(clerk, programme):
    address, page = dropped(clerk, [*APRIL[:6], "若干"])
    assert "若干" in page
    mended = SimpleUploadedFile("改好.xlsx", sheet(APRIL))
    after = clerk.post(address, {"step": "again", "file": mended}, follow=True)
    assert "若干" not in said(after)
    assert "改好.xlsx" in said(after)
    assert 'value="accept"' in after.content.decode()
    assert len(list((kept() / "uploads").iterdir())) == 1


def test_a_copy_that_cannot_be_read_does_not_take_the_place_of_the_file(clerk):
    address, _ = dropped(clerk, APRIL)
    after = clerk.post(address, {"step": "again", "file": SimpleUploadedFile("坏.xlsx", b"")}, follow=True)
    assert "空文件" in said(after)
    assert Upload.objects.get().name == "五月.xlsx"


def test_rows_of_another_county_stand_among_what_is_to_be_mended(clerk, programme):
    _, page = dropped(clerk, APRIL, [*MAY[:2], "泽库县", *MAY[3:]])
    stops = text(page[page.index('id="stops"') :])
    assert "五月·A4" in stops or "A4" in stops
    assert "handing.2" in stops
    assert 'value="accept"' not in page
    assert sold(programme) == []


def test_columns_that_are_not_taken_are_told(clerk):
    _, page = dropped(clerk, [*APRIL, "张"], heads=[*HEADS, "经办"])
    assert "H 列 经办" in text(page[page.index('id="columns"') :])


def test_where_two_sheets_would_do_the_person_chooses(clerk):
    both = workbook(
        lines(1, HEADS) | lines(2, APRIL) | {f"六月!{k}": v for k, v in (lines(1, HEADS) | lines(2, MAY)).items()},
        sheet="五月",
    )
    answer = drop(clerk, ("两月.xlsx", both))
    assert "表“六月”" in said(answer)
    address = answer.request["PATH_INFO"]
    chosen = re.search(r'value="([\w-]+\|六月)"', answer.content.decode())[1]
    after = send(clerk, address, "choose", table=chosen)
    assert "藏羊" in said(after)
    assert "牦牛肉" not in said(after)


def test_a_large_group_is_shown_by_pages(clerk, monkeypatch):
    monkeypatch.setattr(groups, "MOST", 2)
    rows = [["2012年4月", f"产品{n}", "同仁市", "食堂采购", "直接采购", "", "1"] for n in range(5)]
    address, page = dropped(clerk, *rows)
    assert "5 新增" in text(page)
    assert ("产品1" in page, "产品2" in page) == (True, False)
    second = clerk.get(f"{address}?new=2").content.decode()
    assert ("产品1" in second, "产品2" in second) == (False, True)
    assert "产品4" in clerk.get(f"{address}?new=99").content.decode()


# ---- names that cannot be placed ---------------------------------------------------------------------------------------


def test_a_name_is_asked_once_and_placed_in_all_its_rows(clerk, programme):
    elsewhere = [[*row[:2], "隆务镇", *row[3:]] for row in (APRIL, MAY)]
    address, page = dropped(clerk, *elsewhere)
    assert "2 放不下" in text(page)
    assert text(page).count("账上没有，指的是哪一个") == 1
    found = clerk.get(address, {"key": "region:隆务镇", "look": "同仁"}).content.decode()
    assert re.search(r'value="6323(?:21|01)"', found)
    after = send(clerk, address, "place", key="region:隆务镇", code="632301")
    assert "2 新增" in said(after)
    assert "“隆务镇”指" in said(after)
    asked_again = send(clerk, address, "unplace", key="region:隆务镇")
    assert "2 放不下" in said(asked_again)


@pytest.mark.parametrize(
    ("key", "code"), [("region:隆务镇", "999999"), ("region:隆务镇", ""), ("nothing", "632301"), ("", "")]
)
def test_an_answer_that_the_book_does_not_know_is_not_kept(clerk, key, code):
    address, _ = dropped(clerk, [*APRIL[:2], "隆务镇", *APRIL[3:]])
    assert "没有选中" in said(send(clerk, address, "place", key=key, code=code))
    assert "placed" not in Upload.objects.get().chosen


def test_an_unknown_office_is_looked_for_by_a_part_of_its_name(clerk, officer):
    row = [*APRIL[:5], "某某采购行", APRIL[6]]
    address, page = dropped(clerk, row)
    assert "单位“某某采购行”账上没有" in text(page)
    assert "登记新单位" in page
    assert "organisations/new" not in page
    looked = clerk.get(address, {"key": "organisation:某某采购行", "look": "天津"}).content.decode()
    assert "天津市" in text(looked)
    nothing = clerk.get(address, {"key": "organisation:某某采购行", "look": "查无此名"})
    assert "账上没有含“查无此名”的名称" in said(nothing)
    _, page = dropped(officer, row)
    assert 'new/">登记新单位</a>' in page


# ---- receipts --------------------------------------------------------------------------------------------------------


def test_a_receipt_leads_to_the_records_and_each_record_to_its_cell(clerk, officer, programme):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address)
    (sale,) = of_programme(Sale, programme)
    assert f'href="/r/sale-{sale.pk}"' in receipt.content.decode()
    record = said(officer.get(f"/r/sale-{sale.pk}"))
    assert "表“五月”第 3 行、G3" in record
    assert "第3段" not in record
    passage = Passage.objects.filter(fragment="G3 12.5").get()
    document = officer.get(f"/d/{passage.document.digest[:8]}/")
    assert "这是一份来表" in said(document)
    assert "补原文" not in said(document)
    row = officer.get(f"/d/{passage.document.digest[:8]}/p/3/")
    assert "第 3 行" in said(row)
    assert officer.get(f"/d/{passage.document.digest[:8]}/p/4/").status_code == 404


def test_the_sheet_itself_is_had_back_from_its_receipt_byte_for_byte_but_not_by_everyone(clerk, programme, visitor):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address)
    assert 'href="original"' in receipt.content.decode()
    there = f"{receipt.request['PATH_INFO']}original"
    answer = clerk.get(there)
    assert b"".join(answer.streaming_content) == sheet(APRIL)
    assert answer["Content-Disposition"].endswith(".xlsx")
    assert visitor.get(there).status_code in (302, 403, 404)


def test_the_record_of_a_sheet_is_its_receipt(clerk):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address).request["PATH_INFO"]
    number = Submission.objects.get().pk
    assert clerk.get(f"/r/submission-{number}", follow=True).request["PATH_INFO"].endswith(f"sheets/receipts/{number}/")
    assert receipt.endswith(f"receipts/{number}/")


def test_a_sheet_taken_back_says_so_everywhere_and_may_be_handed_in_again(clerk, programme):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address).request["PATH_INFO"]
    number = of_programme(Sale, programme).get().pk
    assert "写明哪里报错了" in said(clerk.post(receipt, {"reason": " "}))
    back = clerk.post(receipt, {"reason": "报错了月份"}, follow=True)
    assert "原因： 报错了月份 。" in said(back)
    assert "撤回来表" not in said(back)
    record = clerk.get(f"/r/sale-{number}")
    assert record.status_code == 410
    assert f"已随收表〔{today().year}〕1号撤回" in said(record).replace(" ", "")
    assert "已撤回" in said(clerk.get(SHEETS))
    address, _ = dropped(clerk, APRIL)
    assert f"收表〔{today().year}〕2号" in said(take(clerk, address))


def test_a_sheet_is_taken_back_once(clerk):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address).request["PATH_INFO"]
    clerk.post(receipt, {"reason": "报错"})
    again = clerk.post(receipt, {"reason": "报错"})
    assert again.status_code == 422
    assert "已于" in said(again)


def test_a_visitor_of_a_public_programme_is_not_told_who_took_a_sheet(clerk, visitor):
    address, _ = dropped(clerk, APRIL)
    receipt = take(clerk, address).request["PATH_INFO"]
    assert "tongren" in said(clerk.get(receipt))
    for there in (receipt, SHEETS):
        assert "收表〔" in said(visitor.get(there))
        assert "tongren" not in said(visitor.get(there))


@pytest.mark.parametrize("where", ["", "receipt", "check"])
def test_the_pages_answer_in_english(clerk, where):
    address, _ = dropped(clerk, APRIL)
    there = {"": SHEETS, "check": address}.get(where) or take(clerk, address).request["PATH_INFO"]
    page = clerk.get(f"/en{there}")
    assert page.status_code == 200
    assert 'lang="en"' in page.content.decode()


# ---- mapping -----------------------------------------------------------------------------------------------------------

OWN_HEADS = ["时候", "卖的东西", "哪个县", "卖给谁", "卖了多少钱（元）", "经手人", "走哪条路", "怎么卖"]
OWN_ROW = ["2012年4月", "牦牛肉", "同仁市", "", "125000", "甲", "食堂采购", "直接采购"]
CHOSEN = {
    "c1": "when", "c2": "product", "c3": "region", "c4": "buyer", "c5": "amount", "c6": "", "c7": "channel", "c8": "type"
}  # fmt: skip


def mapped(client, address, **said):
    told = {"layout": "t9_sales", "sheet": "五月", "top": "2", "bottom": "2", "title": "本县销售表"} | CHOSEN | said
    return client.post(f"{address}mapping/", told, follow=True)


def unknown(client, *rows, heads=OWN_HEADS, name="自家表.xlsx"):
    answer = drop(client, (name, sheet(*rows, heads=heads)))
    return re.sub(r"mapping/$", "", answer.request["PATH_INFO"]), answer.content.decode()


def test_a_sheet_that_nobody_knows_is_mapped_once_and_then_known(clerk, programme):
    address, page = unknown(clerk, OWN_ROW)
    assert "这种表还不认得" in text(page)
    assert "125000" in page
    after = mapped(clerk, address)
    assert "1 新增" in said(after)
    assert "F 列 经手人" in said(after)
    take(clerk, address)
    assert sold(programme) == [("牦牛肉", 125_000_00)]
    assert Submission.objects.get().layout == "t9_sales"
    address, page = unknown(clerk, ["2012年5月", "藏羊", "同仁市", "", "80000", *OWN_ROW[5:]])
    assert "1 新增" in text(page)
    assert "本县销售表" in text(page)
    take(clerk, address)
    assert sold(programme) == [("牦牛肉", 125_000_00), ("藏羊", 80_000_00)]


def test_another_office_does_not_have_the_mapping(clerk, officer):
    address, _ = unknown(clerk, OWN_ROW)
    mapped(clerk, address)
    _, page = unknown(officer, OWN_ROW)
    assert "这种表还不认得" in text(page)


def test_exact_words_are_mapped_and_words_that_are_alike_are_proposed(clerk):
    heads = ["月份", "主要产品名称", "所在县区", "经手"]
    _, page = unknown(clerk, ["4月", "牦牛肉", "同仁市", "甲"], heads=heads)
    chosen = dict(re.findall(r'<select id="c(\d)".*?value="(\w*)" selected', page, re.S))
    assert (chosen["1"], chosen["2"]) == ("when", "product")
    assert page.count("拟对</span>") >= 1


@pytest.mark.parametrize(
    ("said_", "told"),
    [
        ({"c5": ""}, "没有对上：销售金额"),
        ({"c6": "amount"}, "“销售金额”对了 E、F 几列"),
        ({"c6": "fen"}, "名单里没有"),
        ({"title": " "}, "这种表叫什么"),
        ({"c8": ""}, "没有对上：采购或帮助销售"),
    ],
)
def test_a_mapping_that_does_not_do_is_told_and_not_kept(clerk, said_, told):
    address, _ = unknown(clerk, OWN_ROW)
    answer = mapped(clerk, address, **said_)
    assert answer.status_code == 422
    assert told in said(answer)
    assert not SavedLayout.objects.exists()


def test_headings_that_changed_since_are_asked_about_again(clerk):
    address, _ = unknown(clerk, OWN_ROW)
    mapped(clerk, address)
    heads = [*OWN_HEADS[:3], "谁买的", *OWN_HEADS[4:]]
    address, page = unknown(clerk, [*OWN_ROW[:4], "90000", *OWN_ROW[5:]], heads=heads, name="六月.xlsx")
    assert "上次对过的“卖给谁”这次没有了" in text(page)
    after = mapped(clerk, address)
    assert "1 新增" in said(after)


def test_a_column_that_the_office_does_not_hand_in_is_left_out_though_its_words_are_known(clerk, programme):
    heads = ["月份", "产品名称", "县区", "采购单位", "销售金额（万元）", "金额", "销售渠道", "方式"]
    address, _ = unknown(clerk, ["2012年4月", "牦牛肉", "同仁市", "", "3", "99", "食堂采购", "直接采购"], heads=heads)
    after = mapped(clerk, address, c4="", c5="", c6="amount")
    assert "99万元" in said(after)
    assert "E 列 销售金额（万元）" in said(after)


def test_a_sheet_without_a_heading_says_so(clerk):
    answer = drop(clerk, ("数.xlsx", workbook(lines(1, ["1", "2"], ["3", "4"]))))
    assert "找不到表头" in said(answer)


def test_a_rehearsal_is_asked_once_for_each_line_of_the_book(clerk, monkeypatch, counted):
    asked = []
    real = checking.rehearse_sheet
    monkeypatch.setattr(checking, "rehearse_sheet", lambda *args, **more: asked.append(1) or real(*args, **more))
    address, _ = dropped(clerk, APRIL)
    clerk.get(address)
    assert len(asked) == 1

"""The own workbook back, the corrected copy and the forms as a county's clerk takes them from the pages."""

import io
from urllib.parse import unquote

import openpyxl
import pytest
from books import example, open_offices, signed_in
from cells import lines, workbook
from django.core.files.uploadedfile import SimpleUploadedFile

from duikou.records.models import Upload

HEADS = ["月份", "产品名称", "县（市、区）", "销售渠道", "方式", "采购单位", "销售金额（万元）"]
HERE = "/p/tj-hn/2011-08/sheets/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(settings, tmp_path):
    """The county's clerk of Tongren, signed in."""
    example(settings, tmp_path)
    open_offices()
    return signed_in("tongren")


def dropped(clerk, amount):
    """A sheet of sales with an amount, dropped in; its number."""
    row = ["2011年8月", "牦牛肉", "同仁县", "食堂采购", "直接采购", "", amount]
    data = workbook(lines(1, ["台账"]) | lines(2, HEADS) | lines(3, row), sheet="八月")
    clerk.post(HERE, {"files": SimpleUploadedFile("八月销售.xlsx", data), "month": "2011-08", "region": "632321"})
    return Upload.objects.latest("pk").pk


def book_of(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_one_click_gives_the_own_workbook_with_the_problems_beside_the_cells(clerk):
    response = clerk.get(f"{HERE}{dropped(clerk, '若干')}/answer.xlsx")
    assert unquote(response["Content-Disposition"]).endswith("八月销售_核对结果.xlsx")
    assert "现为：若干" in book_of(response)["八月"]["G3"].comment.text


def test_where_only_form_was_wrong_a_corrected_copy_is_had(clerk):
    page = book_of(clerk.get(f"{HERE}{dropped(clerk, '壹拾贰万伍仟元整')}/corrected.xlsx"))
    assert page["八月"]["G3"].value == 12.5
    assert [cell.value for cell in page["改动清单"][5]][1:] == ["G3", "销售金额（万元）", "壹拾贰万伍仟元整", "12.5"]


def test_where_nothing_is_to_be_rewritten_the_page_says_so(clerk):
    data = workbook(lines(1, HEADS) | lines(2, ["2011-08", "牦牛肉", "同仁县", "食堂采购", "直接采购", "", 3]))
    clerk.post(HERE, {"files": SimpleUploadedFile("八月.xlsx", data), "month": "2011-08", "region": "632321"})
    number = Upload.objects.latest("pk").pk
    assert "没有只是写法不合的格" in clerk.get(f"{HERE}{number}/corrected.xlsx", follow=True).content.decode()


def test_what_another_has_dropped_in_is_not_there(clerk):
    number = dropped(clerk, "3")
    assert signed_in("yewu").get(f"{HERE}{number}/answer.xlsx").status_code == 404


def test_the_page_of_forms_says_how_many_cells_are_spared(clerk):
    text = clerk.get(f"{HERE}forms/?month=2011-08").content.decode()
    assert "填报用的表" in text
    assert f"{HERE}forms/t9_sales.xlsx?region=632321" in text
    assert "Forms to fill in" in clerk.get(f"/en{HERE}forms/?month=2011-08").content.decode()
    assert "少填" in signed_in("yewu").get(f"{HERE}forms/?month=2011-08&region=").content.decode()


def test_a_form_is_of_the_own_county_only(clerk):
    page = book_of(clerk.get(f"{HERE}forms/t9_sales.xlsx"))["填报"]
    assert "同仁" in page["A1"].value
    assert clerk.get(f"{HERE}forms/t9_sales.xlsx?region=632323").status_code == 404
    assert clerk.get(f"{HERE}forms/t99.xlsx").status_code == 404
    assert clerk.get(f"{HERE}forms/t9_sales.xlsx?month=2011-13").status_code == 404

"""A year that cannot be entered: wrong cells, totals that the book has already, what a rule refuses; nothing is kept."""

import shutil
from pathlib import Path

import pytest
from books import OFFICER

from duikou.intake.folder import load
from duikou.intake.year import bank
from duikou.intake.year.play import play
from duikou.intake.year.source import read_year
from duikou.records.models import Claim, Organisation
from duikou.rules.problem import Refused

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "wanglan-yunxiu-2023"


@pytest.mark.usefixtures("db")
def test_a_book_that_has_the_years_totals_is_refused(tmp_path, settings):
    settings.VAR = tmp_path
    load(EXAMPLE, person=OFFICER, administrator=OFFICER)
    with pytest.raises(Refused, match=r"没有载入 works\.toml、disbursed\.toml"):
        play(EXAMPLE)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("file", "was", "put", "said"),
    [
        ("payments", "2023-05-06", "2023-13-06", r"payments\.csv:4：.*现为日期 2023-13-06"),
        ("payments", "2023-05-06", "2022-05-06", r"payments\.csv:4：.*应为2023 年"),
        ("payments", "鹿溪县,,700", "鹿溪县,,七百", r"payments\.csv:4：.*现为金额 七百；应为金额，以万元计"),
        ("claims", "鹿路合2023-01,预付款", "鹿路合2023-99,预付款", r"claims\.csv:5：.*应为contracts\.csv 里的合同号"),
        ("claims", "预付款,已开工,项目建设,530", "预付,已开工,项目建设,530", r"claims\.csv:2：.*类别 预付"),
        ("receipts", "青收2023-02", "青收2023-01", r"receipts\.csv:\d+：.*未用过的回单号"),
        ("stages", "2023-01-10,QT2023001-D,已申报", "2023-01-10,QT2023001-D", r"stages\.csv:\d+：.*现为2 格；应为3 格"),
        ("bank", "无对应", "不明", r"bank\.csv:\d+：.*应为拆分、合并、无对应、手续费"),
    ],
)
def test_a_wrong_cell_is_named_with_file_line_found_and_expected(tmp_path, file, was, put, said):
    folder = shutil.copytree(EXAMPLE, tmp_path / "copy")
    table = folder / "year" / f"{file}.csv"
    text = table.read_text("utf-8")
    assert was in text
    table.write_text(text.replace(was, put, 1), "utf-8")
    with pytest.raises(Refused, match=said):
        read_year(folder)


@pytest.mark.parametrize(("was", "put"), [("year = 2023\n", ""), ("县领导", "县领导们"), ("programme =", "programme")])
def test_a_year_that_does_not_say_what_it_is_names_its_file(tmp_path, was, put):
    folder = shutil.copytree(EXAMPLE, tmp_path / "copy")
    said = folder / "year" / "year.toml"
    said.write_text(said.read_text("utf-8").replace(was, put, 1), "utf-8")
    with pytest.raises(Refused, match=r"year\.toml：.*offices\.toml 的单位、账号、角色"):
        read_year(folder)


def test_parts_that_the_bank_shows_make_up_their_voucher(tmp_path):
    folder = shutil.copytree(EXAMPLE, tmp_path / "copy")
    table = folder / "year" / "bank.csv"
    table.write_text(table.read_text("utf-8").replace("拆分,望拨2023-12,1000", "拆分,望拨2023-12,999"), "utf-8")
    with pytest.raises(Refused, match=r"bank\.csv:\d+：.*各行合计 1399 万元；应为凭证合计 1400 万元"):
        bank.treasury(read_year(folder))


@pytest.mark.usefixtures("db")
def test_what_a_rule_refuses_is_named_with_its_row_and_nothing_is_kept(tmp_path, settings):
    settings.VAR = tmp_path
    folder = shutil.copytree(EXAMPLE, tmp_path / "copy")
    table = folder / "year" / "projects.csv"
    table.write_text(table.read_text("utf-8").replace("6200平方米", "6200亩"), "utf-8")
    load(folder, person=OFFICER, administrator=OFFICER, without=read_year(folder).instead_of)
    with pytest.raises(Refused, match=r"projects\.csv:2：.*现为学校以“亩”计；应为平方米、所、处"):
        play(folder)
    assert not Organisation.objects.filter(credit_code__gt="").exists()  # the payees came before it

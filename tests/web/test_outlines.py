"""提纲: seen, edited and kept by those who may; a paper that comes back; a figure and a programme as plain data."""

import io
import json
import re
import zipfile
from datetime import date

import pytest
from books import PERIOD, kept_example, open_offices, pay, signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree

from duikou.records.models import JournalLine, Outline
from duikou.reports.outline import outlines
from duikou.snapshot.store import freeze

pytestmark = pytest.mark.django_db
HERE = f"/p/tj-hn/{PERIOD}/outlines/"
TEXT = "名称：月度简报\n题目：{支援方}简报\n\n拨付{已拨付到位}。\n"


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    """The example with its offices, made once."""
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("outlines")) as programme:
        open_offices()
        freeze()
        yield programme


@pytest.fixture
def officer(kept, db):
    """A client of the programme officer."""
    return signed_in("yewu")


@pytest.fixture
def leader(kept, db):
    """A client of the leader, who makes papers and edits no outline."""
    return signed_in("lingdao")


def text(answer):
    return re.sub(r"<[^>]+>|\s+", "", answer.content.decode())


def save(client, said=TEXT, made_from=0, reason="改短", step="save", code="monthly"):
    return client.post(f"{HERE}{code}/", {"text": said, "made_from": made_from, "reason": reason, "step": step})


def test_the_list_has_every_outline_with_the_edition_in_use(officer):
    page = text(officer.get(HERE))
    assert all(outline.name in page for outline in outlines().values())
    save(officer)
    assert "月度简报第1版" in text(officer.get(HERE))


def test_the_editor_shows_the_text_and_the_paper_it_makes(officer):
    page = officer.get(f"{HERE}situation/").content.decode()
    assert "【逐条写捐助，形式为捐资或筹资" in page
    assert re.search(r'<a class="fig" href="/f/funds\.disbursed:tj-hn[^"]*">1000万元</a>', page)


def test_a_preview_writes_nothing(officer):
    before = JournalLine.objects.count()
    answer = save(officer, TEXT + "项目{项目数}。\n", step="look")
    assert (answer.status_code, JournalLine.objects.count()) == (200, before)
    assert "拨付1000万元。项目12个。" in text(answer)


def test_an_edition_is_kept_once_and_is_in_use(officer):
    answer = save(officer)
    assert (answer.status_code, answer["Location"]) == (302, f"{HERE}monthly/")
    kept = Outline.objects.get()
    assert (kept.code, kept.edition, kept.title, kept.text, kept.reason) == ("monthly", 1, "月度简报", TEXT, "改短")
    page = text(officer.get(f"{HERE}monthly/"))
    assert "在用：第1版" in page
    assert "拨付1000万元。" in page


def test_problems_stand_by_line_and_nothing_is_kept(officer):
    answer = save(officer, TEXT + "甲{已拔付}。\n乙12个。\n")
    page = text(answer)
    assert answer.status_code == 422
    assert "有2处读不懂" in page
    assert "第5行" in page
    assert "第6行" in page
    assert "相近的有：" in page
    assert not Outline.objects.exists()


def test_two_who_edit_at_once_do_not_cover_each_other(officer):
    save(officer)
    answer = save(officer, TEXT + "项目{项目数}。\n")
    assert answer.status_code == 422
    assert "从第0版改起，现已有第1版" in text(answer)
    assert Outline.objects.count() == 1


def test_the_history_shows_what_changed_and_leads_back(officer):
    save(officer)
    save(officer, TEXT + "项目{项目数}。\n", made_from=1, reason="加项目数")
    page = officer.get(f"{HERE}monthly/editions/").content.decode()
    assert "<ins>项目{项目数}。</ins>" in page
    assert "加项目数" in page
    back = officer.get(f"{HERE}monthly/?from=1").content.decode()
    assert "项目{项目数}。\n</textarea>" not in back
    assert save(officer, TEXT, made_from=2, reason="改回").status_code == 302


def test_who_edits_no_outline_sees_it_and_is_refused(leader):
    page = leader.get(f"{HERE}monthly/").content.decode()
    assert "readonly" in page
    assert "存为新的一版" not in page
    assert save(leader).status_code == 403


def test_what_is_no_outline_is_not_there(officer):
    assert officer.get(f"{HERE}nothing/").status_code == 404


def test_a_paper_of_one_project_is_made_of_the_one_that_is_named(officer):
    page = officer.get(HERE).content.decode()
    (address, *_) = re.findall(r'href="(/p/[^"]*project\.docx\?project=\d+)"', page)
    assert officer.get(address).status_code == 200
    assert officer.get(f"/p/tj-hn/{PERIOD}/reports/project.docx?project=999999").status_code == 404


@pytest.mark.parametrize(
    "address", ["", "situation/", "situation/editions/", "situation/moved?line=1", "situation/returned"]
)
def test_every_page_answers_in_english_too(officer, address):
    assert officer.get(f"/en{HERE}{address}").status_code == 200


# ---- which sentences move


def test_the_sentences_that_a_payment_moves_are_shown_old_and_new(officer, kept):
    line = freeze().line
    numbers = pay(kept, 1_200_000, date(2011, 8, 30), "凭2011-001")
    page = text(officer.get(f"{HERE}situation/moved?line={line}"))
    assert "其中1000万元已拨付到位；其中1120万元已拨付到位；" in page
    assert "其中1120万元" in text(officer.get(f"{HERE}situation/moved?record={numbers[0]}"))


def test_a_record_of_which_no_earlier_snapshot_is_kept_names_the_sentences_that_rest_on_it(officer):
    gift = next(row for row in freeze().rows["gifts"] if row["giver_name"] == "滨海新区大港管委会")
    page = text(officer.get(f"{HERE}situation/moved?record={gift['number']}"))
    assert "滨海新区大港管委会捐资30万元" in page


@pytest.mark.parametrize("asked", ["line=999999", "record=999999", "line=x", "record="])
def test_a_line_or_record_that_is_not_there_is_said(officer, asked):
    assert officer.get(f"{HERE}situation/moved?{asked}").status_code == 200


def test_the_editor_draws_the_charts_of_the_paper_and_names_its_tables(officer):
    """1000 of 2000 paid out: half the width, the other half hatched; three givers."""
    page = officer.get(f"{HERE}annual/").content.decode()
    assert page.count('<figure class="drawn">') == 2
    assert '<rect x="50%" y="5" width="50%" height="13" class="rest"/>' in page
    assert page.count('class="full"') == 2 + 3
    assert "附件：天津市对口支援青海省黄南藏族自治州情况统计表" in page
    assert "图：历年拨付，逐年写{已拨付到位}" in page  # how a chart is written


# ---- papers that come back


def returned(officer, change, code="situation"):
    file = officer.get(f"/p/tj-hn/{PERIOD}/reports/{code}.docx").content
    box = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(box, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return officer.post(f"{HERE}{code}/returned", {"file": SimpleUploadedFile("改.docx", box.getvalue())})


def test_figures_changed_by_hand_stand_against_the_book(officer):
    page = text(returned(officer, lambda xml: xml.replace(">1000万元<", ">1500万元<")))
    assert "文稿有46个数字：按数字标记找到46个" in page
    assert "已拨付到位1000万元1500万元1000万元数字标记" in page
    assert "没有改过的话。" in page


def test_a_sentence_of_words_and_one_number_becomes_the_outlines_next_line(officer):
    answer = returned(officer, lambda xml: xml.replace("调研期间召开座谈会", "调研中共开座谈会"))
    assert "行改为：调研中共开座谈会{调研座谈会}。" in text(answer)
    (kept_text,) = re.findall('<textarea name="text" hidden>(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert save(officer, kept_text.replace("&quot;", '"'), code="situation").status_code == 302
    assert "调研中共开座谈会5次。" in text(officer.get(f"{HERE}situation/"))


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [("签署合作交流框架协议。", "签了框架协议。", "逐条写出"), ("以上教育类捐资与筹资合计", "以上教育类捐资和筹资共计", "行改为："), ("支援资金和项目抓紧落地", "资金和项目加快落地", "逐条写出"),
     ("数据截至2011年8月29日", "数据到2011年8月29日为止", "不止数字")],
)  # fmt: skip
def test_a_sentence_that_cannot_be_kept_says_why(officer, was, now, why):
    page = text(returned(officer, lambda xml: xml.replace(was, now)))
    assert why in page


def test_a_file_that_is_none_of_ours_is_refused_on_the_page(officer):
    answer = officer.post(f"{HERE}situation/returned", {"file": SimpleUploadedFile("a.docx", b"PK\3\4nothing")})
    assert answer.status_code == 422
    assert "损坏" in text(answer)
    assert officer.post(f"{HERE}situation/returned", {}).status_code == 422


# ---- open data


def test_a_figure_as_json_has_its_definition_make_up_checks_and_days(officer):
    data = json.loads(officer.get(f"/f/donations.education:tj-hn.{PERIOD}.json").content)
    assert (data["identity"]["first"], data["identity"]["last"]) == ("2010-08-01", "2011-08-31")
    assert data["definition"]["version"] == data["identity"]["version"]
    assert data["definition"]["name"] == "教育类捐资与筹资"
    assert [part["number"] for part in data["make_up"]["parts"]] == ["300", "160", "30"]
    assert {check["state"] for check in data["checks"]} <= {"ok", "ask", "fails", "unknown"}
    assert data["checks"][0]["title"] == "分项之和等于合计"
    assert data["writing"]["digits"] == 0


def test_a_published_programme_is_taken_as_iati(client, kept):
    answer = client.get("/p/tj-hn/iati.xml")
    assert answer.status_code == 200
    root = etree.fromstring(b"".join(answer.streaming_content))
    assert root.get("version") == "2.03"
    assert len(root.findall("iati-activity")) == 6

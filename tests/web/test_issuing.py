"""文件: a paper from draft to issue by its roles, stamped while something is open; issued again, asked again, what it rests on."""

import io
import json
import re
import zipfile
from datetime import date
from hashlib import sha256

import openpyxl
import pytest
from books import OFFICER, PERIOD, pay, signed_in
from django.test import Client
from papers import DRAFT, HERE, drafted, errors, issued, send, settled

from duikou.acts.issuing import kept_file
from duikou.acts.works import set_output
from duikou.records.models import Finding, JournalLine, Link, Paper, PaperComment, Programme, Project
from duikou.records.models import Output as OutputRow
from duikou.rules.outputs import Output
from duikou.rules.quantity import exactly
from duikou.snapshot.store import load
from duikou.web.issuing.again import issued_again
from duikou.web.issuing.kept import Kept


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def said_in(data):
    """All that a .docx or .xlsx prints."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


def test_a_draft_rests_on_todays_snapshot_and_keeps_the_versions_it_was_made_with(programme):
    paper = drafted("report:situation", floor="copy")
    taken = load(paper.line)
    assert (paper.state, paper.snapshot, paper.span) == ("draft", taken.digest, PERIOD)
    assert '"funds.secured":"' in paper.sheets
    assert paper.program


def test_a_paper_with_an_open_question_is_stamped_and_is_not_issued_until_it_is_judged(programme):
    paper, leader = drafted(), signed_in("lingdao")
    page = text(leader.get(f"{HERE}{paper.pk}/"))
    assert page.index("待核的数字") < page.index("依据 不设下限") < page.index("办理经过")
    assert "草稿" in said_in(leader.get(f"{HERE}{paper.pk}/file").content)
    assert send(leader, f"{HERE}{paper.pk}/sign", signer="").status_code == 302
    refused = send(leader, f"{HERE}{paper.pk}/issue", code="津合〔2011〕1号")
    assert refused.status_code == 422
    assert "待核：已拨付到位" in errors(refused)
    settled(programme)
    assert "草稿" not in said_in(leader.get(f"{HERE}{paper.pk}/file").content)
    assert send(leader, f"{HERE}{paper.pk}/issue", code="津合〔2011〕1号").status_code == 302
    assert Paper.objects.get(pk=paper.pk).state == "issued"


def test_what_is_issued_is_kept_under_a_digest_that_stands_in_the_journal_and_comes_out_the_same_again(programme):
    settled(programme)
    for form, code in (("table:overview", "津合〔2011〕1号"), ("report:situation", "津合〔2011〕2号")):
        paper = issued(code, form=form)
        data = kept_file(paper.file)
        assert sha256(data).hexdigest() == paper.file
        assert JournalLine.objects.last().images.filter(text__contains=paper.file).exists()
        assert signed_in("yewu").get(f"{HERE}{paper.pk}/file").content == data
        again = issued_again(paper)
        assert (again.same, again.digest) == (True, paper.file)
        assert "与印发件一致" in text(signed_in("shenji").get(f"{HERE}{paper.pk}/again/"))


def test_a_paper_made_by_another_program_or_sheet_names_what_differs(programme, monkeypatch):
    settled(programme)
    paper = issued("津合〔2011〕1号")
    Paper.objects.filter(pk=paper.pk).update(
        program="0.0.9+00000000",
        file="ab" * 32,
        sheets=paper.sheets.replace('"funds.secured":"', '"funds.secured":"00'),
    )
    found = issued_again(Paper.objects.get(pk=paper.pk))
    assert not found.same
    assert [said.split("：")[0] for said in found.differs] == ["程序已换", "口径 funds.secured 已改"]


def test_an_upward_report_bears_its_number_and_not_before_it_is_issued(programme):
    settled(programme)
    paper = issued("津合〔2011〕7号", form="report:situation", style="upward", addressee="天津市人民政府")
    printed = said_in(kept_file(paper.file))
    assert "津合〔2011〕7号" in printed
    assert "天津市人民政府" in printed


def test_a_number_is_given_once(programme):
    settled(programme)
    issued("津合〔2011〕1号")
    second, leader = drafted(), signed_in("lingdao")
    send(leader, f"{HERE}{second.pk}/sign", signer="")
    refused = send(leader, f"{HERE}{second.pk}/issue", code="津合〔2011〕1号")
    assert (refused.status_code, "已用过" in errors(refused)) == (422, True)


def test_a_comment_holds_the_signature_until_it_is_answered(programme):
    paper, leader, officer = drafted(), signed_in("lingdao"), signed_in("yewu")
    figure = str(Kept(paper).names[0])
    assert send(leader, f"{HERE}{paper.pk}/comment", figure=figure, text="核对到账").status_code == 302
    refused = send(leader, f"{HERE}{paper.pk}/sign", signer="")
    assert (refused.status_code, "1 条意见未了结" in errors(refused)) == (422, True)
    (comment,) = PaperComment.objects.all()
    assert (comment.figure, comment.role) == (figure, "leader")
    assert send(officer, f"{HERE}comments/{comment.pk}/settle", answer="已对凭证").status_code == 302
    assert send(leader, f"{HERE}{paper.pk}/sign", signer="").status_code == 302


def test_what_was_seen_is_what_is_signed(programme):
    paper, leader = drafted(), signed_in("lingdao")
    page = leader.get(f"{HERE}{paper.pk}/sign").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    assert send(signed_in("yewu"), f"{HERE}{paper.pk}/refresh").status_code == 302
    refused = leader.post(f"{HERE}{paper.pk}/sign", {**hidden, "signer": "", "step": "confirm"})
    assert (refused.status_code, "看过变动再办" in errors(refused)) == (422, True)


def test_a_paper_below_its_floor_goes_out_with_a_waiver_only_and_says_so(programme):
    settled(programme)
    paper, leader = drafted(floor="issued"), signed_in("lingdao")
    send(leader, f"{HERE}{paper.pk}/sign", signer="")
    refused = send(leader, f"{HERE}{paper.pk}/issue", code="津合〔2011〕1号", waiver="")
    assert (refused.status_code, "依据低于所定等级" in errors(refused)) == (422, True)
    assert send(leader, f"{HERE}{paper.pk}/issue", code="津合〔2011〕1号", waiver="原件在途").status_code == 302
    assert "依据不够等级，先印发： 原件在途" in text(leader.get(f"{HERE}{paper.pk}/"))


def test_who_may_do_what(programme):
    paper = drafted()
    for account, forms in (("yewu", ("sign", "issue", "withdraw")), ("lingdao", ("refresh",)), ("shenji", ("sign",))):
        for form in forms:
            assert signed_in(account).get(f"{HERE}{paper.pk}/{form}").status_code == 403, (account, form)
    assert signed_in("shenji").get(f"{HERE}{paper.pk}/").status_code == 200
    assert signed_in("tongren").get(f"{HERE}{paper.pk}/").status_code == 404


def test_everyone_sees_what_is_issued_of_a_published_programme_and_no_draft(programme):
    settled(programme)
    draft, paper = drafted(), issued("津合〔2011〕1号")
    visitor = Client()
    listed = visitor.get(HERE).content.decode()
    assert f"reports/{paper.pk}/" in listed
    assert f"reports/{draft.pk}/" not in listed
    assert visitor.get(f"{HERE}{draft.pk}/").status_code == 404
    page = visitor.get(f"{HERE}{paper.pk}/")
    assert page.status_code == 200
    assert "办理经过" not in text(page)
    assert visitor.get(f"{HERE}{paper.pk}/today/").status_code == 404
    Programme.objects.filter(code="tj-hn").update(published=None)
    assert visitor.get(f"{HERE}{paper.pk}/").status_code == 404


def test_a_withdrawn_paper_stays_with_its_note(programme):
    settled(programme)
    paper = issued("津合〔2011〕1号")
    leader = signed_in("lingdao")
    assert send(leader, f"{HERE}{paper.pk}/withdraw", note="到账数有误，以 2 号为准").status_code == 302
    page = text(Client().get(f"{HERE}{paper.pk}/"))
    assert "撤回" in page
    assert "到账数有误，以 2 号为准" in page
    assert Client().get(f"{HERE}{paper.pk}/file").content == kept_file(paper.file)


def test_the_same_question_today_names_the_payment_that_came_late_and_its_line(programme):
    paper = drafted()
    pay(programme, 2_000_000, date(2011, 8, 30), "A-1")
    line = JournalLine.objects.order_by("-number")[0].number
    answer = signed_in("shenji").get(f"{HERE}{paper.pk}/today/")
    page = text(answer)
    assert "1000万元 → 1200万元 ＋200万元" in page
    assert f'href="/log/{line}/"' in answer.content.decode()
    assert "补报" in page
    assert "50.0% → 60.0% ＋10.0 个百分点" in page
    assert "/log/" not in signed_in("yewu").get(f"{HERE}{paper.pk}/today/").content.decode()  # the log is for auditors


def test_the_gaps_of_a_figure_are_listed_with_who_should_give_the_paper(programme):
    officer = signed_in("yewu")
    page = text(officer.get(f"{HERE}owing/?f=funds.disbursed:tj-hn.{PERIOD}&grade=original"))
    assert "1 条记录没有原件或更好的依据" in page
    rows = officer.get(f"{HERE}owing/list.csv?f=funds.disbursed:tj-hn.{PERIOD}&grade=original").content.decode(
        "utf-8-sig"
    )
    assert rows.splitlines()[1].split(",")[2:4] == ["1000万元", "转载件"]
    assert "每一条都有转载件或更好的依据" in text(
        officer.get(f"{HERE}owing/?f=funds.disbursed:tj-hn.{PERIOD}&grade=copy")
    )
    assert Client().get(f"{HERE}owing/?f=funds.disbursed:tj-hn.{PERIOD}").status_code == 404


@pytest.mark.parametrize("said", [{"made_of": "table:none"}, {"span": "何时"}, {"made_of": ""}, {"floor": "rumour"}])
def test_a_draft_that_cannot_be_made_says_why(programme, said):
    answer = send(
        signed_in("yewu"), f"{HERE}new", **{"made_of": "table:overview", "span": PERIOD, "style": "spoken", **said}
    )
    assert answer.status_code == 422
    assert errors(answer)


def test_the_pages_answer_in_english(programme):
    paper = drafted("report:situation")
    for rest in ("", f"{paper.pk}/", f"{paper.pk}/today/", f"owing/?f=funds.disbursed:tj-hn.{PERIOD}"):
        page = signed_in("yewu").get(f"/en{HERE}{rest}")
        assert page.status_code == 200, rest
        assert 'lang="en"' in page.content.decode()


def test_an_urgent_paper_goes_out_while_a_question_is_open_with_a_reason_that_its_page_shows(programme):
    paper, leader = drafted(), signed_in("lingdao")
    send(leader, f"{HERE}{paper.pk}/sign", signer="")
    refused = send(leader, f"{HERE}{paper.pk}/issue", code="津合〔2011〕1号", unchecked=" ")
    assert (refused.status_code, "写明为什么先印发" in errors(refused)) == (422, True)
    said = {"code": "津合〔2011〕1号", "unchecked": "汇报会当日要用"}
    assert send(leader, f"{HERE}{paper.pk}/issue", **said).status_code == 302
    paper.refresh_from_db()
    assert paper.unchecked == "汇报会当日要用"
    assert JournalLine.objects.last().images.filter(text__contains="汇报会当日要用").exists()
    assert "有数字待核，先印发： 汇报会当日要用 lingdao" in text(leader.get(f"{HERE}{paper.pk}/"))
    assert "汇报会当日要用 lingdao" not in text(Client().get(f"{HERE}{paper.pk}/"))  # who it was is said inside only
    assert "草稿" not in said_in(kept_file(paper.file))


def test_a_draft_table_is_stamped_above_every_printed_page_and_beside_its_unit(programme):
    """综合表 has four sheets; 草稿 stands in the head of each, where a Word draft has it, and in the line above the table."""
    for form in ("table:overview", "table:t02"):  # a list of figures, and a register, which another writer writes
        paper = drafted(form)
        data = signed_in("yewu").get(f"{HERE}{paper.pk}/file").content
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
        assert Kept(paper).is_draft
        assert [sheet.count("草稿</oddHeader>") for sheet in sheets] == [1] * len(sheets)
        assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].oddHeader.right.text == "草稿"
        assert "草稿，有待核的数字或未了结的意见，不作依据。" in said_in(data)


def test_a_project_brief_is_issued_of_one_project_and_comes_out_the_same_again(programme):
    settled(programme)
    square = Project.objects.get(name="热贡文化广场")
    paper = issued("津合〔2011〕9号", form="report:project", project=square.pk)
    assert (paper.project_id, paper.title) == (square.pk, "热贡文化广场项目情况")
    assert issued_again(paper).same
    rows = signed_in("yewu").get(f"{HERE}list.csv").content.decode("utf-8-sig").splitlines()
    assert rows[1].split(",")[3:5] == ["项目简介", "热贡文化广场"]
    other = Project.objects.exclude(pk=square.pk).filter(record__programme=programme).first()
    assert Kept(drafted("report:project", project=other.pk)).made.title == f"{other.name}项目情况"


@pytest.mark.parametrize(("form", "project", "said"), [
    ("report:project", False, "没有选项目"), ("report:annual", True, "不选项目"),
])  # fmt: skip
def test_a_brief_names_its_project_and_no_other_paper_does(programme, form, project, said):
    number = Project.objects.get(name="热贡文化广场").pk if project else ""
    answer = send(signed_in("yewu"), f"{HERE}new", **{**DRAFT, "made_of": form, "span": PERIOD, "project": number})
    assert (answer.status_code, said in errors(answer)) == (422, True)


def test_an_issued_paper_keeps_each_value_as_it_printed_it(programme):
    """拨付 1000万元 is 100 000 000 000 fen; 意向 近6亿元 is kept with both ends."""
    settled(programme)
    paper = issued("津合〔2011〕1号", form="report:annual")
    kept = json.loads(paper.printed)
    assert kept[f"funds.disbursed:tj-hn.{PERIOD}"] == [10**9, 10**9, "fen", "1000万元"]
    assert kept[f"enterprises.intent:tj-hn.{PERIOD}"] == [54 * 10**9, 6 * 10**10 - 1, "fen", "近6亿元"]


def test_a_sheet_that_is_another_today_is_a_new_definition_and_the_old_number_stands_as_printed(programme, monkeypatch):
    """The sheet of 拨付 was another when the paper was issued: its 998万元 is not reckoned again; today's sheet says 1000万元."""
    settled(programme)
    paper = issued("津合〔2011〕1号")
    name = f"funds.disbursed:tj-hn.{PERIOD}"
    kept = json.loads(paper.printed) | {name: [998 * 10**6, 998 * 10**6, "fen", "998万元"]}
    version = json.loads(paper.sheets)["funds.disbursed"]
    sheets = paper.sheets.replace(version, "ab" * 32)
    Paper.objects.filter(pk=paper.pk).update(printed=json.dumps(kept), sheets=sheets)
    page = text(signed_in("shenji").get(f"{HERE}{paper.pk}/today/"))
    assert "998万元 → 1000万元 ＋2万元" in page
    assert f"新口径 口径 funds.disbursed 已改：印发时 abababab，现在 {version[:8]}" in page


def test_a_sheet_that_is_no_more_leaves_the_number_as_printed(programme):
    settled(programme)
    paper = issued("津合〔2011〕1号")
    kept = {f"funds.lent:tj-hn.{PERIOD}": [10**9, 10**9, "fen", "1000万元"]}
    Paper.objects.filter(pk=paper.pk).update(printed=json.dumps(kept))
    page = text(signed_in("shenji").get(f"{HERE}{paper.pk}/today/"))
    assert f"funds.lent:tj-hn.{PERIOD} 1000万元 这个口径已不在" in page


def target_of(programme, project, dwellings, output=None):
    """What a project is to yield, said or changed."""
    fact = Output(project=project.pk, type="housing", target=exactly(dwellings, "dwelling"))
    return set_output(fact, programme=programme, person=OFFICER, output=output, reason="批文改了" if output else "")


def test_a_brief_waits_for_the_questions_about_its_own_numbers_and_keeps_them_as_printed(programme):
    """120 dwellings are aimed at; one question is open about that record, which no sheet reckons."""
    square = Project.objects.get(name="热贡文化广场")
    output = target_of(programme, square, 120)
    settled(programme)
    paper = drafted("report:project", project=square.pk)
    assert json.loads(paper.printed)[f"output-{output}.target"] == [120, 120, "dwelling", "120套"]
    assert not Kept(paper).is_draft
    finding = Finding.objects.filter(record__programme=programme).first()
    Finding.objects.filter(pk=finding.pk).update(state="open")
    Link.objects.create(number=10**9, record_id=finding.pk, role="about", position=99, to_id=output)
    kept = Kept(Paper.objects.get(pk=paper.pk))
    assert (kept.is_draft, kept.found(whole=False).checks) == (True, (f"产出 {output}",))
    assert finding.title in text(signed_in("yewu").get(f"{HERE}{paper.pk}/"))


def test_a_brief_asked_again_today_names_its_own_numbers_that_moved(programme):
    square = Project.objects.get(name="热贡文化广场")
    output = target_of(programme, square, 120)
    settled(programme)
    paper = issued("津合〔2011〕9号", form="report:project", project=square.pk)
    assert "没有一个数字变了" in text(signed_in("shenji").get(f"{HERE}{paper.pk}/today/"))
    target_of(programme, square, 150, OutputRow.objects.get(pk=output))
    page = text(signed_in("shenji").get(f"{HERE}{paper.pk}/today/"))
    assert f"产出 {output} 120套 → 150套" in page
    assert "没有一个数字变了" not in page
    assert issued_again(Paper.objects.get(pk=paper.pk)).same

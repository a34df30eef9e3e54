"""文件: a paper from draft to issue by its roles, stamped while something is open; issued again, asked again, what it rests on."""

import io
import re
import zipfile
from datetime import date
from hashlib import sha256

import pytest
from books import PERIOD, pay, signed_in
from django.test import Client
from papers import HERE, drafted, errors, issued, send, settled

from duikou.acts.issuing import kept_file
from duikou.records.models import JournalLine, Paper, PaperComment, Programme
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

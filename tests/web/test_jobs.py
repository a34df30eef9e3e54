"""我的办理: who may have what done, what the pages say meanwhile, what comes of it, and what is left when it goes wrong."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from books import signed_in
from django.conf import settings
from django.db.models.functions import Now
from django.test import Client

from duikou.acts import jobs, journal
from duikou.acts.doing import doing
from duikou.records.models import Appointment, Job, Record
from duikou.rules.rights import Place
from duikou.web import works
from duikou.web.working import Worker, folder, tidy

PAPERS = "/p/tj-hn/2010-08..2011-08/papers/"
VERIFY = "/jobs/verify_book/"


@pytest.fixture(autouse=True)
def own_folder(programme, settings, tmp_path):
    """Files of jobs lie in a folder of the test's own, beside the kept snapshots."""
    snapshots = Path(settings.VAR) / "snapshots"
    settings.VAR = tmp_path
    if snapshots.exists():
        (tmp_path / "snapshots").symlink_to(snapshots)


def asked(account, address=PAPERS, **typed):
    """The job that a button asks for, as its person sees it."""
    client = signed_in(account)
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    return client, answer["Location"]


def text(client, address):
    return client.get(address).content.decode()


def files():
    return sorted(str(path.relative_to(settings.VAR)) for path in Path(settings.VAR).glob("jobs/*/*/*"))


# ---- who may -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("account", "papers", "verify"),
    [
        ("yewu", 302, 403), ("qianfang", 302, 403), ("tongren", 403, 403), ("caiwu", 302, 403), ("lingdao", 302, 403),
        ("shenji", 302, 302), ("guanli", 403, 302), ("anquan", 403, 403), ("gongzhong", 403, 404),
    ],
)  # fmt: skip
def test_a_work_is_asked_for_by_those_whose_act_it_is(programme, account, papers, verify):
    client = signed_in(account)
    assert (client.post(PAPERS).status_code, client.post(VERIFY).status_code) == (papers, verify)
    assert ("以前印出的账首" in text(client, "/jobs/")) is (verify == 302)


def test_a_visitor_is_led_to_the_sign_in_and_finds_no_job(visitor):
    for answer in (visitor.get("/jobs/"), Client().post(PAPERS)):
        assert answer["Location"].startswith("/sign-in/")
    assert not Job.objects.exists()
    _, job = asked("yewu")
    assert visitor.get(job).status_code == 404


def test_a_form_without_its_token_asks_for_nothing(programme):
    client = Client(enforce_csrf_checks=True)
    client.force_login(signed_in("yewu").get("/jobs/").wsgi_request.user)
    assert client.post(PAPERS).status_code == 403
    assert not Job.objects.exists()


def test_a_job_of_another_account_is_not_there(programme):
    _, job = asked("yewu")
    Worker().work()
    name = Job.objects.get().result["files"][0]["name"]
    for page in (job, job[:-1] + ".json", f"{job}files/{name}", f"{job}cancel/", f"{job}again/"):
        for other in ("lingdao", "shenji", "guanli"):
            assert signed_in(other).get(page).status_code == 404
            assert signed_in(other).post(page).status_code == 404
    assert "还没有办过" in text(signed_in("lingdao"), "/jobs/")


def test_looking_at_the_address_of_a_button_asks_for_nothing(programme):
    client = signed_in("shenji")
    assert client.get(VERIFY)["Location"] == "/jobs/"
    assert client.get(PAPERS)["Location"] == "/p/tj-hn/2010-08..2011-08/"
    assert not Job.objects.exists()


# ---- papers ------------------------------------------------------------------------------------------------------


def test_papers_are_made_and_fetched_as_they_are_made_on_the_command_line(programme):
    client, job = asked("yewu")
    page = client.get(job)
    assert page["Refresh"] == "2"
    assert "就要开始" in page.content.decode()
    Worker().work()
    page = client.get(job)
    assert "Refresh" not in page
    assert "自查没有发现不合" in page.content.decode()
    data = client.get(job[:-1] + ".json").json()
    assert (data["state"], data["well"], data["tries"], data["lines"]) == ("done", True, 1, [])
    word, excel = data["files"]
    assert word["name"] == "关于天津市对口支援青海省黄南藏族自治州工作的情况汇报.docx"
    answer = client.get(word["address"])
    same = client.get("/p/tj-hn/2010-08..2011-08/reports/situation.docx").content
    assert b"".join(answer.streaming_content) == same
    sheet = b"".join(client.get(excel["address"]).streaming_content)
    assert "xl/workbook.xml" in zipfile.ZipFile(BytesIO(sheet)).namelist()
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["stray.txt", "nothing.docx", "../secret-key", "..%2Fsecret-key", "1"])
def test_only_files_that_the_job_has_made_are_given(programme, name):
    (Path(settings.VAR) / "secret-key").write_text("secret")
    client, job = asked("yewu")
    Worker().work()
    (folder(Job.objects.get()) / "stray.txt").write_text("half")
    assert client.get(f"{job}files/{name}").status_code == 404


def test_a_file_that_is_gone_is_said_so(programme):
    client, job = asked("yewu")
    Worker().work()
    file = client.get(job[:-1] + ".json").json()["files"][0]["address"]
    for path in Path(settings.VAR).glob("jobs/*/*/*"):
        path.unlink()
    answer = client.get(file)
    assert answer.status_code == 404
    assert "文件已不在；再办一次" in answer.content.decode()


def test_a_period_that_is_none_is_not_there(programme):
    assert signed_in("yewu").post("/p/tj-hn/2011-13/papers/").status_code == 404
    assert signed_in("yewu").post("/p/nobody/2011/papers/").status_code == 404


def test_the_same_is_asked_for_once_more(programme):
    client, job = asked("yewu")
    assert asked("yewu")[1] == job
    Worker().work()
    again = client.post(f"{job}again/")["Location"]
    assert again != job
    Worker().work()
    assert "自查没有发现不合" in text(client, again)
    assert len(files()) == 4


# ---- verifying ---------------------------------------------------------------------------------------------------


def test_the_book_is_verified_against_a_head_from_outside(programme):
    client, job = asked("shenji", VERIFY, heads=journal.head().long)
    Worker().work()
    said = text(client, job)
    assert "账符：日志" in said
    assert f"一致 same　{' '.join(journal.head().long.split())}" in said
    assert "未给外来账首" not in said
    other, _ = asked("guanli", VERIFY)[1], Worker().work()
    assert "未给外来账首" in text(signed_in("guanli"), other)


def test_what_does_not_hold_is_listed_with_its_place(programme):
    gift = Record.objects.filter(kind="gift").first().number
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_gift SET purpose = '别的' WHERE record_id = %s", [gift])
    client, job = asked("shenji", VERIFY)
    Worker().work()
    said = text(client, job)
    assert "账不符" in said
    assert f"表 records_gift {gift}：现为&quot;purpose&quot;:&quot;别的&quot;" in said
    assert client.get(job[:-1] + ".json").json()["well"] is False


def test_a_head_that_cannot_be_read_is_said_at_the_field_and_what_was_typed_stays(programme):
    client = signed_in("shenji")
    answer = client.post(VERIFY, {"heads": "账首 DK7K3M9QXA.1"})
    assert answer.status_code == 422
    assert "认不出账首" in answer.content.decode()
    assert "账首 DK7K3M9QXA.1</textarea>" in answer.content.decode()
    assert not Job.objects.exists()


def test_how_far_the_verifying_is_comes_from_the_rows_it_has_read(programme):
    from duikou.acts.verify import verify

    said = []
    report = verify(progress=lambda *step: said.append(step))
    of = report.images + report.rows
    assert said[0] == (f"已核 200/{of:,} 行", 200, of)
    assert [done for _, done, _ in said] == sorted(done for _, done, _ in said)
    assert of - 200 < said[-1][1] <= of
    assert verify() == report


# ---- meanwhile ---------------------------------------------------------------------------------------------------


def running(account, **more):
    client, job = asked(account)
    jobs.claim("a")
    Job.objects.update(**more)
    return client, job


def test_a_job_under_way_shows_step_words_and_bar(programme):
    client, job = running("yewu", said="排版", done=1, of=3)
    said = text(client, job)
    assert '<progress value="1" max="3"' in said
    assert '<li class="step" aria-current="step">排版</li>' in said
    assert "✓ 取数" in said
    assert "办理中" in text(client, "/jobs/")


def test_who_waits_sees_how_many_are_before(programme):
    asked("yewu")
    client, job = asked("lingdao")
    assert "前面还有 1 件" in text(client, job)


@pytest.mark.parametrize(("seconds", "said"), [(30, False), (61, True)])
def test_a_job_that_stands_still_names_what_may_not_be_running(programme, seconds, said):
    client, job = asked("yewu")
    Job.objects.update(asked_at=Now() - timedelta(seconds=seconds))
    assert ("办事进程可能没有开" in text(client, job)) is said


def test_a_job_is_cancelled_from_its_page_and_leaves_nothing(programme):
    client, job = asked("yewu")
    client.post(f"{job}cancel/")
    assert Worker().work() is False
    said = text(client, job)
    assert "已取消，没有留下文件" in said
    assert "再办一次" in said
    assert files() == []


def test_looking_at_the_address_of_cancelling_cancels_nothing(programme):
    client, job = asked("yewu")
    client.get(f"{job}cancel/")
    assert Job.objects.get().state == "waiting"


def test_the_sixth_job_is_refused_with_what_to_do(programme):
    client = signed_in("yewu")
    for year in range(2010, 2015):
        client.post(f"/p/tj-hn/{year}/papers/")
    answer = client.post("/p/tj-hn/2015/papers/", follow=True)
    assert "已有 5 件在等候或办理；等它们办完，或取消其中一件，再办出文件" in answer.content.decode()
    assert Job.objects.count() == 5


# ---- when it goes wrong ------------------------------------------------------------------------------------------


def broken(monkeypatch, run, work="make_papers"):
    monkeypatch.setitem(works.WORKS, work, works.Work(run, works.WORKS[work].place, works.WORKS[work].about))


def test_who_lost_the_right_in_between_gets_a_job_that_says_so_and_no_result(programme):
    client, done = asked("yewu")
    _, waiting = asked("yewu", "/p/tj-hn/2011/papers/")
    Worker().work()
    name = Job.objects.earliest("number").result["files"][0]["name"]
    Appointment.objects.filter(account__code="yewu").update(begins="2001-01-01", ends="2001-12-31")
    Worker().work()
    assert "当前账号没有这项职责" in text(client, waiting)
    assert client.get(waiting[:-1] + ".json").json()["state"] == "failed"
    assert "结果不再显示" in text(client, done)
    assert client.get(done[:-1] + ".json").json()["files"] == []
    assert client.get(f"{done}files/{name}").status_code == 404


def test_a_reason_of_ours_is_told_and_a_breakdown_is_told_by_its_number_only(programme, monkeypatch, caplog):
    def raising(error):
        def run(person, options, progress):
            raise error

        return run

    client, first = asked("yewu")
    broken(monkeypatch, raising(ValueError("2011-13 不是期间")))
    Worker().work()
    assert "2011-13 不是期间" in text(client, first)
    for error in (ValueError("invalid literal for int()"), KeyError("programme"), RuntimeError("记账密码 123")):
        broken(monkeypatch, raising(error))
        _, job = asked("yewu")
        Worker().work()
        said, number = text(client, job), job.split("/")[2]
        assert f"程序故障，已记入系统日志（第 {number} 件）" in said
        assert str(error.args[0]) not in said
        assert f"第 {number} 件（make_papers）程序故障" in caplog.text


def test_an_act_and_the_end_of_its_job_are_kept_together_or_not_at_all(programme, monkeypatch):
    line, seen = journal.head().number, []

    def run(person, options, progress):
        def act():
            with doing("make_papers", person=person, place=Place(programme="tj-hn")) as work:
                work.must_journal = True
            seen.append(journal.head().number)
            jobs.cancel(Job.objects.get())  # at the last moment
            return works.Result("办完", files={"a.txt": b"a"})

        return act

    broken(monkeypatch, run)
    client, job = asked("yewu")
    Worker().work()
    assert (seen, journal.head().number) == ([line + 1], line)
    assert "已取消" in text(client, job)
    assert files() == []


def test_a_work_that_breaks_down_leaves_no_files(programme, monkeypatch):
    broken(
        monkeypatch,
        lambda person, options, progress: works.Result("办完", files={"a.txt": b"a", "no/folder.txt": b"b"}),
    )
    client, job = asked("yewu")
    Worker().work()
    assert "程序故障" in text(client, job)
    assert files() == []


def test_files_of_jobs_that_are_gone_or_were_never_done_are_cleared_away(programme):
    _, job = asked("yewu")
    Worker().work()
    kept, jobs_folder = files(), Path(settings.VAR) / "jobs"
    number = job.split("/")[2]
    for stray in (f"{number}/7", "4711/1"):
        (jobs_folder / stray).mkdir(parents=True)
        (jobs_folder / stray / "half.docx").write_text("half")
    (jobs_folder / "notes").mkdir()
    tidy()
    assert files() == kept
    assert {path.name for path in jobs_folder.iterdir()} == {number, "notes"}
    Job.objects.update(ended_at=Now() - timedelta(days=31))
    tidy()
    assert (files(), Job.objects.count()) == ([], 0)


def test_no_job_writes_to_the_journal_by_itself(programme):
    before = journal.head()
    asked("yewu")
    asked("shenji", VERIFY)
    while Worker().work():
        pass
    assert journal.head() == before
    assert json.dumps([job.state for job in Job.objects.all()]) == '["done", "done"]'

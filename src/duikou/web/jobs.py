"""我的办理: the jobs one has asked for, one of them with its progress and what came of it, its files; asking, cancelling."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from duikou.acts import jobs
from duikou.acts.check import read_heads
from duikou.records.models import Job
from duikou.rules.period import parse
from duikou.rules.rights import Place
from duikou.terms.words import zh

from .book import person_of
from .doors import ABSENT, can, check, door, of_programme, of_self
from .listing import files
from .working import folder
from .works import WORKS, Work

REFRESH = 2  # seconds between two looks at a job under way
LIST = 100


@dataclass(frozen=True)
class File:
    """A file that a job has made: its name, where it is fetched, its size in KB."""

    name: str
    href: str
    size: int


@dataclass(frozen=True)
class Shown:
    """A job as its pages show it."""

    job: Job

    @property
    def work(self) -> Work | None:
        """What it does; nothing where that is not done any more."""
        return WORKS.get(self.job.work)

    @property
    def title(self) -> str:
        """The act it is."""
        return zh("act", self.job.work) if self.work else self.job.work

    @property
    def about(self) -> str:
        """Of what."""
        return self.work.about(self.job.options) if self.work else ""

    @property
    def state(self) -> str:
        """Its state in words; asked to stop is said until it has."""
        return "正在取消" if self.job.stop and not self.over else zh("job", self.job.state)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.job.state in jobs.ENDED

    @property
    def said(self) -> str:
        """How far it is, or what came of it."""
        return str(self.job.result.get("said", "")) if self.over else self.job.said

    @property
    def tag(self) -> str:
        """How its state looks: what needs someone is marked, what is done is plain."""
        odd = self.job.state == "failed" or self.job.result.get("well") is False
        return "todo" if odd else {"running": "calc", "waiting": "none"}.get(self.job.state, "")

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The steps of a job under way, each done, current or to come."""
        steps, at = (self.work.steps if self.work else ()), self.job.done
        if self.job.state != "running":
            return []
        return [(step, "done" if n < at else "step" if n == at else "") for n, step in enumerate(steps)]

    @property
    def files(self) -> list[File]:
        """What can be fetched."""
        kept = self.job.result.get("files", [])
        return [
            File(f["name"], reverse("job-file", args=[self.job.pk, f["name"]]), -(-f["bytes"] // 1024)) for f in kept
        ]

    @property
    def ahead(self) -> int:
        """How many jobs are done before one that waits."""
        return Job.objects.filter(state__in=("waiting", "running"), number__lt=self.job.pk).count()

    @property
    def unattended(self) -> bool:
        """Whether it stands still although no other job is under way: no worker may be running."""
        if self.over:
            return False
        before = timezone.now() - 2 * jobs.SILENCE
        seen = Job.objects.filter(state="running", seen_at__gt=before).exists()
        return (self.job.seen_at or self.job.asked_at) < before and not seen


def listing(request: HttpRequest, status: int = 200, **typed: str) -> HttpResponse:
    """One's jobs, the newest first, and the works that are asked for here."""
    may_verify = can(request, "verify_book", Place())
    context = {"jobs": own(request), "may_verify": may_verify, **typed}
    return render(request, "jobs.html", context, status=status)


def own(request: HttpRequest) -> list[Shown]:
    """One's jobs, the newest first."""
    return [Shown(job) for job in Job.objects.filter(account=person_of(request).account).order_by("-number")[:LIST]]


def taken(request: HttpRequest) -> files.Listing:
    """One's jobs as the page lists them."""
    cells = (
        [x.job.number, x.title, x.about, f"{x.state}　{x.said}" if x.tag else x.state,
         f"{timezone.localtime(x.job.asked_at):%Y-%m-%d %H:%M}"]
        for x in own(request)
    )  # fmt: skip
    return files.Listing("jobs", "我的办理", ("号", "办什么", "办的是", "状态", "申请"), cells)


def page(request: HttpRequest, number: int) -> HttpResponse:
    """A job; asked for again every two seconds until it is over."""
    shown = Shown(Job.objects.get(pk=number))
    response = render(request, "job.html", {"shown": shown, "job": shown.job, "sees": _sees(request, shown)})
    if not shown.over:
        response["Refresh"] = str(REFRESH)
    return response


def as_json(request: HttpRequest, number: int) -> JsonResponse:
    """A job as plain data."""
    shown = Shown(Job.objects.get(pk=number))
    job, sees = shown.job, _sees(request, shown)
    data = {
        "number": job.pk, "work": job.work, "about": shown.about, "options": job.options, "state": job.state,
        "stop": job.stop, "said": shown.said, "done": job.done, "of": job.of, "tries": job.tries,
        "asked_at": job.asked_at, "begun_at": job.begun_at, "ended_at": job.ended_at,
        "well": job.result.get("well"), "lines": job.result.get("lines", []) if sees else [],
        "files": [{"name": f.name, "address": f.href} for f in shown.files] if sees else [],
    }  # fmt: skip
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1})


def file(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file that a job has made, for who may still have it made."""
    shown = Shown(Job.objects.get(pk=number))
    if not _sees(request, shown) or name not in [f.name for f in shown.files]:
        raise Http404(ABSENT)
    try:
        kept = (folder(shown.job) / name).open("rb")
    except OSError:
        raise Http404("文件已不在；再办一次") from None
    response = FileResponse(kept, as_attachment=True, filename=name)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the job to stop."""
    if request.method == "POST":
        jobs.cancel(Job.objects.get(pk=number))
    return redirect("job", number)


def again(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the same once more."""
    shown = Shown(Job.objects.get(pk=number))
    if request.method != "POST" or shown.work is None:
        return redirect("job", number)
    try:
        place = shown.work.place(shown.job.options)
    except LookupError as error:
        raise Http404(error.args[0]) from None
    check(request, shown.job.work, place)
    return _asked(request, shown.job.work, shown.job.options, place)


def verify_book(request: HttpRequest) -> HttpResponse:
    """Have the book verified, held against heads from outside where some are pasted."""
    said = request.POST.get("heads", "").strip()
    if request.method != "POST":
        return redirect("jobs")
    try:
        heads = [said] if said and read_heads(said) else []
    except ValueError:
        return listing(
            request, 422, heads=said, wrong="认不出账首：应含 40 或 64 位，照纸上那一行抄，或贴账首文件的三行"
        )
    return _asked(request, "verify_book", {"heads": heads}, Place())


def make_papers(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """Have the report and the table of a programme and period made."""
    if request.method != "POST":
        return redirect("dashboard", programme, period)
    try:
        options = {"programme": programme, "period": parse(period).code}
    except ValueError as error:
        raise Http404(str(error)) from None
    return _asked(request, "make_papers", options, of_programme(request, programme=programme))


def _asked(request: HttpRequest, work: str, options: dict[str, Any], place: Place) -> HttpResponse:
    """To the job that was asked for, or back to the list with what stands against it."""
    try:
        job = jobs.ask_for(work, options, person=person_of(request), place=place)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("jobs")
    return redirect("job", job.pk)


def _sees(request: HttpRequest, shown: Shown) -> bool:
    """Whether the person may still see what came of a job: who lost the right sees that it was done, not what."""
    try:
        return shown.work is not None and can(request, shown.job.work, shown.work.place(shown.job.options))
    except LookupError:
        return False


def of_job(request: HttpRequest, *, number: int, **at: Any) -> Place:
    """Who asked for a job; 404 where there is none."""
    found = Job.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404(ABSENT)
    return Place(account=found.account)


HERE = "jobs/<int:number>"
urlpatterns = [
    door("jobs/", listing, "see_own", of_self, name="jobs"),
    *files.doors("jobs/list", taken, "see_own", of_self, name="jobs"),
    door("jobs/verify_book/", verify_book, "see_own", of_self, change="verify_book", name="verify-book"),
    door("p/<slug:programme>/<period:period>/papers/", make_papers, "see_figures", of_programme, change="make_papers", name="make-papers"),
    door(HERE + "/", page, "see_own", of_job, name="job"),
    door(HERE + ".json", as_json, "see_own", of_job, name="job-json"),
    door(HERE + "/cancel/", cancel, "see_own", of_job, name="job-cancel"),
    door(HERE + "/again/", again, "see_own", of_job, name="job-again"),
    door(HERE + "/files/<str:name>", file, "see_own", of_job, name="job-file"),
]  # fmt: skip

"""报进度: what has changed at a project since the last report, with photographs; made to be sent from a telephone on site."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from duikou.acts import works as acts
from duikou.acts.doing import today
from duikou.acts.photographs import Unreadable, file_of, keep
from duikou.intake.unfit import MB
from duikou.intake.upload import LARGEST, plain_name
from duikou.records.models import Item, Progress
from duikou.rules import progress as rules
from duikou.rules.amounts import words
from duikou.rules.period import on
from duikou.rules.rights import Place
from duikou.web.doors import ABSENT, door
from duikou.web.forms import Day, Money

from .asking import HERE as BOOK
from .asking import Shown, sheet
from .places import of_project, project
from .reading import Percent
from .works import HERE, OfProject

MOST = 6  # photographs of one report
KEPT_DAYS = 31  # so long a report may have waited in a browser
_signer = Signer(salt="photographs")


class Chooser(forms.ClearableFileInput):
    """Chooses several photographs, or takes them with the camera."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self) -> None:
        super().__init__({"accept": "image/*", "capture": "environment", "multiple": True})


class Photographs(forms.FileField):
    """Photographs as a telephone makes them; each is kept as it is read, its digest is what is told."""

    widget = Chooser

    def clean(self, data: Any, initial: Any = None) -> list[str]:
        """The digests of what was chosen."""
        given = [file for file in (data or []) if isinstance(file, UploadedFile)]
        if len(given) > MOST:
            raise forms.ValidationError(f"一次至多 {MOST} 张，现有 {len(given)} 张；分几次报")
        found, odd = [], []
        for file in given:
            name, size = plain_name(file.name or ""), file.size or 0
            if size > LARGEST:
                odd.append(f"“{name}”有 {size / MB:.0f} MB，至多 {LARGEST // MB} MB；缩小后再选")
                continue
            try:
                found.append(keep(file.read()))
            except Unreadable as unreadable:
                odd.append(f"“{name}”{unreadable}")
            file.seek(0)
        if odd:
            raise forms.ValidationError(odd)
        return list(dict.fromkeys(found))


class Report(OfProject):
    """报进度: five things at most, those that have changed; why it fell is asked only where it did."""

    act, template = "report_progress", "acting_report.html"
    at: ClassVar = {
        "progress.1": "percent", "progress.3": "remark", "progress.4": "percent", "progress.5": "aid_done",
    }  # fmt: skip
    percent = Percent(label="形象进度（%）", required=False)
    said = forms.CharField(label="建设阶段", max_length=60, required=False)
    aid_done = Money(label="对口资金累计完成（万元）", least=0, required=False)
    other_done = Money(label="其他资金累计完成（万元）", least=0, required=False)
    photographs = Photographs(label="现场照片", required=False)
    remark = forms.CharField(label="比上次低的原因", max_length=120, required=False, help_text="如返工、上次报错")
    day = Day(label="日期", required=False, widget=forms.HiddenInput)  # a report that waited in a browser says its own
    kept = forms.CharField(required=False, widget=forms.HiddenInput, max_length=900)  # photographs that came before

    def prepare(self) -> None:
        """Say beside each field what was said last time; of the first report, what might be said."""
        self.last = {name: self._last(name) for name in EXAMPLES}
        for name, example in EXAMPLES.items():
            field, before = self.fields[name], self.last[name]
            shown = _said(name, getattr(before, name)) if before else ""
            field.widget.attrs["placeholder"] = shown or ("" if self._reported else f"如 {example}")
            field.help_text = f"上次 {shown}（{before.last:%Y-%m-%d}）" if before and before.last else ""
        self.fields["photographs"].help_text = f"至多 {MOST} 张；拍摄位置等信息不保留"
        if not self._fell():
            del self.fields["remark"]

    @property
    def _reported(self) -> bool:
        """Whether anything was reported before."""
        return any(self.last.values())

    def _last(self, name: str) -> Progress | None:
        """The last report that says something of a field."""
        rows = Progress.objects.filter(project=self.about, last__isnull=False)
        rows = rows.exclude(**({name: ""} if name == "said" else {name: None}))
        return rows.order_by("last", "pk").last()

    def _fell(self) -> bool:
        """Whether what was typed is lower than last time."""
        before = self.last["percent"]
        if not self.is_bound or before is None:
            return False
        try:
            typed = Percent(required=False).clean(self.data.get("percent", ""))
        except forms.ValidationError:
            return bool(self.data.get("remark"))
        return typed is not None and typed < (before.percent or 0)

    def clean_kept(self) -> list[str]:
        """The photographs that came with the form before it was sent back."""
        said = self.cleaned_data["kept"]
        try:
            return list(_signer.unsign_object(said)) if said else []
        except BadSignature:
            raise forms.ValidationError("照片的记录读不成；重新选照片") from None

    def clean(self) -> dict[str, Any]:
        """All photographs together; those that have come are not asked for again if something else is to be mended."""
        said = super().clean() or {}
        self.hidden_errors("day", "kept")
        came = list(dict.fromkeys([*(said.get("kept") or ()), *(said.get("photographs") or ())]))
        said["photographs"] = came[:MOST]
        if said.get("day") and said["day"] < today() - timedelta(days=KEPT_DAYS):
            self.add_error(None, f"这一份是 {said['day']} 存的，超过 {KEPT_DAYS} 天；重新报")
        if came:
            self.hide("kept", _signer.sign_object(came[:MOST]))
        return said

    @property
    def came(self) -> int:
        """How many photographs have come with the form that is shown again."""
        return len(self.cleaned_data.get("photographs", ())) if self.is_bound and hasattr(self, "cleaned_data") else 0

    @property
    def today(self) -> str:
        """The day of the server, which a report bears that is sent later."""
        return today().isoformat()

    @property
    def account(self) -> str:
        """Whose report it is: what waits in a browser is sent by nobody else."""
        return self.offer.person.account

    def beside(self) -> Shown:
        """Where it stands, and when it was last reported."""
        rows = Progress.objects.filter(project=self.about, last__isnull=False).order_by("last", "pk")
        last = rows.last()
        when = f"{last.last:%Y-%m-%d}，{last.account or '未记账号'}" if last and last.last else "没有报过"
        return [*self.now(), ("上次报进度", when)]

    def do(self, said: dict[str, Any]) -> int:
        """Report it."""
        day: date = said["day"] or today()
        fact = rules.Progress(
            project=self.about.pk, percent=said["percent"], said=said["said"], aid_done=said["aid_done"],
            other_done=said["other_done"], remark=said.get("remark", ""), when=on(day),
            items=tuple(("photograph", digest, "") for digest in said["photographs"]),
        )  # fmt: skip
        return acts.report_progress(fact, **self.told)


EXAMPLES = {"percent": "35", "said": "主体封顶", "aid_done": "120", "other_done": "30"}


def _said(name: str, value: Any) -> str:
    """What was said last time of a field."""
    if name == "percent":
        return f"{value}%"
    return words(value) if isinstance(value, int) else str(value)


# ---- photographs -------------------------------------------------------------------------------------------------------


@require_safe
def photograph(request: HttpRequest, programme: str, period: str, number: int, digest: str) -> FileResponse:
    """A photograph of a project's reports; 404 where none of them has it, or its file is lost."""
    of_it = Progress.objects.filter(project=project(programme, number)).values_list("pk", flat=True)
    file = file_of(digest) if Item.objects.filter(record__in=of_it, list="photograph", text=digest).exists() else None
    if file is None:
        raise Http404(ABSENT)
    answer = FileResponse(file.open("rb"), content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{digest[:12]}.jpg"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def of_photograph(request: HttpRequest, **at: Any) -> Place:
    """A photograph of a project: it may show faces, so it stays inside however public the programme is."""
    return replace(of_project(request, **at), state="internal")


urlpatterns = [
    sheet(HERE + "progress/", Report, of_project, "project-progress", project),
    door(
        f"{BOOK}projects/{HERE}photographs/<slug:digest>.jpg",
        photograph,
        "see_records",
        of_photograph,
        name="photograph",
    ),
]

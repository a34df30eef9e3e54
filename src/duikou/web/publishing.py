"""公开与撤下: what of a programme everyone may see, and papers that go out of sight; each a form before its act."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of
from duikou.acts.evidence import withdraw_document
from duikou.acts.programmes import publish
from duikou.records.models import Document

from .addresses import root
from .book import person_of
from .doors import document_of, door, of_document, of_programme
from .forms import Why, asked


class Publish(forms.Form):
    """Why, and the papers whose whole text may be seen too."""

    papers = forms.ModelMultipleChoiceField(
        label="一并公开全文的文件", queryset=Document.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text="没有选的，公众只看得到数字所依据的那几个字",
    )  # fmt: skip
    reason = forms.CharField(label="依据", max_length=120, help_text="谁批准的，文号")

    def __init__(self, *args: Any, programme: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        rows = Document.objects.filter(record__programme__code=programme, published=None, withdrawn=None)
        field: Any = self.fields["papers"]
        field.queryset = rows.exclude(medium="voucher").order_by("pk")


def new(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """The leader makes a programme public."""
    home = f"{root()}/p/{programme}/{period}/"

    def do(said: dict[str, Any]) -> str:
        publish(programme_of(programme), list(said["papers"]), person=person_of(request), reason=said["reason"])
        return _("已公开，公众从现在起看得到")

    about = _("公开以后，任何人不登录也看得到这个项目方案的数字、报表和记录。公开不能收回，只能撤下文件。")
    return asked(request, _("公开项目方案"), Publish, do, home, _("公开"), about=about, programme=programme)


def withdraw(request: HttpRequest, said: str) -> HttpResponse:
    """A paper goes out of sight for good."""
    kept = document_of(said)

    def do(given: dict[str, Any]) -> str:
        withdraw_document(kept, person=person_of(request), reason=given["reason"])
        return _("已撤下，原文已删除；指纹和依据它的记录仍在账上")

    about = _("《%(title)s》的原文将删除，不能恢复；指纹、依据它的记录和数字仍在账上。") % {"title": kept.title}
    return asked(request, _("撤下文件"), Why, do, f"{root()}/", _("撤下"), about=about)


urlpatterns = [
    door("p/<slug:programme>/<period:period>/publish", new, "publish_programme", of_programme, name="publish"),
    door("d/<slug:said>/withdraw", withdraw, "withdraw_document", of_document, name="withdraw"),
]

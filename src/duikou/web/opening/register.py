"""登记单位 …/exchanges/organisations/new/: an organisation, what it is part of, what it was called, who took it over."""

from typing import Any

from django import forms

from duikou.acts.opening import register_organisation
from duikou.records.models import Organisation
from duikou.rules import programmes as rules
from duikou.rules.typed import visible
from duikou.web.acting.asking import Sheet, sheet
from duikou.web.acting.offer import Coded, Pick
from duikou.web.acting.places import own_work

from .said import AreaField, former_names

PART = "organisations/"


class NewOrganisation(Sheet):
    """登记单位: what it is called, where it is, what it is part of."""

    act, under, leads = "register_organisation", "exchanges", PART
    at = {"programmes.1": "region", "programmes.4": "credit_code", "programmes.10": "name"}
    name = forms.CharField(label="单位名称", max_length=60, help_text="写全称")
    short = forms.CharField(label="简称", max_length=30, required=False)
    type = Coded("organisation", "类别", error_messages={"required": "选一类"})
    region = AreaField("所在地区", required=False, help_text="写名称或区划代码，如 和田市 或 653201")
    credit_code = forms.CharField(
        label="统一社会信用代码", max_length=18, required=False, help_text="18 位，末位校验；没有的留空，以后再补"
    )
    parent = Pick(
        "上级单位", required=False, empty="没有，或还没有登记", help_text="同一笔捐赠查重时用：上级也捐了的会问"
    )
    former = forms.CharField(
        label="曾用名", max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一个，写到用至哪一天，如 和田地区扶贫办：至2021-05-31",
    )  # fmt: skip
    successor = Pick("后继单位", required=False, empty="没有", help_text="已撤并的，写职责由谁接续")

    def prepare(self) -> None:
        """The organisations there are; `?parent=` names one."""
        self.offers(parent=self.offer.organisations, successor=self.offer.organisations)
        self.propose("region", "parent")

    def clean_former(self) -> tuple[tuple[str, str, str], ...]:
        """Former names with the day until which each was borne."""
        try:
            return tuple(former_names(self.cleaned_data["former"]))
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None

    def do(self, said: dict[str, Any]) -> int:
        """Register it."""
        parent, successor = said["parent"], said["successor"]
        fact = rules.Organisation(
            code="", name=visible(said["name"]), short=visible(said["short"]), type=said["type"], region=said["region"],
            credit_code=visible(said["credit_code"]).upper() or None, parent=parent.code if parent else None,
            successor=successor.code if successor else None, items=said["former"],
        )  # fmt: skip
        return register_organisation(fact, programme=self.offer.programme, person=self.offer.person)

    def onward(self, number: int) -> str:
        """Its page."""
        return f"{PART}{Organisation.objects.get(pk=number).code}/"


urlpatterns = [sheet(f"{PART}new/", NewOrganisation, own_work(NewOrganisation.act), "organisation-new")]

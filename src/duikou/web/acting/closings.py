"""关账 and 重开账期: a month or a year is closed, or opened again with the reason."""

from typing import Any

from django import forms
from django.db import transaction

from duikou.acts import closings as acts
from duikou.rules import closings as rules
from duikou.rules.period import Period, parse
from duikou.snapshot.store import freeze

from .asking import Sheet, sheet
from .places import own_work


class When(forms.CharField):
    """A period as people write it: 2012-03, 2012年3月, 2012."""

    def to_python(self, value: Any) -> Period | None:  # type: ignore[override]
        """The period."""
        text = "".join((value or "").split()).replace("年", "-").replace("月", "").rstrip("-")
        year, _, month = text.partition("-")
        if not text:
            return None
        try:
            return parse(f"{year}-{month:0>2}" if month and month.isdecimal() and len(month) < 3 else text)
        except ValueError as odd:
            raise forms.ValidationError(str(odd)) from None

    def run_validators(self, value: Any) -> None:
        """Nothing more: the rules say which periods are closed."""


class Close(Sheet):
    """关账: a whole month or year, after the accounts were reconciled."""

    act, leads = "close_period", "closings/"
    at = {"closings.1": "when", "closings.2": "when", "closings.3": "reconciled"}
    when = When(label="账期", help_text="整月或整年，如 2012-03 或 2012")
    reconciled = forms.CharField(label="三方对账单号", max_length=40, required=False, help_text="没有的留空，记入待核")

    def prepare(self) -> None:
        """`?when=` proposes the period."""
        self.propose("when")

    def do(self, said: dict[str, Any]) -> int:
        """Close it."""
        fact = rules.Closing(when=said["when"], reconciled=said["reconciled"])
        with transaction.atomic():  # nobody writes between the line that closes and its snapshot
            number = acts.close_period(fact, programme=self.offer.programme, person=self.offer.person)
            freeze()
        return number


class Reopen(Sheet):
    """重开账期: a closed period is opened; what was closed can still be seen at its line."""

    act, leads, at = "reopen_period", "closings/", {"closings.4": "reason"}
    when = forms.ChoiceField(label="账期", error_messages={"invalid_choice": "这一期没有关账；从名单中选"})
    reason = forms.CharField(label="要更正什么、依据什么", max_length=120)

    def prepare(self) -> None:
        """The periods that are closed."""
        self.closed = acts.closed(self.offer.programme)
        field: Any = self.fields["when"]
        field.choices = [(period.code, period.zh) for period in self.closed]
        if not field.choices:
            field.help_text = "现在没有关着的账期"
        self.propose("when")

    def do(self, said: dict[str, Any]) -> int:
        """Open it again."""
        period = parse(said["when"])
        kept: int = self.closed[period].pk
        acts.reopen_period(period, programme=self.offer.programme, person=self.offer.person, reason=said["reason"])
        return kept


urlpatterns = [
    sheet("close", Close, own_work(Close.act), "close"),
    sheet("reopen", Reopen, own_work(Reopen.act), "reopen"),
]

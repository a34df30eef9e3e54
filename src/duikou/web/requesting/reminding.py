"""催报: the offices that owe sheets of a period are reminded, all or one; what an office is told when it signs in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from duikou.acts.doing import programme_of, today
from duikou.acts.requesting import remind
from duikou.records.models import Account, DataRequest
from duikou.rules.problem import Refused
from duikou.rules.requesting import OWING
from duikou.web.book import open_book, person_of
from duikou.web.doors import door
from duikou.web.language import day_words

from .kept import HERE, every, of_requests, seen, shown_of
from .rows import to_remind


def page(request: HttpRequest, programme: str, period: str) -> HttpResponse:
    """A POST reminds of what is owed and was not reminded of today, of one office where it is named; back to the board."""
    found, days = programme_of(programme), open_book(programme, period).days
    if request.method == "POST":
        office = request.POST.get("office", "")
        rows = [row for row in seen(request, found, shown_of(every(request, found), days)) if to_remind(row, today())]
        rows = [row for row in rows if office in ("", str(row.office_id))]
        try:
            _say(request, rows, found)
        except Refused as refused:
            messages.error(request, str(refused))
    return redirect("requests", programme, period)


def _say(request: HttpRequest, rows: list[DataRequest], programme: Any) -> None:
    """Remind, and say of how many."""
    if not rows:
        messages.info(request, _("没有要催的：都已答复，或今天已经催过。"))
        return
    remind(rows, programme=programme, person=person_of(request))
    offices = len({row.office_id for row in rows})
    messages.success(request, _("已催报 %(n)s 份，%(k)s 家单位；登录时看到。") % {"n": len(rows), "k": offices})


@receiver(user_logged_in)
def tell(request: HttpRequest, user: Any, **said: Any) -> None:
    """Tell an office, as it signs in, of what it owes and was reminded of."""
    account = Account.objects.filter(code=user.get_username()).select_related("office").first()
    if account is None:
        return
    rows = DataRequest.objects.filter(office=account.office.organisation_id, answer__in=OWING).exclude(reminded=None)
    first = rows.select_related("record__programme").order_by("due", "pk").first()
    if first is None or first.record.programme is None or first.when is None:
        return
    there = reverse("requests", args=[first.record.programme.code, first.when.code])
    words = _('催报：有 {} 份表没有报，最早的 {} 到期。<a href="{}">去看</a>')
    messages.warning(request, format_html(words, rows.count(), day_words(first.due), there), fail_silently=True)


urlpatterns = [door(HERE + "remind", page, "see_records", of_requests, change="remind", name="requests-remind")]

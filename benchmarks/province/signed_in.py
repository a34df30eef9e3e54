"""An office of the generated province and an account that sees all of it."""

from datetime import date

from django.contrib.auth import get_user_model
from django.test import Client

from duikou.acts.offices import appoint, open_account, open_office
from duikou.records.models import Account
from duikou.rules.rights import everywhere

ACCOUNT = "yewu"
OPENER = everywhere("generator", "administrator", "security_officer")


def open_account_once() -> None:
    """The office that leads, with an account of a programme officer, where there is none yet."""
    if not Account.objects.filter(code=ACCOUNT).exists():
        office = open_office("office", area="990100", side="supporting", person=OPENER)
        account = open_account(ACCOUNT, office=office, person=OPENER)
        appoint(account, "programme_officer", begins=date(2005, 1, 1), person=OPENER)


def signed_in() -> Client:
    """A browser that is signed in with the account."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=ACCOUNT))
    return client

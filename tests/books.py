"""The example as a book for a test: loaded through the acts into the test's own database and folder."""

import os
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client, override_settings
from pouring import poured

from duikou.acts.funds import record_disbursements
from duikou.acts.programmes import publish
from duikou.intake.folder import load
from duikou.intake.offices import load_offices
from duikou.records.models import Document, Organisation, Programme
from duikou.rules.funds import Disbursement
from duikou.rules.quantity import yuan
from duikou.rules.rights import everywhere

EXAMPLE = Path(__file__).parents[1] / "examples" / "tianjin-huangnan-2011"
OFFICER = everywhere("officer", "programme_officer", "administrator", "security_officer")
LEADER = everywhere("leader", "leader")
PERIOD = "2010-08..2011-08"


def example(settings, folder, source=None):
    """The programme of Tianjin and Huangnan, loaded; with the report's text where `source` names it."""
    settings.VAR = folder

    def make():
        load(EXAMPLE, person=OFFICER, administrator=OFFICER, source=source)
        publish_all()
        return Programme.objects.get(code="tj-hn")

    return make() if source else poured("example", make)


@contextmanager
def kept_example(blocker, folder):
    """The same for all tests of a module: whatever they and the module write is taken back at its end."""
    with blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        yield example(SimpleNamespace(), folder)
        transaction.set_rollback(True)


def publish_all():
    """Everyone may see the example, as in the demonstration; its papers are copies from the web."""
    for programme in Programme.objects.all():
        papers = Document.objects.filter(record__programme=programme, grade="copy")
        publish(programme, list(papers), person=LEADER, reason="演示")


def open_offices():
    """The demonstration's offices, accounts and roles: yewu, caiwu, lingdao, guanli, anquan, qianfang, tongren, xianling, shenji."""
    load_offices(EXAMPLE / "offices.toml", administrator=OFFICER, security=OFFICER)


def report_text():
    """The report itself, where DUIKOU_CASE names the folder that holds it; else the test is left out and says so."""
    folder = os.environ.get("DUIKOU_CASE")
    if not folder:
        pytest.skip("原文不在项目内：设 DUIKOU_CASE 为存放 report.txt 的文件夹后再测")
    return Path(folder) / "report.txt"


def pay(programme, amount, day, voucher, **more):
    """One payment to the prefecture, in yuan."""
    receiver = Organisation.objects.get(code="hn").pk
    fact = Disbursement(amount=yuan(amount), paid_on=day, receiver=receiver, voucher=voucher, **more)
    return record_disbursements([fact], programme=programme, person=OFFICER)


def signed_in(account):
    """A client signed in as one of the demonstration's accounts."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=account))
    return client

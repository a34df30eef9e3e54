"""Every page, as a role that may see it, by the numbers of WCAG 2.2 AA: what axe finds, widths, targets, focus, names, languages.

A usual run looks at a few pages of many forms; DUIKOU_PROVE at every page there is, in both languages.
"""

import os
import re

import pytest
from books import PERIOD, kept_example, open_offices, signed_in
from django.test import Client, override_settings
from looking import asked, chromium, missed, show
from web.test_doors import OWN, doors, examples, filled

from duikou.records.models import Record
from duikou.snapshot.store import freeze
from duikou.web.kinds.sections import SECTIONS

pytestmark = pytest.mark.browser
PROVE = bool(os.environ.get("DUIKOU_PROVE"))
ACCOUNTS = (
    "yewu", "caiwu", "tongren", "qianfang", "lingdao", "shenji", "guanli", "anquan", "zonghe", "xianling", "",
)  # fmt: skip
HERE = f"/p/{OWN}/{PERIOD}/"
FEW = (
    ("", HERE), ("/en", f"{HERE}projects/"), ("", f"{HERE}t/overview/"), ("/en", "/account/"), ("", f"{HERE}exchanges/visit/new/"),
)  # fmt: skip


@pytest.fixture(scope="module")
def shown(django_db_setup, django_db_blocker, tmp_path_factory):
    """The pages as the site answers them; its book is made and asked before there is a browser."""
    folder = tmp_path_factory.mktemp("book")
    with kept_example(django_db_blocker, folder), override_settings(VAR=folder):
        open_offices()
        freeze()
        clients = {account: signed_in(account) if account else Client() for account in ACCOUNTS}
        if not PROVE:
            return [asked(clients["yewu"], "yewu", prefix + path) for prefix, path in FEW]
        of = {path: account for path in addresses() if (account := who_sees(clients, path)) is not None}
        return [asked(clients[of[path]], of[path], prefix + path) for prefix in ("", "/en") for path in of]


def addresses():
    """Every address of a page: of each door one, of each kind of record its list, its form and a record, of each table one."""
    values = examples(OWN, "tongren")
    freeze()
    yield from (filled(route, values) for route in sorted(doors()) if not re.search(r"\.\w+$", route))
    yield from ("/sign-in/", "/nothing-here/", f"{HERE}nothing", f"{HERE}search?q=2000", f"{HERE}search?q=nothing")
    for section, kinds in SECTIONS.items():
        yield f"{HERE}{section}/"
        for kind in kinds:
            yield from (f"{HERE}{section}/{kind}/", f"{HERE}{section}/{kind}/new/")
    of = Record.objects.filter(programme__code=OWN).order_by("number").values_list("kind", "number")
    yield from (f"/r/{kind}-{number}" for kind, number in dict(of).items())
    listed = signed_in("yewu")
    yield from sorted(set(re.findall(r'href="([^"?]+/t/\w+/)"', listed.get(f"{HERE}t/").content.decode())))
    yield from sorted(set(re.findall(r'href="(/f/[^"?#]+)"', listed.get(HERE).content.decode())))[::6]


def who_sees(clients, path):
    """The first account that gets a page there, or of a page that says there is none; nothing where there is no page."""
    for account, client in clients.items():
        answer = client.get(path)
        page = answer.get("Content-Type", "").startswith("text/html")
        if page and (answer.status_code == 200 or "nothing" in path):
            return account
        if answer.status_code in (200, 405):
            break
    return None


@pytest.mark.django_db
def test_no_page_misses_what_is_asked_of_all(shown):
    found = {}
    with chromium() as browser:
        page = browser.new_page(locale="zh-CN")
        for one in shown:
            show(page, one)
            if parts := missed(page):
                found[f"{one.path} ({one.account})"] = parts
    assert found == {}
    assert len(shown) == len(FEW) or len(shown) > 500

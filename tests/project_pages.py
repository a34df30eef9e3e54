"""The pages of projects as one reads them, for tests: names, rows, blocks and facets; what is due, and who acts."""

import html
import re

from books import signed_in
from django.test import Client
from life import OFFICER

from duikou.acts.stages import schedule_project
from duikou.rules import stages
from duikou.rules.rights import everywhere

HERE = "/p/tj-hn/2012/projects/"
PAGES = ("", "late/", "needs/", "list.csv", "list.xlsx")
CHIEF_AND_ALL = everywhere("lingdao", "leader", "programme_officer")
XSS = "<script>alert(1)</script>"


def told(book):
    return {"programme": book.programme, "person": OFFICER}


def page(account, where="", status=200, prefix=""):
    answer = (signed_in(account) if account else Client()).get(f"{prefix}{HERE}{where}")
    assert answer.status_code == status, where
    return answer.content.decode() if "list.xlsx" not in where else answer.content


def text(shown):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", shown)).split())


def main(shown):
    return shown.split('<main id="main"')[1].split("</main>")[0]


def names(shown):
    """The names of the projects in the list, in their order."""
    return [
        html.unescape(name) for name in re.findall(r'<th scope="row" lang="zh-CN"><a [^>]*>([^<]*)</a>', main(shown))
    ]


def row(shown, name):
    """The row of a table whose first cell begins with a name, as text."""
    rows = [text(one) for one in re.findall(r"<tr[^>]*>(?:(?!</tr>).)*</tr>", main(shown), re.S)]
    (found,) = [said for said in rows if said == name or said.startswith(f"{name} ")]
    return found


def block(shown, name):
    """A section of a page, as text."""
    return text(re.search(rf'<section class="[^"]*" id="{name}">.*?</section>', main(shown), re.S)[0])


def facet(shown, title):
    """A facet as text."""
    return text(re.search(rf"<dt>{title}</dt><dd>.*?</dd>", shown, re.S)[0])


def due(book, project, stage, day):
    schedule_project(stages.Schedule(project=project, stage=stage, due=day), **told(book))

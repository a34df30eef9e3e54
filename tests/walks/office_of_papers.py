"""An office that issues papers for three years and corrects its book between them: python office_of_papers.py HOW_MANY."""

import os
import random
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).parents[1]))
django.setup()

from books import pay  # noqa: E402
from correcting import SALE, correct, enter  # noqa: E402
from django.conf import settings  # noqa: E402
from papers import issued, settled  # noqa: E402

from duikou.records.models import Programme, Project, Sale  # noqa: E402
from duikou.rules.period import parse  # noqa: E402
from duikou.rules.quantity import yuan  # noqa: E402

FORMS = ("table:overview", "report:situation", "report:project", "table:t09", "report:annual")
SPANS = [f"2010-08..{year}-{month:02}" for year in (2012, 2013, 2014) for month in (3, 6, 9, 12)]


def main(papers):
    """So many papers, with a payment, a sale and a correction of an older sale before each."""
    settings.ALLOWED_HOSTS = ["*"]
    drawn, programme = random.Random(20110829), Programme.objects.get(code="tj-hn")
    for n in range(papers):
        year, quarter = 2012 + n % 3, drawn.randint(1, 4)
        day = date(year, quarter * 3, 5)
        enter(
            programme, replace(SALE, amount=yuan(drawn.randint(1, 90) * 10_000), when=parse(f"{year}-{day.month:02}"))
        )
        pay(programme, drawn.randint(1, 9) * 10_000, day, f"再印-{n}")
        row = drawn.choice(list(Sale.objects.filter(record__programme=programme)))
        kept = replace(SALE, amount=yuan(drawn.randint(1, 90) * 10_000 + 1), when=row.when, inferred=())
        correct(programme, row, kept)
        settled(programme)
        span, template = drawn.choice(SPANS), drawn.choice(("spoken", "upward"))
        form = FORMS[n % len(FORMS)]
        projects = Project.objects.filter(record__programme=programme).order_by("pk")
        paper = issued(
            f"津合〔{year}〕{n + 1}号",
            form=form,
            project=drawn.choice(list(projects)).pk if form == "report:project" else "",
            span=span,
            style=template,
            addressee="天津市人民政府",
        )
        print(paper.file)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duikou.config.settings")
    main(int(sys.argv[1]))

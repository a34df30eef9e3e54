"""A folder as small as a programme can be: one document, two gifts; every line of it is counted in the tests."""

from hashlib import sha256
from pathlib import Path

from duikou.acts.journal import journaled
from duikou.intake.folder import Loaded, load
from duikou.records.models import JournalLine
from duikou.rules.rights import everywhere

OFFICER = everywhere("officer", "programme_officer")
ADMINISTRATOR = everywhere("administrator", "administrator")

REPORT = "各位领导：\n市工商联捐资160万元援助教育。\n大港管委会也捐助了30万元，电脑20台。\n"

PROGRAMME = """\
office = "合作交流办"
into = "p"
files = [
  "evidence.toml",
  "gifts.toml",
]

[[programme]]
code = "p"
title = "对口支援"
scheme = "援青"
opened = 2011-08-30

[[organisation]]
code = "gsl"
name = "市工商联"
type = "社会组织"
"""

EVIDENCE = f"""\
into = "p"
side = "supporting"

[[document]]
id = "S1"
title = "情况汇报"
medium = "汇报材料"
grade = "正式件"
digest = "{sha256(REPORT.encode()).hexdigest()}"
"""

GIFTS = """\
into = "p"
rests_on = "S1"
side = "supporting"

[[gift]]
id = "D1"
form = "捐资"
sector = "教育"
giver = "gsl"
amount = "160万元"
when = "2011"
at = { paragraph = 2, fragment = "捐资160万元" }

[[gift]]  # the second one
id = "D2"
form = "实物"
sector = "教育"
giver = "gsl"
goods = "教学用电脑"
number = { said = "20台", unit = "machine", fragment = "电脑20台" }
when = "2011"
at = { paragraph = 3, fragment = "电脑20台" }
"""


def write_folder(folder: Path, **texts: str) -> Path:
    """The folder, with other texts for some of its files (programme, evidence, gifts)."""
    folder.mkdir(exist_ok=True)
    kept = {"programme": PROGRAMME, "evidence": EVIDENCE, "gifts": GIFTS}
    for name, text in (kept | texts).items():
        (folder / f"{name}.toml").write_bytes(text.encode())
    return folder


def load_folder(folder: Path, source: Path | None = None) -> Loaded:
    """Load it as the officer, the book opened by the administrator."""
    return load(folder, person=OFFICER, administrator=ADMINISTRATOR, source=source)


def rows() -> dict[str, int]:
    """How many rows every table of the book and the journal hold, where there are any."""
    counts = {name: model._default_manager.count() for name, model in journaled().items()}
    counts["journal"] = JournalLine.objects.count()
    return {name: count for name, count in counts.items() if count}

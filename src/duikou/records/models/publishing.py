"""What is said of the book: readings of statistics (口径), outlines of papers, papers and the comments on them."""

from django.db import models

from .record import Kind, Numbered, later, reference, words


class Definition(Kind):
    """A reading of a statistic that an office proposes and another person checks: the sheet as text, from which day.

    `code` names it, `follows` the reading beside which it stands; `state`: terms, definition_state.
    """

    code = models.CharField(max_length=24)
    follows = words(24)
    name = models.CharField(max_length=80)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    author = models.CharField(max_length=80)
    checked_by = words()
    state = models.CharField(max_length=12, default="proposed")
    decided = models.DateField(null=True)
    reason = words(200)

    class Meta(Kind.Meta):
        db_table = "records_definition"


class Outline(Kind):
    """An edition of a paper's outline as an office keeps it, as plain text; the youngest edition of a code is in use."""

    code = models.CharField(max_length=24)
    edition = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    digest = models.CharField(max_length=64)
    reason = words(200)

    class Meta(Kind.Meta):
        db_table = "records_outline"


class Paper(Kind):
    """A table or a report that is made to be issued: what it asks, the line and snapshot it rests on, how far it has come.

    `form` (`table:overview`, `report:situation`), `span`, `area` and `project` are its question; `sheets` (JSON: code to
    digest) and `outline` the versions it was made with; `floor` the weakest evidence it may rest on, `waiver` why it goes
    out below it, `excuse` why it goes out with a failing check, `unchecked` why it goes out while a question is open;
    `file` and `pdf` are digests of what was issued; `printed` (JSON: name to low, high, unit, text) what it says.
    """

    form = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    span = models.CharField(max_length=24)
    area = words(6)
    template = words(12)
    state = models.CharField(max_length=12, default="draft")
    code = words(40)
    addressee = words(120)
    copies = words(160)
    signer = words()
    line = models.BigIntegerField()
    snapshot = models.CharField(max_length=64)
    outline = reference("Outline")
    sheets = models.TextField(default="", blank=True)
    program = words(24)
    floor = words(12)
    waiver = words(200)
    excuse = words(200)
    file = words(64)
    pdf = words(64)
    signed = models.DateField(null=True)
    issued = models.DateField(null=True)
    withdrawn = models.DateField(null=True)
    note = words(200)
    project = reference("Project")
    unchecked = later(200)
    printed = models.TextField(null=True)  # noqa: DJ001  a column that came later, see records.later

    class Meta(Kind.Meta):
        db_table = "records_paper"

    def __str__(self) -> str:
        return f"《{self.title}》"


class PaperComment(Numbered):
    """A comment on a figure of a paper, or on the paper where it names none; its answer, and the day it was settled."""

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="comments")
    figure = words(64)
    text = models.CharField(max_length=300)
    role = words(24)
    office = words()
    said = models.DateField()
    answer = words(300)
    settled = models.DateField(null=True)

    class Meta:
        db_table = "records_paper_comment"

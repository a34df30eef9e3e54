"""What a side or a document says: documents, passages, statements."""

from django.db import models

from .record import Kind, Numbered, Record, in_order, quantity_columns, reference, words


class Document(Kind):
    """A paper that facts rest on. Its text, if the office has given it, lies under its digest outside the book."""

    title = models.CharField(max_length=120)
    medium = models.CharField(max_length=16)
    grade = models.CharField(max_length=12)
    issuer = reference("Organisation")
    speaker = words()
    digest = models.CharField(max_length=64, blank=True, default="")
    paragraphs = models.PositiveIntegerField(null=True)
    foreign_from = models.PositiveIntegerField(null=True)
    copied_by = words()
    published = models.DateField(null=True)
    withdrawn = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_document"
        indexes = [models.Index(fields=["digest"])]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Passage(Numbered):
    """A place in a document: section, paragraph (from 1) and the words around the figure, at most 20 characters."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="passages")
    section = words(20)
    paragraph = models.PositiveIntegerField(null=True)
    fragment = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        db_table = "records_passage"
        constraints = [
            models.UniqueConstraint(fields=["document", "paragraph", "fragment"], name="passage_once"),
        ]


class Statement(Numbered):
    """What a passage says of one aspect of a record, in the source's words; a record adopts statements."""

    record = models.ForeignKey(Record, models.PROTECT, related_name="statements")
    passage = models.ForeignKey(Passage, models.PROTECT, related_name="statements")
    side = models.CharField(max_length=12)
    aspect = models.CharField(max_length=24)
    said = words(40)
    value_low, value_high, value_hedge, value_unit = quantity_columns()
    adopted = models.BooleanField(default=True)

    class Meta:
        db_table = "records_statement"
        constraints = [
            *in_order("statement", ["value"]),
            models.UniqueConstraint(fields=["record", "passage", "aspect"], name="statement_once"),
        ]

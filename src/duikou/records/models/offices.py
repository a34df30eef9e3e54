"""Who works in the book: offices, accounts, the roles they bear, keys of programs. Passwords are not here."""

from django.db import models

from .record import Kind, reference


class Office(Kind):
    """An organisation that works in the book: the area it answers for and its side."""

    organisation = models.OneToOneField("Organisation", models.PROTECT, related_name="+")
    area = models.CharField(max_length=6, blank=True, default="")
    side = models.CharField(max_length=12, blank=True, default="")

    class Meta(Kind.Meta):
        db_table = "records_office"

    def __str__(self) -> str:
        return self.organisation.name


class Account(Kind):
    """One person in one office by the sign-in name; the person's name is kept in the store of names."""

    code = models.CharField(max_length=20, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="accounts")
    person = reference("Personal")
    closed = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_account"

    def __str__(self) -> str:
        return self.code


class Appointment(Kind):
    """A role of an account from a day to a day, both included; its record's programme is the only one, else it is in all."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=24)
    begins = models.DateField()
    ends = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_appointment"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(
                name="appointment_begins_before_it_ends",
                condition=models.Q(ends__isnull=True) | models.Q(begins__lte=models.F("ends")),
            ),
        ]


class Key(Kind):
    """A key of the interface for programs: office, role, days, SHA-256 of its secret."""

    code = models.CharField(max_length=12, unique=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="keys")
    role = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    begins = models.DateField()
    ends = models.DateField()
    revoked = models.DateField(null=True)

    class Meta(Kind.Meta):
        db_table = "records_key"
        constraints = [
            *Kind.Meta.constraints,
            models.CheckConstraint(name="key_begins_before_it_ends", condition=models.Q(begins__lte=models.F("ends"))),
        ]

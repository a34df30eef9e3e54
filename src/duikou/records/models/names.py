"""The store of names: personal data outside the journal, which holds only salted commitments to them (J10)."""

from django.db import models


class Name(models.Model):
    """One field of one person: value and salt; erasing deletes both, the commitment stays in the journal."""

    commitment = models.CharField(max_length=64, primary_key=True)
    field = models.CharField(max_length=20)
    value = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        db_table = "names_name"

"""A paper of one project, issued with a recorded reason while a question is open, keeping each value as it was printed."""

import django.db.models.deletion
from django.db import migrations, models

from ._together import AddColumns, Together


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_papers'),
    ]

    operations = [
        Together(
            AddColumns(
                'paper',
                {
                    'printed': models.TextField(null=True),
                    'project': models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.project'),
                    'unchecked': models.CharField(max_length=200, null=True),
                },
            ),
        ),
    ]

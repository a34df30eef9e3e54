"""Passages of texts that were read and decided on, and how the words of an office are read."""
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0007_received_heads'),
    ]

    operations = [
        migrations.CreateModel(
            name='Reviewed',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                ('first', models.DateField(null=True)),
                ('last', models.DateField(null=True)),
                ('inferred', models.CharField(blank=True, default='', max_length=60)),
                ('paragraph', models.PositiveIntegerField()),
                ('begins', models.PositiveIntegerField()),
                ('ends', models.PositiveIntegerField()),
                ('reads', models.CharField(max_length=24)),
                ('text', models.CharField(blank=True, default='', max_length=40)),
                ('verdict', models.CharField(max_length=12)),
                ('reason', models.CharField(blank=True, default='', max_length=120)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
            ],
            options={
                'db_table': 'records_reviewed',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='reviewed_days_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                ('first', models.DateField(null=True)),
                ('last', models.DateField(null=True)),
                ('inferred', models.CharField(blank=True, default='', max_length=60)),
                ('office', models.CharField(blank=True, default='', max_length=40)),
                ('aspect', models.CharField(max_length=24)),
                ('words', models.CharField(max_length=60)),
                ('was', models.CharField(blank=True, default='', max_length=80)),
                ('reads', models.CharField(max_length=80)),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
            ],
            options={
                'db_table': 'records_wording',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='wording_days_in_order')],
            },
        ),
    ]

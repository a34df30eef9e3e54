"""Sheets that were handed in, requests for data, bank lists; records that a sheet taken back leaves struck."""

import django.db.models.deletion
from django.db import migrations, models

from ._together import AddColumns, Together


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_whole_programme'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='BankLine',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('account', models.CharField(blank=True, default='', max_length=60)),
                    ('serial', models.CharField(max_length=60)),
                    ('flow', models.CharField(max_length=8)),
                    ('amount', models.BigIntegerField()),
                    ('party', models.CharField(blank=True, default='', max_length=120)),
                    ('summary', models.CharField(blank=True, default='', max_length=120)),
                    ('reason', models.CharField(blank=True, default='', max_length=120)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation')),
                ],
                options={
                    'db_table': 'records_bank_line',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='bankline_days_in_order'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='bank_line_amount_positive')],
                },
            ),
            migrations.CreateModel(
                name='SavedLayout',
                fields=[
                    ('number', models.BigAutoField(primary_key=True, serialize=False)),
                    ('office', models.CharField(max_length=40)),
                    ('kind', models.CharField(max_length=24)),
                    ('title', models.CharField(max_length=120)),
                    ('columns', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                ],
                options={
                    'db_table': 'working_layout',
                    'constraints': [models.UniqueConstraint(fields=('office', 'title'), name='layout_once')],
                },
            ),
            migrations.CreateModel(
                name='Submission',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('receipt', models.CharField(max_length=24)),
                    ('layout', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=120)),
                    ('region', models.CharField(blank=True, default='', max_length=6)),
                    ('added', models.PositiveIntegerField()),
                    ('changed', models.PositiveIntegerField()),
                    ('same', models.PositiveIntegerField()),
                    ('undone', models.DateField(null=True)),
                    ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                    ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation')),
                ],
                options={
                    'db_table': 'records_submission',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='submission_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Upload',
                fields=[
                    ('number', models.BigAutoField(primary_key=True, serialize=False)),
                    ('account', models.CharField(max_length=20)),
                    ('programme', models.CharField(max_length=24)),
                    ('name', models.CharField(max_length=200)),
                    ('digest', models.CharField(max_length=64)),
                    ('chosen', models.JSONField(default=dict)),
                    ('at', models.DateTimeField()),
                    ('submission', models.BigIntegerField(null=True)),
                ],
                options={
                    'db_table': 'working_upload',
                    'indexes': [models.Index(fields=['account', 'number'], name='working_upl_account_317734_idx')],
                },
            ),
            migrations.CreateModel(
                name='BankMatch',
                fields=[
                    ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('amount', models.BigIntegerField()),
                    ('struck', models.BooleanField(null=True)),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.entry')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='records.bankline')),
                ],
                options={
                    'db_table': 'records_bank_match',
                    'constraints': [models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='bank_match_amount_positive')],
                },
            ),
            migrations.CreateModel(
                name='DataRequest',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('layout', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=120)),
                    ('region', models.CharField(blank=True, default='', max_length=6)),
                    ('asked_on', models.DateField()),
                    ('due', models.DateField()),
                    ('answer', models.CharField(default='asked', max_length=12)),
                    ('answered', models.DateField(null=True)),
                    ('reason', models.CharField(blank=True, default='', max_length=120)),
                    ('reminded', models.DateField(null=True)),
                    ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation')),
                    ('submission', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.submission')),
                ],
                options={
                    'db_table': 'records_data_request',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='datarequest_days_in_order')],
                },
            ),
            AddColumns(
                'record',
                {
                    'struck': models.BooleanField(null=True),
                },
            ),
        ),
    ]

"""Readings of statistics, outlines, papers that are issued and the comments on them."""

import django.db.models.deletion
from django.db import migrations, models

from ._together import AddColumns, Together


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_sheets_and_lists'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Definition',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('code', models.CharField(max_length=24)),
                    ('follows', models.CharField(blank=True, default='', max_length=24)),
                    ('name', models.CharField(max_length=80)),
                    ('text', models.TextField()),
                    ('digest', models.CharField(max_length=64)),
                    ('valid_from', models.DateField()),
                    ('author', models.CharField(max_length=80)),
                    ('checked_by', models.CharField(blank=True, default='', max_length=80)),
                    ('state', models.CharField(default='proposed', max_length=12)),
                    ('decided', models.DateField(null=True)),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                ],
                options={
                    'db_table': 'records_definition',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='definition_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Outline',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('code', models.CharField(max_length=24)),
                    ('edition', models.PositiveIntegerField()),
                    ('title', models.CharField(max_length=120)),
                    ('text', models.TextField()),
                    ('digest', models.CharField(max_length=64)),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                ],
                options={
                    'db_table': 'records_outline',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='outline_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Paper',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('form', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=160)),
                    ('span', models.CharField(max_length=24)),
                    ('area', models.CharField(blank=True, default='', max_length=6)),
                    ('template', models.CharField(blank=True, default='', max_length=12)),
                    ('state', models.CharField(default='draft', max_length=12)),
                    ('code', models.CharField(blank=True, default='', max_length=40)),
                    ('addressee', models.CharField(blank=True, default='', max_length=120)),
                    ('copies', models.CharField(blank=True, default='', max_length=160)),
                    ('signer', models.CharField(blank=True, default='', max_length=80)),
                    ('line', models.BigIntegerField()),
                    ('snapshot', models.CharField(max_length=64)),
                    ('sheets', models.TextField(blank=True, default='')),
                    ('program', models.CharField(blank=True, default='', max_length=24)),
                    ('floor', models.CharField(blank=True, default='', max_length=12)),
                    ('waiver', models.CharField(blank=True, default='', max_length=200)),
                    ('excuse', models.CharField(blank=True, default='', max_length=200)),
                    ('file', models.CharField(blank=True, default='', max_length=64)),
                    ('pdf', models.CharField(blank=True, default='', max_length=64)),
                    ('signed', models.DateField(null=True)),
                    ('issued', models.DateField(null=True)),
                    ('withdrawn', models.DateField(null=True)),
                    ('note', models.CharField(blank=True, default='', max_length=200)),
                    ('outline', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.outline')),
                ],
                options={
                    'db_table': 'records_paper',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='paper_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='PaperComment',
                fields=[
                    ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                    ('figure', models.CharField(blank=True, default='', max_length=64)),
                    ('text', models.CharField(max_length=300)),
                    ('role', models.CharField(blank=True, default='', max_length=24)),
                    ('office', models.CharField(blank=True, default='', max_length=80)),
                    ('said', models.DateField()),
                    ('answer', models.CharField(blank=True, default='', max_length=300)),
                    ('settled', models.DateField(null=True)),
                    ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='records.paper')),
                ],
                options={
                    'db_table': 'records_paper_comment',
                },
            ),
        ),
    ]

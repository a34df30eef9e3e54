"""What becomes of a project: needs, papers, stages, progress, outputs, inspections, assets."""

import django.db.models.deletion
from django.db import migrations, models

from ._together import AddColumns, Together


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0001_tables'),
    ]

    operations = [
        Together(
            migrations.CreateModel(
                name='Asset',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('name', models.CharField(max_length=60)),
                    ('type', models.CharField(max_length=12)),
                    ('cost', models.BigIntegerField()),
                    ('operator', models.CharField(blank=True, default='', max_length=40)),
                    ('certificate', models.CharField(blank=True, default='', max_length=40)),
                    ('upkeep', models.CharField(blank=True, default='', max_length=80)),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='records.project')),
                ],
                options={
                    'db_table': 'records_asset',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='asset_days_in_order'), models.CheckConstraint(condition=models.Q(('cost__gt', 0)), name='asset_cost_positive')],
                },
            ),
            migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('stage', models.CharField(max_length=16)),
                    ('due', models.DateField(null=True)),
                    ('remark', models.CharField(blank=True, default='', max_length=60)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='records.project')),
                ],
                options={
                    'db_table': 'records_milestone',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='milestone_days_in_order'), models.UniqueConstraint(fields=('project', 'stage'), name='milestone_once')],
                },
            ),
            migrations.CreateModel(
                name='Need',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('title', models.CharField(max_length=60)),
                    ('sector', models.CharField(max_length=16)),
                    ('region', models.CharField(max_length=6)),
                    ('households_low', models.BigIntegerField(null=True)),
                    ('households_high', models.BigIntegerField(null=True)),
                    ('households_hedge', models.CharField(blank=True, default='', max_length=8)),
                    ('households_unit', models.CharField(blank=True, default='', max_length=12)),
                    ('people_low', models.BigIntegerField(null=True)),
                    ('people_high', models.BigIntegerField(null=True)),
                    ('people_hedge', models.CharField(blank=True, default='', max_length=8)),
                    ('people_unit', models.CharField(blank=True, default='', max_length=12)),
                    ('survey', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.record')),
                ],
                options={
                    'db_table': 'records_need',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='need_days_in_order'), models.CheckConstraint(condition=models.Q(('households_low__isnull', True), ('households_high__isnull', True), ('households_low__lte', models.F('households_high')), _connector='OR'), name='need_households_in_order'), models.CheckConstraint(condition=models.Q(('people_low__isnull', True), ('people_high__isnull', True), ('people_low__lte', models.F('people_high')), _connector='OR'), name='need_people_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Progress',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('percent', models.PositiveIntegerField(null=True)),
                    ('said', models.CharField(blank=True, default='', max_length=60)),
                    ('aid_done', models.BigIntegerField(null=True)),
                    ('other_done', models.BigIntegerField(null=True)),
                    ('in_place', models.BigIntegerField(null=True)),
                    ('remark', models.CharField(blank=True, default='', max_length=120)),
                    ('account', models.CharField(blank=True, default='', max_length=20)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='records.project')),
                ],
                options={
                    'db_table': 'records_progress',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='progress_days_in_order'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='progress_percent_within')],
                },
            ),
            migrations.CreateModel(
                name='ProjectPaper',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('type', models.CharField(max_length=24)),
                    ('number', models.CharField(blank=True, default='', max_length=60)),
                    ('issuer', models.CharField(blank=True, default='', max_length=40)),
                    ('waived', models.BooleanField(default=False)),
                    ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.document')),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='records.project')),
                ],
                options={
                    'db_table': 'records_project_paper',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='projectpaper_days_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Inspection',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('type', models.CharField(max_length=20)),
                    ('conclusion', models.CharField(max_length=12)),
                    ('score', models.PositiveIntegerField(null=True)),
                    ('use', models.CharField(blank=True, default='', max_length=12)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='records.project')),
                    ('report', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.projectpaper')),
                ],
                options={
                    'db_table': 'records_inspection',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='inspection_days_in_order'), models.CheckConstraint(condition=models.Q(('score__lte', 1000)), name='inspection_score_within')],
                },
            ),
            migrations.CreateModel(
                name='Output',
                fields=[
                    ('record', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='as_%(class)s', serialize=False, to='records.record')),
                    ('first', models.DateField(null=True)),
                    ('last', models.DateField(null=True)),
                    ('inferred', models.CharField(blank=True, default='', max_length=60)),
                    ('type', models.CharField(max_length=20)),
                    ('name', models.CharField(blank=True, default='', max_length=40)),
                    ('target_low', models.BigIntegerField(null=True)),
                    ('target_high', models.BigIntegerField(null=True)),
                    ('target_hedge', models.CharField(blank=True, default='', max_length=8)),
                    ('target_unit', models.CharField(blank=True, default='', max_length=12)),
                    ('actual_low', models.BigIntegerField(null=True)),
                    ('actual_high', models.BigIntegerField(null=True)),
                    ('actual_hedge', models.CharField(blank=True, default='', max_length=8)),
                    ('actual_unit', models.CharField(blank=True, default='', max_length=12)),
                    ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outputs', to='records.project')),
                    ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.projectpaper')),
                ],
                options={
                    'db_table': 'records_output',
                    'abstract': False,
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('first__isnull', True), ('last__isnull', True)), ('first__lte', models.F('last')), _connector='OR'), name='output_days_in_order'), models.CheckConstraint(condition=models.Q(('target_low__isnull', True), ('target_high__isnull', True), ('target_low__lte', models.F('target_high')), _connector='OR'), name='output_target_in_order'), models.CheckConstraint(condition=models.Q(('actual_low__isnull', True), ('actual_high__isnull', True), ('actual_low__lte', models.F('actual_high')), _connector='OR'), name='output_actual_in_order')],
                },
            ),
            AddColumns(
                'project',
                {
                    'aid_form': models.CharField(max_length=16, null=True),
                    'benefit': models.CharField(max_length=80, null=True),
                    'code': models.CharField(max_length=24, null=True),
                    'content': models.CharField(max_length=120, null=True),
                    'delivery': models.CharField(max_length=16, null=True),
                    'fixed': models.BooleanField(null=True),
                    'front': models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation'),
                    'front_post': models.CharField(max_length=40, null=True),
                    'level': models.CharField(max_length=12, null=True),
                    'owner': models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.organisation'),
                    'owner_post': models.CharField(max_length=40, null=True),
                    'paired': models.BooleanField(null=True),
                    'place': models.CharField(max_length=60, null=True),
                    'remark': models.CharField(max_length=120, null=True),
                    'stage': models.CharField(max_length=16, null=True),
                    'timing': models.CharField(max_length=12, null=True),
                    'year': models.PositiveIntegerField(null=True),
                },
            ),
            AddColumns(
                'projectchange',
                {
                    'amount': models.BigIntegerField(null=True),
                    'carried': models.DateField(null=True),
                    'content': models.CharField(max_length=120, null=True),
                    'days': models.IntegerField(null=True),
                    'weighty': models.BooleanField(null=True),
                },
            ),
        ),
    ]

"""Heads of other offices' books, as their signed snapshots said them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_paper_as_printed'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReceivedHead',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('book', models.CharField(max_length=10)),
                ('office', models.CharField(max_length=80)),
                ('epoch', models.PositiveIntegerField()),
                ('line', models.BigIntegerField()),
                ('root', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
                ('key', models.CharField(max_length=44)),
                ('manifest', models.CharField(max_length=64)),
                ('verdict', models.CharField(blank=True, default='', max_length=12)),
                ('received', models.DateField()),
                ('against', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.receivedhead')),
            ],
            options={
                'db_table': 'records_received_head',
                'constraints': [models.UniqueConstraint(fields=('book', 'line', 'root'), name='received_head_once')],
            },
        ),
    ]

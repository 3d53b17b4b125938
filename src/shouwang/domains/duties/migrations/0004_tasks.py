"""Task lists: work passed on, steps of the ladder, notices, calendar addresses, yearly plans."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0003_counted_together'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('region', models.CharField(max_length=15)),
                ('salt', models.BinaryField(max_length=16)),
                ('duty', models.CharField(max_length=40)),
                ('period', models.CharField(blank=True, max_length=30)),
                ('subject', models.UUIDField()),
                ('onward', models.BooleanField(default=False)),
                ('since', models.DateTimeField(null=True)),
                ('giver', models.UUIDField()),
                ('giver_post', models.CharField(max_length=40)),
                ('receiver', models.UUIDField()),
                ('state', models.CharField(max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('region', models.CharField(max_length=15)),
                ('salt', models.BinaryField(max_length=16)),
                ('person', models.UUIDField()),
                ('token', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('region', models.CharField(max_length=15)),
                ('event', models.UUIDField()),
                ('sort', models.CharField(max_length=20)),
                ('recipient', models.UUIDField()),
                ('duty', models.CharField(blank=True, max_length=40)),
                ('period', models.CharField(blank=True, max_length=30)),
                ('subject', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('region', models.CharField(max_length=15)),
                ('salt', models.BinaryField(max_length=16)),
                ('year', models.PositiveSmallIntegerField()),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(max_length=10)),
                ('items', models.JSONField(default=list)),
                ('hands', models.JSONField(default=list)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('above', models.UUIDField(null=True)),
                ('made_at', models.DateTimeField()),
                ('approved_by', models.UUIDField(null=True)),
                ('approved_post', models.CharField(blank=True, max_length=40)),
                ('approved_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('region', models.CharField(max_length=15)),
                ('salt', models.BinaryField(max_length=16)),
                ('duty', models.CharField(max_length=40)),
                ('period', models.CharField(blank=True, max_length=30)),
                ('subject', models.UUIDField()),
                ('rung', models.CharField(max_length=12)),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['county', 'region', 'due_at', 'id'], name='duties_of_body'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['county', 'verdict', 'due_at', 'id'], name='duties_of_county'),
        ),
        migrations.AddIndex(
            model_name='standing',
            index=models.Index(fields=['township', 'verdict', 'due_at', 'id'], name='duties_of_township'),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(fields=['county', 'receiver', '-at'], name='duties_given_to'),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(fields=['county', 'region', 'duty'], name='duties_given_by_body'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('county', django.db.models.functions.text.Left('region', 6))), name='duties_delegation_county'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'accepted'])), fields=('county', 'duty', 'subject'), name='duties_delegation_once'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['offered', 'accepted']), ('onward', True)), fields=('county', 'duty', 'region'), name='duties_delegation_onward'),
        ),
        migrations.AddIndex(
            model_name='feed',
            index=models.Index(fields=['county', 'person'], name='duties_feeds_of_person'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.CheckConstraint(condition=models.Q(('county', django.db.models.functions.text.Left('region', 6))), name='duties_feed_county'),
        ),
        migrations.AddConstraint(
            model_name='feed',
            constraint=models.UniqueConstraint(fields=('county', 'token'), name='duties_feed_by_token'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['county', 'recipient', '-at'], name='duties_notices_unseen'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.CheckConstraint(condition=models.Q(('county', django.db.models.functions.text.Left('region', 6))), name='duties_notice_county'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('county', 'event', 'recipient'), name='duties_notice_once'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['county', 'year', 'region'], name='duties_plans_of_year'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.CheckConstraint(condition=models.Q(('county', django.db.models.functions.text.Left('region', 6))), name='duties_plan_county'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(fields=('county', 'region', 'year', 'version'), name='duties_plan_version'),
        ),
        migrations.AddConstraint(
            model_name='plan',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'approved'), _negated=True), fields=('county', 'region', 'year'), name='duties_plan_one_draft'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['county', 'rung', '-at', 'id'], name='duties_steps_of_rung'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('county', django.db.models.functions.text.Left('region', 6))), name='duties_step_county'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('county', 'duty', 'subject', 'due_on', 'rung'), name='duties_step_once'),
        ),
    ]

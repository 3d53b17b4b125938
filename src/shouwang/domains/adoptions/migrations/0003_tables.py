import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('adoptions', '0002_year_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='AdoptedTable',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('county', models.CharField(max_length=6)),
                ('region', models.CharField(max_length=15)),
                ('salt', models.BinaryField(max_length=16)),
                ('line', models.UUIDField(editable=False)),
                ('table', models.CharField(max_length=60)),
                ('rows', models.TextField()),
                ('since', models.DateField()),
                ('adoption', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='adoptions.adoption')),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['county', 'line'], name='adoptions_table_of_line')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('county', django.db.models.functions.text.Left('region', 6))), name='adoptions_adoptedtable_county'),
                    models.UniqueConstraint(fields=('county', 'adoption', 'table'), name='adoptions_adopted_table_once'),
                ],
            },
        ),
    ]

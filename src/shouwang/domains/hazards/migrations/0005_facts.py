from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hazards', '0004_extra_time'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='facts',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]

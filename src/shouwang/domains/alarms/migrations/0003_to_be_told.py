from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("alarms", "0002_from_now_on")]
    operations = [
        migrations.AddIndex(
            model_name="alarm",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("ringing", "verifying", "unreachable", "real")),
                    models.Q(("told_level", "prefecture"), _negated=True),
                ),
                fields=["county", "due_at"],
                name="alarms_to_be_told",
            ),
        ),
    ]

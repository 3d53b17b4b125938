"""Duties of a period, and the moment when time alone may change a verdict."""

from django.db import migrations, models

MOVED = """
UPDATE duties_standing
SET month = period, period = '', again_at = CASE WHEN verdict = 'due' THEN due_at END
"""
BACK = "UPDATE duties_standing SET period = month"


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]

    operations = [
        migrations.AddField("standing", "again_at", models.DateTimeField(null=True)),
        migrations.AddField("standing", "month", models.CharField(blank=True, db_default="", max_length=7)),
        migrations.AlterField("standing", "period", models.CharField(blank=True, max_length=30)),
        migrations.RunSQL(MOVED, BACK),
        migrations.RemoveIndex("standing", "duties_of_township"),
        migrations.RemoveIndex("standing", "duties_falling_due"),
        migrations.AddIndex(
            "standing",
            models.Index(fields=["township", "month", "duty", "due_at", "id"], name="duties_of_month"),
        ),
        migrations.AddIndex(
            "standing",
            models.Index(
                fields=["county", "again_at"],
                condition=models.Q(("again_at__isnull", False)),
                name="duties_again",
            ),
        ),
    ]

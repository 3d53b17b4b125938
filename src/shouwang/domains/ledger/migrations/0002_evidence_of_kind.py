"""Evidence is read by county and kind; what says its period, or changes another, is found apart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]

    operations = [
        migrations.RemoveIndex("evidence", "ledger_evidence_by_kind"),
        migrations.AddIndex(
            "evidence",
            models.Index(fields=["county", "kind", "occurred_at"], name="ledger_evidence_of_kind"),
        ),
        migrations.AddIndex(
            "evidence",
            models.Index(
                fields=["county", "kind"],
                condition=models.Q(("facts__has_any_keys", ["period", "amends", "withdrawn"])),
                name="ledger_evidence_for_period",
            ),
        ),
    ]

"""Verdicts are counted for all duties together too; those there are, are counted once."""

from django.db import migrations

COUNTED = """
INSERT INTO ledger_delta (id, county, region, measure, period, amount)
SELECT gen_random_uuid(), county, region, 'duties.all.' || verdict, month, count(*)
FROM duties_standing GROUP BY county, region, verdict, month
"""
BACK = """
DELETE FROM ledger_delta WHERE measure LIKE 'duties.all.%';
DELETE FROM ledger_total WHERE measure LIKE 'duties.all.%'
"""


class Migration(migrations.Migration):
    dependencies = [("duties", "0002_periods"), ("ledger", "0002_evidence_of_kind")]
    operations = [migrations.RunSQL(COUNTED, BACK)]

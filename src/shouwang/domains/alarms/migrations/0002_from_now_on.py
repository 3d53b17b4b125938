"""What devices said before there were alarms is history: whoever reads signals begins behind it, nothing rings late."""

from django.db import migrations

BEGUN = """
INSERT INTO ledger_cursor (id, county, region, reader, position)
SELECT gen_random_uuid(), county, county, 'alarms.signals', max(position) FROM devices_signal
WHERE received_at < (SELECT min(applied) FROM django_migrations WHERE app = 'alarms' AND name = '0001_initial')
GROUP BY county ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("alarms", "0001_initial"), ("devices", "0001_initial"), ("ledger", "0004_resealings")]
    operations = [migrations.RunSQL(BEGUN, migrations.RunSQL.noop)]

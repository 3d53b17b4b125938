"""Whoever reports does so in one county: told so, the planner walks a person's cases in their order, not sorts them."""

from django.db import migrations

KNOWN = "CREATE STATISTICS hazards_reporter_in_county (dependencies) ON county, reporter FROM hazards_case"
BACK = "DROP STATISTICS hazards_reporter_in_county"


class Migration(migrations.Migration):
    dependencies = [("hazards", "0008_exposures_to_decide")]

    operations = [migrations.RunSQL(KNOWN, BACK)]

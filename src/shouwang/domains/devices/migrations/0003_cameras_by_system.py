"""Two systems may give two cameras the same number."""

import django.db.models as models
from django.db import migrations

ONCE = "devices_address_once"
TAKEN = models.Q(state="in_use") & ~models.Q(address="")
WHOSE = models.Case(models.When(way="video", then="operator"), default=models.Value(""))


class Migration(migrations.Migration):
    dependencies = [("devices", "0002_cameras")]

    operations = [
        migrations.RemoveConstraint("device", ONCE),
        migrations.AddConstraint(
            "device", models.UniqueConstraint("county", "way", "address", WHOSE, condition=TAKEN, name=ONCE)
        ),
    ]

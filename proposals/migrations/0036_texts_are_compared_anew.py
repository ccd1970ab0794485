"""Whole texts are compared in runs of letters instead of pairs: what was looked at is looked at once more."""

from typing import Any

from django.db import migrations


def look_again(apps: Any, schema_editor: Any) -> None:
    apps.get_model("proposals", "Proposal").objects.filter(overlaps_seen__gt=0).update(overlaps_due=True)


class Migration(migrations.Migration):
    dependencies = [("proposals", "0035_withdrawn_before_the_deadline")]

    operations = [migrations.RunPython(look_again, migrations.RunPython.noop, elidable=True)]

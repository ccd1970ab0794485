from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Caps of one basis and period stand side by side in several currencies."""

    dependencies = [("program", "0023_changes_of_announced_calls")]

    operations = [
        migrations.RemoveConstraint("CallCap", "cap_is_there_once_for_all"),
        migrations.RemoveConstraint("CallCap", "cap_is_there_once_a_type"),
        migrations.AddConstraint(
            "CallCap",
            models.UniqueConstraint(
                condition=Q(support_type=None),
                fields=("call", "basis", "period", "currency"),
                name="cap_is_there_once_for_all",
            ),
        ),
        migrations.AddConstraint(
            "CallCap",
            models.UniqueConstraint(
                fields=("support_type", "basis", "period", "currency"), name="cap_is_there_once_a_type"
            ),
        ),
    ]

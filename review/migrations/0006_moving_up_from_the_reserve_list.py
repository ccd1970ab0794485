from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0005_decision_keeps_balances"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                max_length=7, choices=[("first", "first"), ("call_up", "call_up")], default="first"
            ),
        ),
        migrations.RemoveConstraint(model_name="decision", name="one_decision_adopted_a_call"),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=["call"],
                condition=Q(state="adopted", kind="first"),
                name="one_decision_adopted_a_call",
            ),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    """Calls that are there already go on without; a new one asks for the institution's approval unless told."""

    dependencies = [("program", "0020_exchange_target_and_part_years")]

    operations = [
        migrations.AddField("call", "needs_approval", models.BooleanField(default=False)),
        migrations.AlterField("call", "needs_approval", models.BooleanField(default=True)),
    ]

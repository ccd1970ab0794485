from django.db import migrations, models


class Migration(migrations.Migration):
    """An agreement keeps a fingerprint of each part that was shown; of those given before it is not known."""

    dependencies = [("program", "0021_institutions_approve")]

    operations = [
        migrations.AddField("callagreement", "shown", models.TextField(blank=True, default="")),
    ]

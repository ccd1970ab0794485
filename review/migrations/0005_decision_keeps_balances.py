from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0004_reviewers_on_behalf"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="left_when_proposed",
            field=models.JSONField(default=list),
        ),
    ]

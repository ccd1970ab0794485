"""What each member of the team does in the joint research (分担内容)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("proposals", "0008_support_types")]
    operations = [
        migrations.AddField("TeamMember", "task", models.CharField(blank=True, default="", max_length=300)),
    ]

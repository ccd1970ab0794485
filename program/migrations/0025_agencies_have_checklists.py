"""Each agency of a call has its own checklist of eligibility."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('program', '0024_caps_of_several_currencies')]

    operations = [
        migrations.AddField('callagency', 'checklist', models.JSONField(blank=True, default=list)),
    ]

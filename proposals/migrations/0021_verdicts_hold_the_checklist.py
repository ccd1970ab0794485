"""A verdict on eligibility keeps the agency's checklist as it was answered."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('proposals', '0020_awards_from_the_register')]

    operations = [
        migrations.AddField('eligibilityverdict', 'checks', models.JSONField(blank=True, default=list)),
    ]

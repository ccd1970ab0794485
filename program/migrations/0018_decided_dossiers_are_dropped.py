"""The second step of two. Since 0008 what was kept with a decision is the first version of its dossier, and nothing has written or
read the column; no release lies between the two, so that no older code can be running beside this one.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("program", "0017_office_hours_of_agencies")]
    operations = [migrations.RemoveField("designation", "decided_dossier")]

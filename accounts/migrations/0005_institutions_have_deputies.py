from django.db import migrations, models

ROLES = [
    (role, role)
    for role in (
        "ministry_officer",
        "programme_officer",
        "approver",
        "field_supervisor",
        "researcher",
        "institution_officer",
        "institution_deputy",
    )
]


class Migration(migrations.Migration):

    dependencies = [("accounts", "0004_roles_are_asked_for")]

    operations = [
        migrations.AlterField("membership", "role", models.CharField(choices=ROLES, max_length=25)),
        migrations.AlterField("membershiprequest", "role", models.CharField(choices=ROLES, max_length=25)),
    ]

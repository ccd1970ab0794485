from django.db import migrations
from django.db.models import F

# What decisions asked of projects that were adopted before a project kept its conditions.


def carry_over(apps, schema_editor):
    DecisionItem = apps.get_model("review", "DecisionItem")
    AwardCondition = apps.get_model("projects", "AwardCondition")
    found = (
        DecisionItem.objects.filter(
            decision__state="adopted", outcome="adopt", proposal__project__isnull=False
        )
        .exclude(conditions_en="")
        .annotate(project=F("proposal__project"))
        .order_by("pk")
    )
    AwardCondition.objects.bulk_create(
        AwardCondition(project_id=item.project, text_ja=item.conditions_ja, text_en=item.conditions_en)
        for item in found
    )


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0004_award_conditions"),
        ("review", "0002_limits_links_and_letters"),
    ]

    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]

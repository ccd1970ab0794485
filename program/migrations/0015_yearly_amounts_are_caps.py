"""The one yearly amount that a support type had becomes a cap of it."""

from django.db import migrations


def amounts_become_caps(apps, schema_editor):
    cap, support_type = apps.get_model("program", "CallCap"), apps.get_model("program", "SupportType")
    for one in support_type.objects.filter(yearly_yen__isnull=False).select_related("call"):
        cap.objects.create(
            call=one.call,
            support_type=one,
            amount=one.yearly_yen,
            # Fixed at the opening, as the call's own caps are; in yen it is the amount itself.
            limit_yen=None if one.call.state == "draft" else one.yearly_yen,
        )


def caps_become_amounts(apps, schema_editor):
    cap = apps.get_model("program", "CallCap")
    for one in cap.objects.filter(support_type__isnull=False, currency="JPY", basis="total", period="fiscal_year"):
        apps.get_model("program", "SupportType").objects.filter(pk=one.support_type_id).update(yearly_yen=one.amount)
    cap.objects.filter(support_type__isnull=False).delete()


class Migration(migrations.Migration):
    dependencies = [("program", "0014_caps_of_support_types")]
    operations = [migrations.RunPython(amounts_become_caps, caps_become_amounts)]

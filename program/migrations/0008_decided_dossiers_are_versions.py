"""What was kept with a decision becomes the first version of its dossier, with the names of today."""

import hashlib
import json
import secrets

from django.db import migrations

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
IN_BOTH = ("measure", "unit", "source", "reason")


def kept(dossier):
    evidence = []
    for item in dossier["evidence"]:
        texts = {f"{name}_ja": item.get(f"{name}_ja", item.get(name, "")) for name in IN_BOTH}
        texts |= {f"{name}_en": item.get(f"{name}_en", "") for name in IN_BOTH}
        rest = {key: value for key, value in item.items() if key not in IN_BOTH}
        evidence.append({"origin": item["id"], "added_by": "", "added_at": "", **rest, **texts})
    return {**dossier, "evidence": evidence}


def make_versions(apps, schema_editor):
    version = apps.get_model("program", "DossierVersion")
    for row in apps.get_model("program", "Designation").objects.exclude(decided_dossier=None):
        content = kept(row.decided_dossier)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        version.objects.create(
            public_id="".join(secrets.choice(ALPHABET) for _ in range(12)),
            designation=row,
            number=1,
            occasion="decided",
            content=content,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            made_by_id=row.decided_by_id,
            made_at=row.decided_at,
        )


class Migration(migrations.Migration):
    dependencies = [("program", "0007_designations_are_reviewed_signed_and_renewed")]
    operations = [migrations.RunPython(make_versions, migrations.RunPython.noop)]

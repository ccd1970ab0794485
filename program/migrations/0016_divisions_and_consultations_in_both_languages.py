"""A designation names the division that answers for it; consultations are held in both languages, and what was there is
taken as the Japanese text."""

from django.db import migrations, models

LINE = {"blank": True, "default": "", "max_length": 200}
CONSULTATION = (
    ("offices", models.CharField(blank=True, default="", max_length=300)),
    ("participants", models.TextField(blank=True, default="")),
    ("points", models.TextField(blank=True, default="")),
    ("answer", models.TextField(blank=True, default="")),
)
POINT = (
    ("point", models.TextField(blank=True, default="")),
    ("answer", models.TextField(blank=True, default="")),
)
FILE = (("title", models.CharField(**LINE)),)
TEXTS = (("Consultation", CONSULTATION), ("ConsultationPoint", POINT), ("ConsultationFile", FILE))


class Migration(migrations.Migration):
    dependencies = [("program", "0015_yearly_amounts_are_caps")]
    operations = [
        *(
            migrations.AddField("Designation", f"{name}_{language}", models.CharField(**LINE))
            for name in ("division", "director")
            for language in ("ja", "en")
        ),
        *(
            migrations.RenameField(model, name, f"{name}_ja")
            for model, texts in TEXTS
            for name, _field in texts
        ),
        *(
            migrations.AddField(model, f"{name}_en", field)
            for model, texts in TEXTS
            for name, field in texts
        ),
    ]

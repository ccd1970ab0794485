import datetime as dt

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from program.rules.milestones import saturday_and_sunday


class AgencyProfile(models.Model):
    """What the programme must know of a funding agency: its numbers, its currency, its own definitions."""

    agency = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="agency_profile")
    # In the Crossref Funder Registry, by which papers name their funders.
    funder_id = models.CharField(max_length=20, blank=True, default="")
    # Regular expressions; a number that does not fit is warned about, never refused.
    award_number_pattern = models.CharField(max_length=200, blank=True, default="")
    # Real numbers, one a line, on which the pattern is tried.
    award_number_examples = models.TextField(blank=True, default="")
    # For numbering adopted projects: `JPMJAP{yy}{serial}`, with serials of two of 0-9A-Z.
    project_number_format = models.CharField(max_length=60, blank=True, default="")
    currency = models.CharField(max_length=3, default="JPY")
    early_career_ja = models.CharField(max_length=300, blank=True, default="")
    early_career_en = models.CharField(max_length=300, blank=True, default="")
    # When its office is reached: between two hours of a zone (blank: that of its country), but for these days of the week,
    # numbered from Monday 0.
    office_zone = models.CharField(max_length=40, blank=True, default="")
    office_opens = models.TimeField(default=dt.time(9))
    office_closes = models.TimeField(default=dt.time(17))
    closed_days = models.JSONField(blank=True, default=saturday_and_sunday)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(office_closes__gt=F("office_opens")), name="office_closes_after_it_opens"
            )
        ]

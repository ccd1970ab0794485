from django.db import models

from accounts.models import Organisation


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

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from kernel.clock import now
from kernel.ids import PublicIdField


class SavedFilter(models.Model):
    """An officer's own view of the list of proposals: filters, columns and order under a name.

    With an `agency` it is offered to the officers of that agency too. It holds what is asked for and nothing that is found:
    each reader finds by it what they may see.
    """

    public_id = PublicIdField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    # As it stands in the address, in one order: `state=locked&col=pi`.
    query = models.CharField(max_length=1000, blank=True)
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    # What the list opens with when nothing is asked.
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="saved_filter_has_its_name_once"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_default=True), name="one_saved_filter_is_the_default"
            ),
        ]

from django.db import models


class Holiday(models.Model):
    """A national holiday of Japan, as the Cabinet Office (内閣府) publishes them."""

    on = models.DateField(primary_key=True)
    name_ja = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.on.isoformat()

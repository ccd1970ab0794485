"""What a reviewer agrees to before anything of a proposal opens to them. A changed text is a new version."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"
TEXT: tuple[str | Promise, ...] = (
    _("I use what I read of the proposals for their review alone, and for nothing else."),
    _(
        "I show it to nobody, give it to nobody, and put it into no service that keeps it or learns from it, tools of generative AI among them."
    ),
    _("I keep to myself, also afterwards, who applied, who reviewed, what was scored and what was said."),
    _("I keep no copy once the review has ended."),
    _(
        "I declare a conflict of interest as soon as I know of it, before I read any file or at any later time."
    ),
)

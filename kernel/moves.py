"""What a person may do next on a page; the view decides, the template only draws."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class Move:
    """One next step: a link (`get`) or a button that posts.

    `confirm` is a sentence to be confirmed first; `tone` is `primary`, `secondary` or `danger`.
    """

    label: str | Promise
    url: str
    method: Literal["get", "post"] = "get"
    tone: Literal["primary", "secondary", "danger"] = "secondary"
    confirm: str | Promise = ""

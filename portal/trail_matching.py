"""The trail's words of the searches for an assignment."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "match_asked": pgettext_lazy("verb of the trail", "assignment searched for"),
    "match_found": pgettext_lazy("verb of the trail", "assignment found"),
    "match_accepted": pgettext_lazy("verb of the trail", "proposed assignment accepted"),
    "match_undone": pgettext_lazy("verb of the trail", "acceptance undone"),
    "assignment_undone": pgettext_lazy("verb of the trail", "assignment undone"),
    "pair_added": pgettext_lazy("verb of the trail", "pair proposed by hand"),
    "pair_dropped": pgettext_lazy("verb of the trail", "pair dropped by hand"),
    "wish_set": pgettext_lazy("verb of the trail", "wish for searches set"),
    "wish_ended": pgettext_lazy("verb of the trail", "wish for searches ended"),
}
SUBJECTS = {
    "review.assignmentrun": pgettext_lazy("subject of the trail", "search for an assignment"),
    "review.assignmentpair": pgettext_lazy("subject of the trail", "pair of a search"),
    "review.pairwish": pgettext_lazy("subject of the trail", "wish for searches"),
}

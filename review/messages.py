"""The words of this app's violations and enumerations."""

from django.utils.translation import gettext_lazy as _

from review import enums

VIOLATIONS: dict[str, object] = {}

LABELS = [
    (enums.ConflictKind.NONE, _("no conflict of interest")),
    (enums.ConflictKind.KIN, _("relative by blood or marriage")),
    (enums.ConflictKind.SAME_UNIT, _("same department, laboratory or company")),
    (enums.ConflictKind.COAUTHOR, _("joint research or joint paper within five years")),
    (enums.ConflictKind.TEACHER_STUDENT, _("teacher and student")),
    (enums.ConflictKind.EMPLOYMENT, _("employment")),
    (enums.ConflictKind.COMPETITOR, _("direct competitor")),
    (enums.ConflictKind.OTHER, _("other conflict")),
    (enums.AssignmentState.ASSIGNED, _("declaration awaited")),
    (enums.AssignmentState.IN_PROGRESS, _("in progress")),
    (enums.AssignmentState.SUBMITTED, _("submitted")),
    (enums.AssignmentState.CONFLICTED, _("conflict declared")),
    (enums.AssignmentState.WITHDRAWN, _("withdrawn")),
    (enums.Outcome.ADOPT, _("adopt")),
    (enums.Outcome.RESERVE, _("reserve list")),
    (enums.Outcome.REJECT, _("do not adopt")),
    (enums.DecisionState.PROPOSED, _("agencies’ answers awaited")),
    (enums.DecisionState.ADOPTED, _("adopted by all agencies")),
    (enums.DecisionState.REFUSED, _("refused")),
    (enums.Vote.YES, _("yes")),
    (enums.Vote.NO, _("no")),
]

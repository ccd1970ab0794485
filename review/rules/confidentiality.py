"""What a reviewer may know of a proposal, and from when: nothing before the agreement to confidentiality but that there is one;
then its outline and teams; its files once they have declared that there is no conflict of interest."""

from review.enums import AssignmentState

# Declared, and with that agreed.
BEGUN = (AssignmentState.IN_PROGRESS, AssignmentState.SUBMITTED)


def outline_is_open(state: str, *, has_agreed: bool, had_agreed: bool) -> bool:
    """Whether title, outline and team may be shown. `has_agreed`: to the text as it stands now; `had_agreed`: to any version, which
    is enough for a review that can only be read."""
    if state in BEGUN or has_agreed:
        return True
    return state == AssignmentState.CLOSED and had_agreed

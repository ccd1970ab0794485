"""Who asks: every kind of person that the portal knows, and those it does not."""

ANONYMOUS = "anonymous"
# Came by the link of an invitation, without an account: everywhere else a stranger.
GUEST = "guest"
SIGNED_IN = (
    "staff",  # keeps the portal running
    "ministry",  # ministry officer
    "ministry2",  # a second ministry officer, who decides
    "home_officer",  # programme officer of the agency that leads the call
    "home_approver",  # approver of that agency
    "home_conflicted",  # programme officer of that agency, excluded from the proposal by a conflict of interest
    "other_home",  # programme officer of another Japanese agency, which has no part in the call
    "partner_officer",  # programme officer of the partner agency of the call
    "partner_approver",  # approver of that agency
    "pi",  # principal investigator of the proposals
    "co_investigator",  # of the same team
    "partner_pi",  # of the partner team, with an account
    "other_applicant",  # PI of another proposal
    "institution",  # officer of the PI's institution
    "reviewer",  # of the home agency's pool, has declared no conflict
    "reviewer_asked",  # of the partner agency's pool, has declared nothing yet
    "reviewer_conflicted",  # has declared a conflict
    "nobody",  # an account and no role
)
ROLES = (ANONYMOUS, GUEST, *SIGNED_IN)
# Short hands for the answers.
HOME = ("home_officer", "home_approver", "home_conflicted")
PARTNER = ("partner_officer", "partner_approver")
MINISTRY = ("ministry", "ministry2")
OFFICERS = (*HOME, *PARTNER, "other_home")
TEAM = ("pi", "co_investigator", "partner_pi")
REVIEWERS = ("reviewer", "reviewer_asked", "reviewer_conflicted")
EVERYBODY = SIGNED_IN

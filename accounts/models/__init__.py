from accounts.models.membership import Membership
from accounts.models.membership_request import MembershipRequest
from accounts.models.organisation import Organisation, OrganisationMerge
from accounts.models.person import Person
from accounts.models.post import Post
from accounts.models.user import User

__all__ = ["Membership", "MembershipRequest", "Organisation", "OrganisationMerge", "Person", "Post", "User"]

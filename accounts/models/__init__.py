from accounts.models.membership import Membership
from accounts.models.organisation import Organisation, OrganisationMerge
from accounts.models.person import Person
from accounts.models.user import User

__all__ = ["Membership", "Organisation", "OrganisationMerge", "Person", "User"]

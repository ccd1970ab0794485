from accounts.models.membership import Membership
from accounts.models.organisation import Organisation
from accounts.models.person import Person
from accounts.models.user import User

__all__ = ["Membership", "Organisation", "Person", "User"]

"""Signing in by e-mail and password, and who a request comes from."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class PeopleSignIn(AuthenticationBackend):
    """The sign-in library's own, whose users come with their person: every page asks for both."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

ENTRIES = [(_("People and roles"), "accounts:memberships"), (_("Audit trail"), "accounts:audit")]


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        from accounts import messages
        from kernel import choices, violations
        from kernel import messages as kernel_messages

        violations.register(messages.VIOLATIONS)
        choices.register_labels(messages.LABELS)
        choices.register_labels(kernel_messages.LABELS)

        from accounts import permissions
        from kernel.contributions import navigation

        navigation.add("accounts", lambda user: ENTRIES if permissions.may_manage_memberships(user) else [])

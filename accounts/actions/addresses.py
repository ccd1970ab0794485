"""The e-mail of an account has changed: what hangs on the address follows."""

from accounts.models import Person, User
from kernel import audit
from kernel.actions import action
from kernel.outbox.optout import move_kinds


@action
def follow_address(*, user: User, old: str, new: str) -> None:
    """Let the person be known by the account's new, verified address, and do without the mails that they did without before.

    Doing it twice changes nothing. What the person had chosen at the new address, by a link in a mail sent there, stays too.
    """
    old, new = old.strip().lower(), new.strip().lower()
    if not old or old == new:
        return
    move_kinds(old=old, new=new)
    person = Person.objects.select_for_update().filter(user=user).first()
    if person is None or person.email == new:
        return
    person.email = new
    person.save(update_fields=["email"])
    audit.record("address_changed", person, by=user, private={"before": old, "after": new})

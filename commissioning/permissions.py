"""What each role may do: one table, asked by queries and views. Nobody may do what does not stand here."""

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from .models import Membership, Organisation, Role, User


class Ability(StrEnum):
    """Something a member may do in their organisation."""

    VIEW = "view"  # read the organisation's programmes, runs and members
    EDIT = "edit"  # change programmes, start and cancel runs, accept warnings with a reason
    APPROVE = "approve"  # publish
    MANAGE_MEMBERS = "manage members"  # invite, change roles, remove
    READ_AUDIT_LOG = "read the audit log"
    COMMENT = "comment"  # answer consultations for a provider


# An approver manages an authority's members and a bid writer a provider's: the roles that answer for what leaves the
# organisation. Each organisation always keeps at least one of them.
ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.VIEWER: frozenset({Ability.VIEW}),
    Role.EDITOR: frozenset({Ability.VIEW, Ability.EDIT}),
    Role.APPROVER: frozenset(
        {Ability.VIEW, Ability.EDIT, Ability.APPROVE, Ability.MANAGE_MEMBERS, Ability.READ_AUDIT_LOG}
    ),
    Role.TRUSTEE: frozenset({Ability.VIEW}),
    Role.FINANCE_LEAD: frozenset({Ability.VIEW, Ability.COMMENT}),
    Role.BID_WRITER: frozenset({Ability.VIEW, Ability.COMMENT, Ability.MANAGE_MEMBERS, Ability.READ_AUDIT_LOG}),
}


def roles_with(ability: Ability) -> list[Role]:
    """Return the roles that have the ability."""
    return [role for role, abilities in ABILITIES.items() if ability in abilities]


def can(user: User | AnonymousUser, ability: Ability, organisation: Organisation) -> bool:
    """Tell whether a person may do this in the organisation, as the database stands now."""
    if not user.is_authenticated or not user.is_active:
        return False
    held = Membership.objects.filter(user=user, organisation=organisation, role__in=roles_with(ability))
    return held.exists()

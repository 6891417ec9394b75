"""What notices say of an authority and of what it means to buy."""

from commissioning.permissions import Ability
from tests.permission_rows.consultations import of_named
from tests.permission_world import Row, of_authority, of_programme

ROWS = [
    Row("authority-details", "GET", Ability.APPROVE, of_authority),
    Row("authority-details", "POST", Ability.APPROVE, of_authority),
    Row("procurement-detail", "GET", Ability.VIEW, of_programme),
    Row("procurement-edit", "GET", Ability.EDIT, of_programme),
    Row("procurement-edit", "POST", Ability.EDIT, of_programme),
    Row("consultation-notice", "GET", Ability.VIEW, of_named),
    Row("consultation-notice-text", "GET", Ability.VIEW, of_named),
    Row("consultation-notice-release", "GET", Ability.VIEW, of_named),
]

"""Names of organisations that do not exist."""

from markets.core.made_up_names import MADE_UP, MOST, names
from markets.core.parameters import PARAMETERS
from markets.core.registers import LegalForm


def test_each_name_is_given_once_and_says_that_it_is_made_up() -> None:
    given = names([LegalForm.CHARITY] * MOST)

    assert len(set(given)) == MOST >= PARAMETERS.made_up_providers
    assert all(name.endswith(MADE_UP) for name in given)


def test_a_name_tells_the_legal_form() -> None:
    charity, company = names([LegalForm.CHARITY, LegalForm.COMPANY])

    assert charity == "Amberfield Work Trust (made up)"
    assert company == "Brackenside Skills Ltd (made up)"

"""What is different between two wordings of a measure card, and what is no difference."""

from commissioning.core.measure_wordings import FIELDS, Difference, differences, fingerprint

BEFORE = {"definition": "In work", "unit": "one person", "state": "Agreed"}


def test_what_is_said_otherwise_stands_in_old_and_new_words_in_the_order_of_the_card() -> None:
    after = BEFORE | {"state": "Dropped", "definition": "In work for 26 weeks", "lag_months": "6 months"}

    assert differences(BEFORE, after) == (
        Difference("Definition", "In work", "In work for 26 weeks"),
        Difference("Months until it is known", "", "6 months"),
        Difference("State", "Agreed", "Dropped"),
    )


def test_the_same_words_differ_in_nothing() -> None:
    assert differences(BEFORE, dict(BEFORE)) == ()
    assert fingerprint(BEFORE) == fingerprint(dict(reversed(BEFORE.items())))
    assert fingerprint(BEFORE) != fingerprint(BEFORE | {"unit": "one household"})


def test_a_card_that_is_removed_is_one_difference() -> None:
    assert differences(BEFORE, {}) == (Difference("The measure itself", "There was one", "It is removed"),)
    assert differences({}, BEFORE) == (Difference("The measure itself", "It is removed", "There was one"),)
    assert differences({}, {}) == ()


def test_every_part_that_prices_rest_on_has_its_own_label() -> None:
    assert len(set(FIELDS.values())) == len(FIELDS)

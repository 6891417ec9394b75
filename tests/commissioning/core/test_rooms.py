"""The words of an outcomes room are whole, and secrets read back however they are typed."""

from commissioning.core import rooms


def test_every_choice_has_its_words() -> None:
    assert set(rooms.KINDS) == set(rooms.ONE_OF) == set(rooms.Kind)
    assert set(rooms.CHOICES) == set(rooms.Choice)
    assert set(rooms.SORTS) == set(rooms.QUESTIONS) == set(rooms.EXAMPLES) == set(rooms.Sort)
    assert set(rooms.REASONS) == set(rooms.Reason)
    assert set(rooms.DECISIONS) == set(rooms.TO_AUTHOR) == set(rooms.Decision)


def test_a_secret_is_written_in_groups_and_read_back_as_people_type_it() -> None:
    secret = "0123456789abcdefghjkmnpqrstv"

    assert rooms.grouped(secret) == "0123-4567-89ab-cdef-ghjk-mnpq-rstv"
    assert rooms.plain(" O123-4567 89AB-CDEF-GHJK-MNPQ-RSTV") == secret
    assert rooms.plain("il") == "11"


def test_a_link_and_a_participant_of_one_secret_cannot_be_tied_together() -> None:
    assert rooms.link_hash("abcd") != rooms.participant_hash("abcd")
    assert rooms.link_hash("abcd") == rooms.link_hash("AB-CD")
    assert len(rooms.ALPHABET) == 32
    assert rooms.SECRET_LENGTH * 5 >= 128

"""Areas: what the registers call them, and which wholes hold them."""

import pytest

from markets.core.areas import atlas, codes_of, name_of, names_of, reaching, written


def test_every_authority_lies_in_a_whole_that_is_known() -> None:
    known = atlas()

    assert len(known.areas) == 218
    assert {area.within for area in known.areas} <= set(known.wholes)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Barnet", ("E09000003",)),
        ("City Of Bristol", ("E06000023",)),
        ("Bristol, City of", ("E06000023",)),
        ("Sheffield City", ("E08000039",)),
        ("St. Helens", ("E08000013",)),
        ("Herefordshire", ("E06000019",)),
        ("Hertfordshire", ("E10000015",)),
        ("Cumbria", ("E06000063", "E06000064")),
        ("Rhondda Cynon Taff", ("W06000016",)),
        ("Greater London", ("E12000007",)),
        ("Kenya", ()),
        ("", ()),
    ],
)
def test_a_place_is_known_by_what_a_register_calls_it(name: str, codes: tuple[str, ...]) -> None:
    assert codes_of(name) == codes


@pytest.mark.parametrize(
    ("area", "codes"),
    [
        ("E09000003", ("E09000003", "E12000007", "E92000001", "K04000001", "K02000001")),
        ("W06000016", ("W06000016", "W92000004", "K04000001", "K02000001")),
        ("S12000036", ("S12000036", "S92000003", "K02000001")),
        ("E12000007", ("E12000007", "E92000001", "K04000001", "K02000001")),
        ("E92000001", ("E92000001", "K04000001", "K02000001")),
        ("N92000002", ("N92000002", "K02000001")),
        ("X99", ("X99",)),
    ],
)
def test_an_area_is_reached_through_every_whole_around_it(area: str, codes: tuple[str, ...]) -> None:
    assert reaching(area) == codes


def test_names_stand_in_order_and_an_unknown_code_stands_for_itself() -> None:
    assert names_of(["K04000001", "E09000003", "X99"]) == ["Barnet", "England and Wales", "X99"]
    assert name_of("E92000001") == "England"


def test_areas_that_a_person_wrote_are_read_and_unknown_lines_given_back() -> None:
    assert written("Barnet\n\n england and wales\nBarnet\nAtlantis") == (("E09000003", "K04000001"), ("Atlantis",))

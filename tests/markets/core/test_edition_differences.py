"""Two editions side by side: what stayed, changed, came and went."""

from dataclasses import replace

from markets.core.edition_differences import State, differences, in_words
from markets.core.editions import Area, Event, Field, Section
from tests.markets.core.test_editions import EDITION


def states(old: object, new: object) -> dict[str, list[str]]:
    return {part.title: [str(each.state) for each in part.passages] for part in differences(old, new)}  # type: ignore[arg-type]


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(EDITION, EDITION) == ()
    assert in_words(()) == "Nothing changed but the note."


def test_paragraphs_are_paired_and_their_context_stays() -> None:
    old = replace(EDITION, sections=(Section("purpose", "Purpose", "One\n\nTwo\n\nThree"),))
    new = replace(EDITION, sections=(Section("purpose", "Purpose", "One\n\n2\n\nThree\n\nFour"),))

    [part] = differences(old, new)

    assert [(each.state, each.before, each.after) for each in part.passages] == [
        (State.SAME, "One", "One"),
        (State.CHANGED, "Two", "2"),
        (State.SAME, "Three", "Three"),
        (State.NEW, "", "Four"),
    ]
    assert in_words([part]) == "Changed: Purpose."


def test_paragraphs_are_paired_however_their_lines_end() -> None:
    old = replace(EDITION, sections=(Section("purpose", "Purpose", "One\n\nTwo"),))
    new = replace(EDITION, sections=(Section("purpose", "Purpose", "One\r\n\r\n2\r\n"),))

    [part] = differences(old, new)

    assert [(each.state, each.after) for each in part.passages] == [(State.SAME, "One"), (State.CHANGED, "2")]


def test_a_section_that_came_or_went_is_all_new_or_all_gone() -> None:
    bare = replace(EDITION, sections=())

    assert states(bare, EDITION) == {"Purpose": ["new"]}
    assert states(EDITION, bare) == {"Purpose": ["gone"]}


def test_what_notices_say_is_compared_in_words_and_dates_read_as_dates() -> None:
    held = {"value": "100", "suits_small": True, "codes": [{"code": "80500000", "words": "Training"}], "region": ""}
    old = replace(EDITION, procurement={**held, "authority": {"name": "Anytown Council", "street": ""}})
    changed = {
        "value": "200",
        "suits_small": False,
        "authority": {"name": "Anytown Council", "street": "1 High Street"},
    }
    events = (Event("review", "Next review", "2028-01-05"), EDITION.events[1])
    new = replace(EDITION, procurement={**held, **changed}, events=events)

    dates, notices = differences(old, new)

    assert [(each.before, each.after) for each in dates.passages] == [
        ("Next review: 22 November 2027", "Next review: 5 January 2028"),
        ("Tender notice: not set yet", "Tender notice: not set yet"),
    ]
    assert [(each.before, each.after) for each in notices.passages] == [
        ("Categories: 80500000 Training", "Categories: 80500000 Training"),
        ("Value without VAT, £: 100", "Value without VAT, £: 200"),
        ("Suits small businesses: yes", "Suits small businesses: no"),
        ("Authority: Anytown Council", "Authority: Anytown Council, 1 High Street"),
    ]


def test_an_edition_without_a_procurement_has_no_notices_to_compare() -> None:
    assert states(replace(EDITION, procurement=None), EDITION) == {"What its notices say": ["new"]}


def test_answers_dates_titles_contacts_and_figures_are_compared_by_their_keys() -> None:
    new = replace(
        EDITION,
        title="Work for all",
        areas=(Area("E09000003", "Barnet"), Area("E09000007", "Camden")),
        fields=(Field("upfront", "Share paid upfront", "30%"), Field("model", "Model", "PbR")),
        events=(EDITION.events[0],),
        figures=(replace(EDITION.figures[0], sentence="More."), EDITION.figures[1]),
        contacts="Another team",
    )

    assert states(EDITION, new) == {
        "What it is called": ["changed", "same", "changed", "same"],
        "Answers": ["changed", "new"],
        "Dates": ["same", "gone"],
        "Contacts": ["changed"],
        "Figures": ["changed", "same"],
    }


def test_a_date_that_is_set_later_is_a_change() -> None:
    [part] = differences(
        EDITION, replace(EDITION, events=(EDITION.events[0], Event("tender", "Tender notice", "2027-01-01")))
    )

    assert part.passages[1].before == "Tender notice: not set yet"
    assert part.passages[1].after == "Tender notice: 1 January 2027"


def test_paragraphs_are_given_as_they_are_read_and_figures_by_their_key() -> None:
    old = replace(EDITION, sections=(Section("purpose", "Purpose", "We *mean* it"),))
    new = replace(EDITION, sections=(Section("purpose", "Purpose", "We **mean** it\n\n{{figure:spend}}"),))

    [part] = differences(old, new)

    assert [(each.state, each.before, each.after) for each in part.passages] == [
        (State.CHANGED, "We mean it", "We mean it"),
        (State.NEW, "", "Figure: spend"),
    ]

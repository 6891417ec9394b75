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


def test_a_section_that_came_or_went_is_all_new_or_all_gone() -> None:
    bare = replace(EDITION, sections=())

    assert states(bare, EDITION) == {"Purpose": ["new"]}
    assert states(EDITION, bare) == {"Purpose": ["gone"]}


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

    assert part.passages[1].before == "Tender notice"
    assert part.passages[1].after == "Tender notice: 2027-01-01"


def test_paragraphs_are_given_as_they_are_read_and_figures_by_their_key() -> None:
    old = replace(EDITION, sections=(Section("purpose", "Purpose", "We *mean* it"),))
    new = replace(EDITION, sections=(Section("purpose", "Purpose", "We **mean** it\n\n{{figure:spend}}"),))

    [part] = differences(old, new)

    assert [(each.state, each.before, each.after) for each in part.passages] == [
        (State.CHANGED, "We mean it", "We mean it"),
        (State.NEW, "", "Figure: spend"),
    ]

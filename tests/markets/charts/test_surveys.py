"""What a survey found, in words and tables."""

import csv
import io
from dataclasses import replace

from commissioning.core.tables import as_csv
from markets.charts import surveys
from markets.core.survey_answers import Results, results
from tests.factories.surveys import answer


def found(*sizes: str, **given: str) -> Results:
    made = results([replace(answer(**given), size=size) for size in sizes])
    assert made
    return made


def test_the_sentences_name_the_one_in_the_middle() -> None:
    rows = [answer(appetite=band, would_bid="no") for band in ("band-1", "band-1", "band-2", "band-3", "band-4")]
    made = results(rows)
    assert made

    assert surveys.sentences(made) == [
        "Of 5 providers that answered, 0 would bid under these terms, 0 perhaps and 5 would not.",
        "The one in the middle would put at risk: a tenth to a quarter of its free reserves. Waiting for a payment: "
        "up to three months.",
    ]


def test_of_two_in_the_middle_the_more_careful_is_named() -> None:
    rows = [answer(appetite=band) for band in ("band-1", "band-1", "band-1", "band-4", "band-4", "band-4")]
    made = results(rows)
    assert made

    assert "less than a tenth" in surveys.sentences(made)[1]


def test_sizes_stand_apart_only_where_there_is_more_than_one_group() -> None:
    one, two = found(*["small"] * 5), found(*["small"] * 5, *["large"] * 5)

    assert [column.heading for column in surveys.tables(one)[0].columns] == ["Answer", "Providers"]
    assert [column.heading for column in surveys.tables(two)[0].columns] == [
        "Answer",
        "All",
        "Under £100,000",
        "£100,000 and over",
    ]


def test_the_file_has_every_count_and_formulas_in_words_are_made_harmless() -> None:
    made = found(*["small"] * 5, *["large"] * 5, words="=1+1")

    rows = list(csv.reader(io.StringIO(as_csv(surveys.as_table(made)))))

    assert rows[0] == ["Question", "Answer", "Income a year", "Providers"]
    assert ["Would you bid under these terms?", "Maybe", "Under £100,000", "5"] in rows
    assert ["Would you bid under these terms?", "Maybe", "All", "10"] in rows
    assert ["What would make it possible, or easier", "Smaller contracts", "All", "10"] in rows
    assert rows[-1][:2] == ["In their own words", "'=1+1"]

"""What a survey of providers found, in a sentence and tables."""

from collections.abc import Sequence

from commissioning.core.figures import plain
from commissioning.core.tables import Column, Table
from markets.core.survey_answers import Counted, Results


def sentences(results: Results) -> list[str]:
    """Say how many would bid, and what the middle one would put at risk and could wait for."""
    counts = {row: within[-1] for row, within in results.questions[0].rows}
    return [
        f"Of {plain(results.answers)} providers that answered, {plain(counts['Yes'])} would bid under these terms, "
        f"{plain(counts['Maybe'])} perhaps and {plain(counts['No'])} would not.",
        f"The one in the middle would put at risk: {_middle(results.questions[1]).lower()} of its free reserves. "
        f"Waiting for a payment: {_middle(results.questions[2]).lower()}.",
    ]


def _middle(question: Counted) -> str:
    """Give the choice of the one in the middle; of two in the middle the lower, which is the more careful."""
    in_order = [words for words, within in question.rows for _ in range(within[-1])]
    return in_order[(len(in_order) - 1) // 2]


def tables(results: Results) -> list[Table]:
    """Lay every question out: a row for each choice, a column for all and one for each group of sizes."""
    groups = [words for words, _ in results.sizes]
    headings = ["All", *groups] if len(groups) > 1 else ["Providers"]
    columns = tuple(Column(heading, plain) for heading in headings)
    made = [
        Table(question.question, (Column("Answer"), *columns), _rows(question.rows)) for question in results.questions
    ]
    counted = Column("Providers", plain)
    needs = Table("What would make it possible, or easier", (Column("Answer"), counted), tuple(results.needs))
    sizes = Table("Who answered, by income a year", (Column("Income a year"), counted), tuple(results.sizes))
    return [*made, needs, sizes]


def _rows(rows: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[tuple[str | int, ...], ...]:
    return tuple((words, within[-1], *within[:-1]) for words, within in rows)


def as_table(results: Results) -> Table:
    """Lay everything out in one table for a file: question, answer, size, providers."""
    columns = tuple(Column(heading) for heading in ("Question", "Answer", "Income a year", "Providers"))
    rows: list[tuple[str | int | None, ...]] = []
    for table in tables(results)[: len(results.questions)]:
        for row in table.rows:
            sizes = [column.heading for column in table.columns[1:]]
            rows += [(table.caption, row[0], _size(size), count) for size, count in zip(sizes, row[1:], strict=True)]
    for table in tables(results)[len(results.questions) :]:
        rows += [(table.caption, words, "All", count) for words, count in table.rows]
    rows += [("In their own words", words, None, None) for words in results.words]
    return Table("Answers", columns, tuple(rows))


def _size(heading: str) -> str:
    return "All" if heading == "Providers" else heading

"""Puts figures into statements, frozen as they are, and takes them out again."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from commissioning.models import Run, User
from commissioning.queries import runs
from markets.core import editions as core
from markets.core.statement_sections import sections
from markets.models import PositionStatement, StatementFigure, StatementSection
from markets.models.statements import LONGEST_LINE, LONGEST_SERVICE

from . import statements

MOST_FIGURES = 40
MOST_ROWS = 200
MOST_COLUMNS = 12
LONGEST_CELL = 300


@transaction.atomic
def put_in(
    *, statement: PositionStatement, section: str, figure: core.Figure, run: Run | None = None, by: User
) -> StatementFigure:
    """Freeze a figure as it is now and put it at the end of a section, where its line can be moved.

    The key given is a wish: each figure of a statement gets its own. A run comes with its record.
    """
    statement = statements.opened(statement, by)
    _refuse_unfit(statement, section, figure)
    if run and not _may_cite(statement, run, by):
        raise ValidationError("This run cannot be cited here")
    row = StatementFigure(
        statement=statement,
        section=section,
        key=_free_key(statement, figure.key),
        title=figure.title[:LONGEST_LINE],
        sentence=figure.sentence[:LONGEST_SERVICE],
        columns=list(figure.columns),
        rows=[list(cells) for cells in figure.rows],
        picture=figure.picture,
        source=figure.source,
        run=run,
        record=record_of(run) if run else None,
        put_in_by=by,
    )
    row.full_clean()
    row.save(force_insert=True)
    text = StatementSection.objects.select_for_update().get(statement=statement, key=section)
    text.text = "\n\n".join(filter(None, (text.text.rstrip(), f"{{{{figure:{row.key}}}}}")))
    text.full_clean()
    text.save(update_fields=["text"])
    statements.touch(statement, by)
    action = "put a figure into a market position statement"
    statements.record(statement, by=by, action=action, section=section, figure=row.key, run=run and str(run.pk))
    return row


@transaction.atomic
def take_out(*, figure: StatementFigure, by: User) -> None:
    """Take a figure out of a statement, with its line in every section; editions that show it keep it."""
    statement = statements.opened(figure.statement, by)
    marker = f"{{{{figure:{figure.key}}}}}"
    for row in StatementSection.objects.select_for_update().filter(statement=statement, text__contains=marker):
        kept = [line for line in row.text.split("\n") if line.strip() != marker]
        row.text = "\n".join(kept).strip()
        row.save(update_fields=["text"])
    StatementFigure.objects.filter(pk=figure.pk).delete()
    statements.touch(statement, by)
    statements.record(statement, by=by, action="took a figure out of a market position statement", figure=figure.key)


def record_of(run: Run) -> dict[str, Any]:
    """Write what is needed to find a run, and to repeat it to the same figures."""
    made = run.finished_at or run.created_at
    record = core.Record(
        run=str(run.pk),
        kind=run.kind,
        engine=run.engine,
        inputs_sha256=run.inputs_sha256,
        result_sha256=run.result_sha256,
        seed=run.seed,
        draws=run.draws,
        made_on=made.date().isoformat(),
    )
    return asdict(record)


def _may_cite(statement: PositionStatement, run: Run, by: User) -> bool:
    """Tell whether a run is finished, may be read by the person, and is of the statement's authority."""
    mine = runs.visible_to(by).filter(state=Run.State.SUCCEEDED, programme__organisation=statement.organisation)
    return mine.filter(pk=run.pk).exists()


def _refuse_unfit(statement: PositionStatement, section: str, figure: core.Figure) -> None:
    if section not in sections():
        raise ValidationError("There is no such section")
    if statement.figures.count() >= MOST_FIGURES:
        raise ValidationError(f"A statement holds at most {MOST_FIGURES} figures: take one out first")
    width = len(figure.columns)
    if not 0 < width <= MOST_COLUMNS or len(figure.rows) > MOST_ROWS:
        raise ValidationError(f"A table has at most {MOST_COLUMNS} columns and {MOST_ROWS} rows")
    if any(len(cells) != width for cells in figure.rows):
        raise ValidationError("Every row of a table has one cell for each column")
    if any(len(cell) > LONGEST_CELL for cells in (figure.columns, *figure.rows) for cell in cells):
        raise ValidationError(f"A cell has at most {LONGEST_CELL} characters")


def _free_key(statement: PositionStatement, wished: str) -> str:
    """Give a key that no figure of the statement has, and none of its texts names."""
    taken = set(statement.figures.values_list("key", flat=True))
    texts = " ".join(statement.sections.values_list("text", flat=True))
    key, number = wished[:30], 1
    while key in taken or f"figure:{key}}}" in texts:
        number += 1
        key = f"{wished[:30]}-{number}"
    return key

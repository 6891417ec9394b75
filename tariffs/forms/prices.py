"""The price grid as a form: one field for each cell, kept as typed until it can be saved."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tariffs.queries.price_lines import GridCell, GridRow, PriceGrid
from tariffs.services.price_lines import Cell

MISSING = "Enter a price, or 0 to pay nothing"
SHAPE = "Enter the price in pounds, like 1200 or 1200.50"
MOST = Decimal(10**12)


class UnreadableError(ValueError):
    """What is typed is no price; the words say what to type instead."""


class PriceField(forms.CharField):
    """Pounds and pence as people type them: 1200, 1,200.50, £1,200.

    An error begins with the name of the cell, so that the summary of errors says where each one is.
    """

    def __init__(self, *, cell: GridCell, **kwargs: Any) -> None:
        self.place = f"{cell.place}: "
        missing = {"required": self.place + MISSING, "max_length": self.place + SHAPE}
        super().__init__(max_length=40, error_messages=missing, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        try:
            return self.read(value)
        except UnreadableError as error:
            raise ValidationError(self.place + str(error)) from error

    def read(self, value: Any) -> Decimal | None:
        """Read a price, or nothing where nothing is typed."""
        text = re.sub(r"[£,\s]", "", super().clean(value))
        if not text:
            return None
        if re.fullmatch(r"[-\N{MINUS SIGN}][0-9.]+", text):
            raise UnreadableError("The price cannot be below £0")
        if re.fullmatch(r"[0-9]+\.[0-9]{3,}", text):
            raise UnreadableError("Enter the price in pounds and whole pennies, like 1200.50")
        if not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,2})?", text):
            raise UnreadableError(SHAPE)
        if Decimal(text) > MOST:
            raise UnreadableError("The price cannot be above £1 million million")
        return Decimal(text)


@dataclass(frozen=True)
class FormCell:
    """One cell as the page shows it; `saved` is the price saved now where something else is typed."""

    cell: GridCell
    field: forms.BoundField
    was: forms.BoundField
    saved: Decimal | None

    @property
    def errors(self) -> list[str]:
        """What is wrong, without the place, which the cell itself shows."""
        return [str(error).removeprefix(f"{self.cell.place}: ") for error in self.field.errors]

    @property
    def is_marked(self) -> bool:
        return self.cell.is_changed or self.saved is not None


@dataclass(frozen=True)
class FormRow:
    """One price band as the page shows it."""

    row: GridRow
    cells: tuple[FormCell, ...]


class PriceGridForm(forms.Form):
    """The cells of one page of the grid; `was-` fields hold what each cell showed when the page was opened."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, grid: PriceGrid) -> None:
        super().__init__(data, initial={"revision": grid.tariff.revision})
        self.grid = grid
        for cell in grid.cells:
            self.fields[cell.name] = PriceField(cell=cell, required=cell.line is not None)
            self.fields[f"was-{cell.name}"] = PriceField(cell=cell, required=False, widget=forms.HiddenInput)
            self.initial[cell.name] = self.initial[f"was-{cell.name}"] = written(cell.price)

    def rows(self) -> tuple[FormRow, ...]:
        """Give the rows of the page, each cell with its fields."""
        return tuple(FormRow(row, tuple(self._cell(cell) for cell in row.cells)) for row in self.grid.rows)

    def _cell(self, cell: GridCell) -> FormCell:
        differs = self.is_bound and self[cell.name].value() != written(cell.price)
        return FormCell(cell, self[cell.name], self[f"was-{cell.name}"], cell.price if differs else None)

    def typed(self) -> dict[tuple[str, str], Decimal]:
        """Give every price that reads as one, by price band and milestone as the programme file names them."""
        read = {cell: self.cleaned_data.get(cell.name) for cell in self.grid.cells}
        return {(cell.price_band, cell.milestone.key): price for cell, price in read.items() if price is not None}

    def changes(self) -> dict[Cell, Decimal]:
        """Give the prices that differ from what the page showed when it was opened."""
        return {
            Cell(cell.price_band, cell.milestone.pk): self.cleaned_data[cell.name]
            for cell in self.grid.cells
            if self.is_touched(cell) and self.cleaned_data[cell.name] is not None
        }

    def rebased(self) -> "PriceGridForm":
        """Give the form anew on what is saved now: what was typed stays, all else shows the saved prices."""
        data = {name: self[name].value() for name in self.fields}
        data["revision"] = str(self.grid.tariff.revision)
        for cell in self.grid.cells:
            data[f"was-{cell.name}"] = written(cell.price)
            if not self.is_touched(cell):
                data[cell.name] = written(cell.price)
        form = PriceGridForm(data, grid=self.grid)
        form.is_valid()
        return form

    def is_touched(self, cell: GridCell) -> bool:
        """Tell whether a person typed something else than the page showed."""
        return bool(self.cleaned_data.get(cell.name) != self.cleaned_data.get(f"was-{cell.name}"))


def written(price: Decimal | None) -> str:
    """Write a price as it stands in its cell."""
    if price is None:
        return ""
    return f"{price:.0f}" if price == price.to_integral_value() else f"{price:.2f}"

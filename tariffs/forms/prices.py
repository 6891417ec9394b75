"""The price grid as a form: one field for each cell, kept as typed until it can be saved."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from commissioning.forms.drafts import TYPED_BY, WAS, typist_field
from commissioning.models import User
from tariffs.queries.price_lines import GridCell, GridRow, PriceGrid, Typed
from tariffs.services.price_lines import Cell

from .entries import WholeField

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
        too_long = {"max_length": self.place + SHAPE}
        super().__init__(max_length=40, required=False, error_messages=too_long, **kwargs)

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


class PaymentsField(WholeField):
    """How many of a milestone's repeats are paid; an error begins with the name of the cell."""

    def __init__(self, *, cell: GridCell, **kwargs: Any) -> None:
        self.cell = cell
        super().__init__(("price", "payments"), what="number of payments", required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        try:
            found = super().clean(value)
        except ValidationError as error:
            raise ValidationError([f"{self.cell.place}: {message}" for message in error.messages]) from error
        return self.cell.payments if found is None else found


@dataclass(frozen=True)
class FormCell:
    """One cell as the page shows it; `saved` is the price saved now where something else is typed."""

    cell: GridCell
    field: forms.BoundField
    was: forms.BoundField
    paid: forms.BoundField | None
    paid_was: forms.BoundField | None
    saved: Decimal | None
    is_emptied: bool

    @property
    def errors(self) -> list[str]:
        """What is wrong, without the place, which the cell itself shows."""
        return [str(error).removeprefix(f"{self.cell.place}: ") for error in self.field.errors]

    @property
    def paid_errors(self) -> list[str]:
        """What is wrong with the number of payments."""
        found = self.paid.errors if self.paid else ()
        return [str(error).removeprefix(f"{self.cell.place}: ") for error in found]

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

    def __init__(self, data: Any = None, *, grid: PriceGrid, by: User | None = None) -> None:
        super().__init__(data, initial={"revision": grid.tariff.revision})
        self.grid, self.by = grid, by
        if by is not None:
            self.fields[TYPED_BY] = typist_field(by)
        for cell in grid.cells:
            self._add(cell.name, PriceField(cell=cell), PriceField(cell=cell), written(cell.price))
            if cell.repeats:
                self._add(paid(cell), PaymentsField(cell=cell), PaymentsField(cell=cell), str(cell.payments))

    def _add(self, name: str, field: forms.Field, was: forms.Field, shown: str) -> None:
        was.widget = forms.HiddenInput()
        self.fields[name], self.fields[WAS + name] = field, was
        self.initial[name] = self.initial[WAS + name] = shown

    @property
    def typist(self) -> forms.BoundField | None:
        """Give the field by which what is typed is kept for the person who typed it."""
        return self[TYPED_BY] if self.by else None

    def rows(self) -> tuple[FormRow, ...]:
        """Give the rows of the page, each cell with its fields."""
        return tuple(FormRow(row, tuple(self._cell(cell) for cell in row.cells)) for row in self.grid.rows)

    def _cell(self, cell: GridCell) -> FormCell:
        differs = self.is_bound and self[cell.name].value() != written(cell.price)
        name = paid(cell) if cell.repeats else ""
        return FormCell(
            cell,
            self[cell.name],
            self[WAS + cell.name],
            self[name] if name else None,
            self[WAS + name] if name else None,
            cell.price if differs else None,
            cell.line is not None and self.is_bound and not (self[cell.name].value() or "").strip(),
        )

    def typed(self) -> dict[tuple[str, str], Typed]:
        """Give what reads as a price or as none, by price band and milestone as the programme file names them."""
        return {
            (cell.price_band, cell.milestone.key): Typed(self.cleaned_data[cell.name], self._payments(cell))
            for cell in self.grid.cells
            if cell.name in self.cleaned_data
        }

    def _payments(self, cell: GridCell) -> int:
        return int(self.cleaned_data.get(paid(cell), cell.payments))

    def prices(self) -> dict[Cell, Decimal | None]:
        """Give the prices that differ from what the page showed when it was opened; None where one is to go."""
        return {place(cell): self.cleaned_data[cell.name] for cell in self.grid.cells if self.is_touched(cell.name)}

    def payments(self) -> dict[Cell, int]:
        """Give the numbers of payments that differ from what the page showed, or that stand beside a new price."""
        return {
            place(cell): self._payments(cell)
            for cell in self.grid.cells
            if cell.repeats and (self.is_touched(paid(cell)) or (cell.line is None and self.is_touched(cell.name)))
        }

    def rebased(self) -> "PriceGridForm":
        """Give the form anew on what is saved now: what was typed stays, all else shows what is saved."""
        data = {name: self[name].value() for name in self.fields}
        data["revision"] = str(self.grid.tariff.revision)
        for cell in self.grid.cells:
            saved = {cell.name: written(cell.price)}
            if cell.repeats:
                saved[paid(cell)] = str(cell.payments)
            for name, text in saved.items():
                data[WAS + name] = text
                if not self.is_touched(name):
                    data[name] = text
        form = PriceGridForm(data, grid=self.grid, by=self.by)
        form.is_valid()
        return form

    def is_touched(self, name: str) -> bool:
        """Tell whether a person typed something else than the page showed."""
        return bool(self.cleaned_data.get(name) != self.cleaned_data.get(WAS + name))


def paid(cell: GridCell) -> str:
    """Name the field that says how many of a milestone's repeats are paid."""
    return cell.name.replace("price-", "paid-", 1)


def place(cell: GridCell) -> Cell:
    """Give a cell as the services know it."""
    return Cell(cell.price_band, cell.milestone.pk)


def written(price: Decimal | None) -> str:
    """Write a price as it stands in its cell."""
    if price is None:
        return ""
    return f"{price:.0f}" if price == price.to_integral_value() else f"{price:.2f}"

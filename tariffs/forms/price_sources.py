"""Where a price comes from, how far it can be relied on, and in which range it may lie."""

from commissioning.forms.layouts import Helper, helper

from .parts import SourcedForm


class PriceSourceForm(SourcedForm):
    """The source of one price line; the price itself is written in the grid."""

    figure = "price"

    def lay_out(self) -> Helper:
        return helper(self.source_fieldset(), submit="Save the source")

"""What a prime passes on to subcontractors: how much, in which sizes, and how much of the risk."""

from collections.abc import Mapping
from typing import Any

from commissioning.core.typed_numbers import write_share
from commissioning.forms.drafts import DraftForm
from commissioning.forms.layouts import Field, Fixed, Helper, helper
from tariffs.core.supply_chains import Passing

from .entries import ShareField


class SupplyChainForm(DraftForm):
    """The terms of the subcontracts, as the programme file has them in its market section."""

    share = ShareField(
        ("market", "supply_chain.share"),
        what="share passed on",
        example="40",
        label="How much of the contract is passed on, in 100?",
        help_text="0 where the prime does everything itself",
    )
    parcel_share = ShareField(
        ("market", "supply_chain.parcel_share"),
        what="size of one subcontract",
        example="2",
        label="How large is one subcontract, in 100 of the whole contract?",
        help_text="The smaller it is, the fewer people it is for, and the more of its results is luck",
    )
    risk_pass_through = ShareField(
        ("market", "supply_chain.risk_pass_through"),
        what="share of the risk passed on",
        example="50",
        label="How much of a subcontractor's money is paid by results, in 100?",
        help_text="Of what is not paid as a grant. The rest is a fee each month. Risk that a large prime can spread "
        "over many people falls hard on a few: 100 passes all of it on.",
    )
    grant_share = ShareField(
        ("market", "supply_chain.grant_share"),
        what="share paid as a grant",
        example="20",
        label="How much is paid as a grant at the start, in 100?",
        help_text="A grant opens the supply chain to providers that cannot wait for results",
    )

    @staticmethod
    def shown(row: Any) -> Mapping[str, str]:
        return {name: write_share(share) for name, share in Passing.of(row.market).as_section().items()}

    def lay_out(self) -> Helper:
        fields = (Field.text(name, field_width=Fixed.FIVE) for name in self.names)
        return helper(*fields, submit="Save what is passed on")

"""What a run says, in a sentence or two, before any picture."""

from collections.abc import Sequence

from commissioning.core.figures import about, percent, pounds_range, short_pounds

from .pictures import Document


def parked_people(decisions: Sequence[Document], inputs: Document) -> float:
    """Share of everyone referred who would be parked, over groups and providers."""
    referrals = {group["id"]: group["referrals_per_month"] for group in inputs["groups"]}
    shares = {provider["id"]: provider["share"] for provider in inputs["providers"]}
    weights = [referrals[row["group"]] * shares[row["provider"]] for row in decisions]
    total = sum(weights)
    parked = sum(weight * row["parked_share"] for weight, row in zip(weights, decisions, strict=True))
    return parked / total if total else 0.0


def verdict(result: Document, inputs: Document, names: Document) -> tuple[str, ...]:
    """Say who is parked, who can afford the contract, and what it costs."""
    return (parking(result["decisions"], inputs, names), _losses(result), _cost(result))


def parking(decisions: Sequence[Document], inputs: Document, names: Document) -> str:
    """Say how many of everyone referred would be parked, and where most."""
    if not any(row["support"] > 0 for row in decisions):
        return "Under this tariff it pays no provider to support anyone."
    share, worst = parked_people(decisions, inputs), max(decisions, key=lambda row: row["parked_share"])
    if share == 0:
        return "Under this tariff nobody would be parked."
    return (
        f"{about(share).capitalize()} people would be parked ({percent(share)}). Worst off are "
        f"{names[worst['group']]}, where it is {about(worst['parked_share'])}."
    )


def _losses(result: Document) -> str:
    parts = [
        f"{row['name'] or row['provider']} loses money in {percent(row['loss_probability'])} of draws"
        for row in result["providers"]
    ]
    return "; ".join(parts) + "."


def _cost(result: Document) -> str:
    spend, each = result["commissioner"]["spend"], result["commissioner"]["cost_per_additional_outcome"]
    words = f"The commissioner spends {short_pounds(spend['p50'])} ({pounds_range(spend['p5'], spend['p95'])})"
    # Draws without any help differ by luck alone, so whether help adds anything is read from the exact plans.
    if each["p50"] is None or not any(row["additional"] > 0 for row in result["decisions"]):
        return f"{words} and buys no more outcomes than would have happened anyway."
    worst = f" to {short_pounds(each['p95'])}" if each["p95"] is not None else " upwards"
    return (
        f"{words}: {short_pounds(each['p50'])} for each outcome that would not have happened anyway "
        f"({short_pounds(each['p5'])}{worst})."
    )

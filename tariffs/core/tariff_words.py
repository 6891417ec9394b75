"""A tariff in one line: what it pays, when, and on which terms."""

from calendar import month_name

from commissioning.core.figures import percent, pounds

from .programmes import Target, TargetRule, Tariff


def in_one_line(tariff: Tariff) -> str:
    """Say what a tariff pays and when, so that two tariffs can be told apart at a glance."""
    parts = [_prices(tariff), _fees(tariff), _lag(tariff.payment_lag_months), _caps(tariff), _target(tariff.target)]
    return "; ".join(part for part in parts if part) + "."


def month(text: str) -> str:
    """Write a month of the programme file as people say it: 2014-04 is April 2014."""
    if not text:
        return "not set"
    year, number = text.split("-")
    return f"{month_name[int(number)]} {year}"


def _prices(tariff: Tariff) -> str:
    amounts = [line.price for line in tariff.prices]
    if not amounts:
        return "No prices"
    bands = len({line.price_band for line in tariff.prices})
    within = f"in {bands} price bands" if bands > 1 else "in one price band"
    if min(amounts) == max(amounts):
        each = (
            f"{len(amounts)} prices of {pounds(amounts[0])}"
            if len(amounts) > 1
            else f"One price of {pounds(amounts[0])}"
        )
        return f"{each} {within}"
    return f"{len(amounts)} prices from {pounds(min(amounts))} to {pounds(max(amounts))} {within}"


def _fees(tariff: Tariff) -> str:
    fees = []
    if tariff.upfront_payment:
        fees.append(f"{pounds(tariff.upfront_payment)} upfront")
    if tariff.service_fee_monthly:
        fees.append(f"service fee of {pounds(tariff.service_fee_monthly)} a month")
    return " and ".join(fees) or "no service fee"


def _lag(months: int) -> str:
    return "paid at once" if months == 0 else f"paid after {months} month{'' if months == 1 else 's'}"


def _caps(tariff: Tariff) -> str:
    caps = []
    if tariff.payment_cap is not None:
        caps.append(f"at most {pounds(tariff.payment_cap)} in all")
    if tariff.person_cap is not None:
        caps.append(f"at most {pounds(tariff.person_cap)} a person")
    return ", ".join(caps)


def _target(target: Target) -> str:
    if target.rule is TargetRule.NONE:
        return "no target"
    rule = {
        TargetRule.BINARY: "all or nothing at a rate of",
        TargetRule.EXCESS: "paid only above a rate of",
        TargetRule.SLIDING: "paid in full from a rate of",
    }[target.rule]
    return f"{rule} {percent(target.rate)}"

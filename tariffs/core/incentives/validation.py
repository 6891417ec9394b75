"""Compare the model with what the Work Programme's tariff made providers do, without fitting it to that.

Observed figures and what the model must give are those of the specification; only the no-programme rate of
jobseekers aged 25 and over may be tuned.
"""

from dataclasses import dataclass, replace

from commissioning.core.units import Pounds, Share
from tariffs.core.programmes import PriceLine, Programme

from .decisions import Setting, decide
from .reports import GroupReport, report

LEARNING_AND_WORK = (
    "Learning and Work Institute, Work Programme statistics: our analysis (data to December 2017)",
    "https://archive.learningandwork.org.uk/resource/work-programme-statistics-our-analysis/",
)
ACCOUNTS = (
    "Public Accounts Committee Chair's statement, 2 July 2014; Inclusion (April 2014), Making the Work Programme work "
    "for ESA claimants",
    "https://archive.learningandwork.org.uk/resource/making-the-work-programme-work-for-esa-claimants/",
)
AUDIT_OFFICE = (
    "National Audit Office press release, The Work Programme (2 July 2014)",
    "https://www.nao.org.uk/press-release/work-programme/",
)
CARTER_WHITWORTH = (
    "Carter and Whitworth (2015), Creaming and parking in quasi-marketised welfare-to-work schemes, Journal of "
    "Social Policy 44(2)",
    "https://doi.org/10.1017/S0047279414000841",
)
NOT_TRIED = ("Not tried in history: a control that must come out worse", "")

#: Two-year job-outcome rates of all referrals to December 2017.
OBSERVED_RATES: dict[str, Share] = {"PG1": 0.364, "PG2": 0.317, "PG6": 0.151, "PG7": 0.054}
#: Percentage points.
WITHIN = 5.0
#: Providers' plan for each ESA participant, and what they and the payer spent of what was planned.
PLANNED_SUPPORT: Pounds = 1360.0
SPENT_SHARE = (0.40, 0.65)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing history shows and the model must give: `found` in the model's own figures, and whether it holds."""

    claim: str
    observed: str
    required: str
    found: str
    holds: bool
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class RateComparison:
    """Observed and simulated two-year outcome rate of one group; `miss` is simulated less observed."""

    group: str
    name: str
    observed: Share
    simulated: Share

    @property
    def observed_points(self) -> float:
        """Observed rate, in per cent."""
        return 100 * self.observed

    @property
    def simulated_points(self) -> float:
        """Simulated rate, in per cent."""
        return 100 * self.simulated

    @property
    def miss(self) -> float:
        """Simulated less observed, in percentage points."""
        return self.simulated_points - self.observed_points


@dataclass(frozen=True, slots=True)
class Validation:
    """Every check, and the rates behind the first."""

    checks: tuple[Check, ...]
    rates: tuple[RateComparison, ...]


def validate(programme: Programme) -> Validation:
    """Compare the worked example's decisions with what was observed.

    Parameters
    ----------
    programme : the Work Programme's tariff after attachment fees had ended, with groups PG1, PG2, PG6 and PG7.
    """
    rows = {row.group: row for row in _report(programme)}
    flat = {row.group: row for row in _report(with_flat_price(programme, "PG2"))}
    names = {group.id: group.name for group in programme.groups}
    rates = tuple(RateComparison(id_, names[id_], rate, rows[id_].final) for id_, rate in OBSERVED_RATES.items())
    referrals = {group.id: group.referrals_per_month for group in programme.groups}
    return Validation(
        (_order(rates), _levels(rates), _spending(rows, referrals), _support(rows), _parking(rows), _flat(rows, flat)),
        rates,
    )


def with_flat_price(programme: Programme, band: str) -> Programme:
    """Pay every band what one of them is paid."""
    lines = [line for line in programme.tariff.prices if line.price_band == band]
    bands = dict.fromkeys(group.price_band for group in programme.groups)
    prices = tuple(PriceLine(other, line.milestone, line.price, line.payments) for other in bands for line in lines)
    return replace(programme, tariff=replace(programme.tariff, prices=prices))


def _report(programme: Programme) -> tuple[GroupReport, ...]:
    setting = Setting.of(programme)
    return report(setting, decide(setting, programme.providers[0]))


def _order(rates: tuple[RateComparison, ...]) -> Check:
    simulated = [item.simulated for item in rates]
    return Check(
        "Groups end in the order of their outcome rates",
        _listed([item.observed for item in rates]),
        "the same order",
        _listed(simulated),
        simulated == sorted(simulated, reverse=True),
        *LEARNING_AND_WORK,
    )


def _levels(rates: tuple[RateComparison, ...]) -> Check:
    worst = max(rates, key=lambda item: abs(item.miss))
    return Check(
        "Two-year outcome rates come out at their level",
        _listed([item.observed for item in rates]),
        "each within 5 points",
        f"{_listed([item.simulated for item in rates])}; furthest off: {worst.name}, {worst.miss:+.1f} points",
        abs(worst.miss) <= WITHIN,
        *LEARNING_AND_WORK,
    )


def _spending(rows: dict[str, GroupReport], referrals: dict[str, float]) -> Check:
    people = referrals["PG6"] + referrals["PG7"]
    spent = sum(rows[id_].support * referrals[id_] for id_ in ("PG6", "PG7")) / people
    ratio = spent / PLANNED_SUPPORT
    return Check(
        "Providers spend far less on each ESA participant than planned",
        "£630 of £1,360 planned by providers (0.46); £690 of £1,170 planned by the payer (0.59)",
        "a ratio from 0.40 to 0.65",
        f"£{spent:,.0f} of £{PLANNED_SUPPORT:,.0f} ({ratio:.2f})",
        SPENT_SHARE[0] <= ratio <= SPENT_SHARE[1],
        *ACCOUNTS,
    )


def _support(rows: dict[str, GroupReport]) -> Check:
    seven, six, two = (rows[id_].support for id_ in ("PG7", "PG6", "PG2"))
    return Check(
        "The hardest to help get less support than the rest",
        "yes",
        "less for former incapacity benefit claimants than for new ESA claimants, "
        "and less for these than for JSA 25 and over",
        f"£{seven:,.0f}, £{six:,.0f}, £{two:,.0f}",
        seven < six < two,
        *AUDIT_OFFICE,
    )


def _parking(rows: dict[str, GroupReport]) -> Check:
    two, six, seven = (rows[id_].parked_share for id_ in ("PG2", "PG6", "PG7"))
    return Check(
        "People are parked inside every group, most in the dearest",
        "yes",
        "a parked share that rises from JSA 25 and over to new ESA claimants to former incapacity benefit claimants",
        _listed([two, six, seven], digits=0),
        0 < two < six < seven,
        *CARTER_WHITWORTH,
    )


def _flat(rows: dict[str, GroupReport], flat: dict[str, GroupReport]) -> Check:
    real, same = ([table[id_].parked_share for id_ in ("PG6", "PG7")] for table in (rows, flat))
    return Check(
        "One flat price for all (that of JSA 25 and over) parks more",
        "not tried",
        "more parking of both ESA groups than under the real tariff",
        f"{_listed(same, digits=0)} instead of {_listed(real, digits=0)}",
        all(worse > better for worse, better in zip(same, real, strict=True)),
        *NOT_TRIED,
    )


def _listed(shares: list[Share], digits: int = 1) -> str:
    return " / ".join(f"{100 * share:.{digits}f}%" for share in shares)

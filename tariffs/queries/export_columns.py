"""The columns of an export: what each is called in the programme file, where its figure is kept, and what it means."""

from dataclasses import dataclass

from tariffs.core.sheets import Unit


@dataclass(frozen=True)
class Field:
    """One figure of a row: its name in the file, where it is read, its unit and its meaning."""

    name: str
    path: str
    unit: Unit
    meaning: str


TEXT, POUNDS, SHARE, MONTHS = Unit.TEXT, Unit.POUNDS, Unit.SHARE, Unit.MONTHS
PEOPLE, NUMBER, LOG_ODDS = Unit.PEOPLE, Unit.NUMBER, Unit.LOG_ODDS

SOURCED = (
    Field("source", "source", TEXT, "where the row's figures come from"),
    Field("url", "source_url", TEXT, "address of the source"),
    Field("date", "source_date", TEXT, "date of the source"),
    Field("quality", "quality", TEXT, "strong, moderate, weak or assumption"),
    Field("interval_low", "interval_low", Unit.MAIN_FIGURE, "low end of the interval, the first of `interval`"),
    Field("interval_high", "interval_high", Unit.MAIN_FIGURE, "high end of the interval, the second of `interval`"),
)
PROGRAMME = (
    Field("name", "name", TEXT, "name of the programme"),
    Field("authority", "organisation.name", TEXT, "whose programme it is; not in the programme file"),
    Field("commissioner", "commissioner", TEXT, "who buys"),
    Field("summary", "summary", TEXT, "what it is about"),
    Field("start", "start", TEXT, "first month, year and month"),
    Field("referral_months", "referral_months", MONTHS, "months in which service users are referred"),
    Field("contract_months", "contract_months", MONTHS, "months from the contract's start to its end"),
    Field("budget", "budget", POUNDS, "budget, 0 where none is set"),
)
GROUPS = (
    Field("id", "key", TEXT, "short name"),
    Field("name", "name", TEXT, "name of the group"),
    Field("price_band", "price_band", TEXT, "the price band that pays for it"),
    Field("referrals_per_month", "referrals_per_month", PEOPLE, "referrals planned a month"),
    Field("need_spread", "need_spread", LOG_ODDS, "spread of need within the group"),
    Field("social_value", "social_value", POUNDS, "value of one final outcome to society"),
    Field("intended_support", "intended_support", POUNDS, "planned spending a person"),
)
MILESTONES = (
    Field("id", "key", TEXT, "short name"),
    Field("name", "name", TEXT, "name of the milestone"),
    Field("after", "after.key", TEXT, "what it follows; empty: referral"),
    Field("delay_months", "delay_months", MONTHS, "months after what it follows"),
    Field("final", "is_final", Unit.WHETHER, "whether it is the final outcome"),
    Field("repeats", "repeats", NUMBER, "how many times it can be reached"),
    Field("repeat_every_months", "repeat_every_months", MONTHS, "months between repeats"),
)
EVIDENCE = (
    Field("group", "group.key", TEXT, "the group, by its short name"),
    Field("milestone", "milestone.key", TEXT, "the milestone, by its short name"),
    Field("baseline", "baseline", SHARE, "chance to reach it without the service"),
    Field("responsiveness", "responsiveness", SHARE, "how far support moves it; unused where a point was observed"),
    Field("observed_spending", "observed_spending", POUNDS, "spending a person observed, `spending` of `observed`"),
    Field("observed_rate", "observed_rate", SHARE, "rate reached at that spending, `rate` of `observed`"),
    Field("response_scale", "response_scale", POUNDS, "support a person at which it begins to tell"),
    Field("sample_size", "sample_size", PEOPLE, "people the evidence is from"),
)
PRICES = (
    Field("price_band", "price_band", TEXT, "price band"),
    Field("milestone", "milestone.key", TEXT, "the milestone, by its short name"),
    Field("price", "price", POUNDS, "price of one payment for one person"),
    Field("payments", "payments", NUMBER, "how many of the milestone's repeats are paid"),
)
TERMS = (
    Field("version", "version", TEXT, "name of this version"),
    Field("service_fee_monthly", "service_fee_monthly", POUNDS, "service fee a month"),
    Field("upfront_payment", "upfront_payment", POUNDS, "upfront payment"),
    Field("payment_lag_months", "payment_lag_months", MONTHS, "months until a payment arrives"),
    Field("minimum_service", "minimum_service", POUNDS, "minimum service a person"),
    Field("payment_cap", "payment_cap", POUNDS, "most the contract pays; empty: no limit"),
    Field("person_cap", "person_cap", POUNDS, "most one person earns; empty: no limit"),
    Field("annual_price_change", "annual_price_change", SHARE, "change of prices a year, from -1 to 1"),
    Field("volume_guarantee", "volume_guarantee", SHARE, "share of planned referrals guaranteed"),
    Field("target_milestone", "target_milestone.key", TEXT, "milestone of the target"),
    Field("target_rule", "target_rule", TEXT, "none, binary, excess or sliding"),
    Field("target_rate", "target_rate", SHARE, "rate that the target asks"),
    Field("target_rate_from", "target_rate_from", SHARE, "rate from which a rising share is paid"),
    Field("target_window_months", "target_window_months", MONTHS, "months of referrals in one window"),
)
PROVIDERS = (
    Field("id", "key", TEXT, "short name"),
    Field("name", "name", TEXT, "name of the archetype"),
    Field("legal_form", "legal_form", TEXT, "legal form"),
    Field("share", "share", SHARE, "share of the referrals"),
    Field("spending_rule", "spending_rule", TEXT, "marginal or income_share"),
    Field("income_share", "income_share", SHARE, "share of income spent"),
    Field("budget_scope", "budget_scope", TEXT, "group or contract"),
    Field("mission_weight", "mission_weight", NUMBER, "weight of its mission, 0: none"),
    Field("unit_cost", "unit_cost", POUNDS, "cost of a pound's worth of support"),
    Field("risk_discount", "risk_discount", SHARE, "discount for risk"),
    Field("cost_of_capital", "cost_of_capital", SHARE, "cost of capital a year"),
    Field("overhead_monthly", "overhead_monthly", POUNDS, "overhead a month"),
    Field("reserves", "reserves", POUNDS, "reserves"),
    Field("reserve_floor_months", "reserve_floor_months", MONTHS, "months of cost it keeps in reserve"),
    Field("overdraft", "overdraft", POUNDS, "overdraft"),
)
UNCERTAINTY = (
    Field("outcome_shock", "outcome_shock", LOG_ODDS, "shock to all outcomes"),
    Field("outcome_shock_monthly", "outcome_shock_monthly", LOG_ODDS, "shock that changes month by month"),
    Field("volume_spread", "volume_spread", NUMBER, "standard deviation of the logarithm of volumes"),
    Field("volume_trend", "volume_trend", SHARE, "trend of volumes a year"),
    Field("replacement_months", "replacement_months", MONTHS, "months to replace a failed provider"),
)
RUNS = (
    Field("run", "pk", TEXT, "the run's number, which is in its address"),
    Field("asked", "created_at", Unit.MOMENT, "when it was asked for"),
    Field("asked_by", "created_by", TEXT, "who asked for it"),
    Field("finished", "finished_at", Unit.MOMENT, "when it ended"),
    Field("state", "state", TEXT, "queued, running, succeeded, failed or cancelled"),
    Field("draws", "draws", NUMBER, "draws asked for"),
    Field("seed", "seed", NUMBER, "the number that its luck starts from"),
    Field("engine", "engine", TEXT, "version of the engine"),
    Field("inputs_sha256", "inputs_sha256", TEXT, "fingerprint of what was tested"),
    Field("result_sha256", "result_sha256", TEXT, "fingerprint of the result"),
)
HISTORY = (
    Field("at", "at", Unit.MOMENT, "when"),
    Field("by", "by", TEXT, "who"),
    Field("what", "what", TEXT, "what was done"),
)

"""The kinds of run that this app computes, as the runs' rows name them."""

#: Simulations of a tariff, and the same asked for again to check one.
INCENTIVES = "incentives"
INCENTIVES_REPEATED = "incentives-repeated"
#: What would cure a tariff.
REPAIRS = "repairs"
#: Which input the figures hang on, and what happens when things go badly.
SENSITIVITY = "sensitivity"
REHEARSAL = "rehearsal"
#: What a prime would have to keep or grant.
SUBCONTRACTS = "subcontracts"

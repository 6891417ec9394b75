"""What a price rests on of a measure card, in words, and what is different between two such wordings."""

from collections.abc import Mapping
from dataclasses import dataclass

from .canonical import canonical_json, sha256

#: What of a card a price rests on. Costs, baselines, risks and sources may be put better without a price being wrong.
FIELDS = {
    "definition": "Definition",
    "unit": "Unit",
    "for_whom": "For whom",
    "target_population": "Who counts",
    "minimum_change": "Least change that counts",
    "relapse_rule": "If it is lost again",
    "own_outcomes": "Outcomes that each person defines",
    "own_agreement": "Who agrees it with them",
    "verifier": "Who verifies",
    "independence": "What they gain or lose",
    "data_source": "Evidence needed",
    "validation_method": "How a claim is checked",
    "lag_months": "Months until it is known",
    "state": "State",
}
#: The words of a card by the names of FIELDS; nothing at all is a card that was removed.
Wording = Mapping[str, str]
THE_MEASURE, THERE, REMOVED = "The measure itself", "There was one", "It is removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a card says otherwise than before, in the old words and the new."""

    label: str
    before: str
    after: str


def differences(before: Wording, after: Wording) -> tuple[Difference, ...]:
    """Give what is different, in the order of the card; one line where all of it went or came."""
    if bool(before) != bool(after):
        return (Difference(THE_MEASURE, *((THERE, REMOVED) if before else (REMOVED, THERE))),)
    both = ((label, before.get(key, ""), after.get(key, "")) for key, label in FIELDS.items())
    return tuple(Difference(*each) for each in both if each[1] != each[2])


def fingerprint(wording: Wording) -> str:
    """Name a wording by what it says, so that a page can tell which one its reader saw."""
    return sha256(canonical_json(dict(wording)))

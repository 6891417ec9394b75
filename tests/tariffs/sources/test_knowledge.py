"""The file of what is known beside a draft: what is written reads as the same, and faults are said where they are."""

import json
from typing import Any

import pytest

from tariffs.core.feasibility import Facts
from tariffs.sources import knowledge
from tariffs.sources.knowledge import Knowledge
from tariffs.sources.programme_errors import ProgrammeFileError

WHOLE = Knowledge({"control": "yes"}, {("overlap", ""): 0.17, ("income", "prime"): 4_500_000.5}, {"I10_share": 0.1})


def test_what_is_written_reads_as_the_same() -> None:
    assert knowledge.loads(json.dumps(WHOLE.to_document())) == WHOLE
    assert knowledge.loads("{}") == Knowledge()


def test_the_rules_read_it() -> None:
    assert WHOLE.gathered() == Facts(overlap_share=0.17, incomes={"prime": 4_500_000.5})


@pytest.mark.promise("B2")
@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ([], ""),
        ({"thoughts": {}}, "/thoughts"),
        ({"answers": []}, "/answers"),
        ({"facts": {}}, "/facts"),
        ({"answers": {"nonsense": "yes"}}, "/answers/nonsense"),
        ({"answers": {"control": "perhaps"}}, "/answers/control"),
        ({"facts": ["overlap"]}, "/facts/0"),
        ({"facts": [{"value": 1}]}, "/facts/0"),
        ({"facts": [{"question": "overlap", "provider": "p", "value": 0.1}]}, "/facts/0"),
        ({"facts": [{"question": "income", "value": 1}]}, "/facts/0"),
        ({"facts": [{"question": ["overlap"], "value": 1}]}, "/facts/0"),
        ({"facts": [{"question": "income", "provider": {}, "value": 1}]}, "/facts/0"),
        ({"facts": [{"question": "overlap"}]}, "/facts/0/value"),
        ({"facts": [{"question": "overlap", "value": 1.01}]}, "/facts/0/value"),
        ({"facts": [{"question": "overlap", "value": True}]}, "/facts/0/value"),
        ({"thresholds": {"X1": 1}}, "/thresholds/X1"),
        ({"thresholds": {"I10_share": "1"}}, "/thresholds/I10_share"),
        ({"thresholds": {"I10_share": -0.1}}, "/thresholds/I10_share"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(document: Any, pointer: str) -> None:
    with pytest.raises(ProgrammeFileError) as caught:
        knowledge.loads(json.dumps(document))

    assert pointer in [error.pointer for error in caught.value.errors]

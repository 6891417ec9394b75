"""Between a valid document and the plain dataclasses: fills the defaults in one way, writes everything the other."""

from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import Any, cast

from commissioning.core.pathways import Evidence, Group, Milestone, Observed, Provenance, Quality
from tariffs.core.programmes import PriceLine, Programme, Provider, Target, Tariff, Uncertainty

FORMAT = "pbr-programme/1"
NOTHING: dict[Any, Any] = {str: "", float: 0.0, int: 0}
Row = dict[str, Any]


def read(document: Row) -> Programme:
    """Build the programme from a document that has passed the schema and the rules."""
    repeats = {row["id"]: int(row.get("repeats", 1)) for row in document["milestones"]}
    return Programme(
        **_plain(Programme, document),
        groups=tuple(_build(Group, row) for row in document["groups"]),
        milestones=tuple(_build(Milestone, row) for row in document["milestones"]),
        evidence=tuple(_evidence(row) for row in document.get("evidence", ())),
        tariff=_tariff(document["tariff"], repeats),
        providers=tuple(_build(Provider, row) for row in document["providers"]),
        uncertainty=_build(Uncertainty, document.get("uncertainty", {})),
        market=document.get("market"),
    )


def write(programme: Programme) -> Row:
    """Write the document with every default filled in."""
    tariff = programme.tariff
    document = {
        "format": FORMAT,
        **_row(programme),
        "groups": [_row(group) for group in programme.groups],
        "milestones": [_row(milestone) for milestone in programme.milestones],
        "evidence": [_evidence_row(evidence) for evidence in programme.evidence],
        "tariff": {**_row(tariff), "prices": [_row(line) for line in tariff.prices], "target": _row(tariff.target)},
        "providers": [_row(provider) for provider in programme.providers],
        "uncertainty": _row(programme.uncertainty),
    }
    if programme.market is not None:
        document["market"] = written(dict(programme.market))
    return document


def _tariff(row: Row, repeats: dict[str, int]) -> Tariff:
    lines = tuple(
        _build(PriceLine, {**line, "payments": line.get("payments", repeats[line["milestone"]])})
        for line in row.get("prices", ())
    )
    return Tariff(**_plain(Tariff, row), prices=lines, target=_build(Target, row.get("target", {})))


def _evidence(row: Row) -> Evidence:
    observed = row.get("observed")
    return Evidence(
        **_plain(Evidence, row),
        observed=_build(Observed, observed) if observed else None,
        provenance=provenance(row),
    )


def _build(cls: Any, row: Row) -> Any:
    values = _plain(cls, row)
    if any(field.name == "provenance" for field in fields(cls)):
        values["provenance"] = provenance(row)
    return cls(**values)


def provenance(row: Row) -> Provenance:
    """Read where a row's figures come from."""
    quality, interval = row.get("quality"), row.get("interval")
    return Provenance(
        **{key: row[key] for key in ("source", "url", "date") if key in row},
        quality=Quality(quality) if quality else None,
        interval=(float(interval[0]), float(interval[1])) if interval else None,
    )


def _plain(cls: Any, row: Row) -> Row:
    """Read a row's values of simple kinds, and 0 or nothing for what the format asks of nobody."""
    values = {}
    for field in fields(cls):
        if _is_simple(field):
            if row.get(field.name) is not None:
                values[field.name] = _converted(field, row[field.name])
            elif field.default is MISSING and field.default_factory is MISSING:
                values[field.name] = NOTHING[field.type]
    return values


def _is_simple(field: "Field[Any]") -> bool:
    kinds = (str, int, float, bool, str | None, float | None)
    return field.type in kinds or field.name == "season" or _is_enum(field)


def _is_enum(field: "Field[Any]") -> bool:
    return isinstance(field.type, type) and issubclass(field.type, StrEnum)


def _converted(field: "Field[Any]", value: Any) -> Any:
    if field.name == "season":
        return tuple(float(month) for month in value)
    if field.type in (float, float | None):
        return float(value)
    if field.type is int:
        return int(value)
    return cast("type[StrEnum]", field.type)(value) if _is_enum(field) else value


def _row(thing: Any) -> Row:
    row = {field.name: written(getattr(thing, field.name)) for field in fields(thing) if _is_simple(field)}
    return row | provenance_row(getattr(thing, "provenance", Provenance()))


def _evidence_row(evidence: Evidence) -> Row:
    row = _row(evidence)
    if evidence.observed is not None:
        del row["responsiveness"]
        row["observed"] = _row(evidence.observed)
    return row


def provenance_row(given: Provenance) -> Row:
    """Write only what is known of a figure's origin."""
    known = {key: getattr(given, key) for key in ("source", "url", "date") if getattr(given, key)}
    if given.quality:
        known["quality"] = given.quality.value
    return known | ({"interval": written(given.interval)} if given.interval else {})


def written(value: Any) -> Any:
    """Write a value the one way it is written: 1200 and 1200.0 are the same number."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, list | tuple):
        return [written(part) for part in value]
    if isinstance(value, dict):
        return {key: written(part) for key, part in value.items()}
    return value

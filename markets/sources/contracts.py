"""Awards of public contracts from OCDS releases, as Contracts Finder and Find a Tender give them out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, BinaryIO

from markets.core import org_ids

from . import values
from .archives import SourceError
from .json_items import items
from .staged import Fault, FaultError, Found, LeftOut, Row

Item = Mapping[str, Any]
NO_AWARD = "releases without an award"
NO_VALUE = "awards without a value, or with nothing as their value: kept, with the value unknown"
_PENCE = Decimal("0.01")


def read(file: BinaryIO) -> Found:
    """Read release packages, record packages, arrays of releases, or one release a line."""
    seen_any = False
    for line, item in items(file):
        for release in _releases(item):
            seen_any = seen_any or (isinstance(release, dict) and "ocid" in release)
            yield from _of_release(line, release)
    if not seen_any:
        raise SourceError("The file holds no OCDS release.")


def _releases(item: Any) -> Iterable[Any]:
    if not isinstance(item, dict):
        return [item]
    if "compiledRelease" in item:
        return [item["compiledRelease"]]
    return item.get("releases", [item]) if "ocid" not in item else [item]


def _of_release(line: int, release: Any) -> Iterator[Row | LeftOut | Fault]:
    try:
        if not isinstance(release, dict):
            raise FaultError("not a release")
        awards = _items(release.get("awards"))
        if not awards:
            yield LeftOut(NO_AWARD)
        rows = [row for place, award in enumerate(awards) for row in _of_award(release, award, place)]
    except FaultError as fault:
        yield Fault(line, str(fault))
    except (AttributeError, TypeError, ValueError, ArithmeticError):
        yield Fault(line, "a part of the release is not what the standard says")
    else:
        yield from rows


def _of_award(release: Item, award: Item, place: int) -> Iterator[Row | LeftOut]:
    parties = {str(party.get("id")): party for party in _items(release.get("parties"))}
    suppliers = _items(award.get("suppliers"))
    contract = next(
        (each for each in _items(release.get("contracts")) if each.get("awardID") == award.get("id")), _NOTHING
    )
    amount, currency = _value(award, contract)
    period = _dict(award.get("contractPeriod")) or _dict(contract.get("period"))
    tender = _dict(release.get("tender"))
    if amount is None:
        yield LeftOut(NO_VALUE)
    for number, supplier in enumerate(suppliers):
        org_id, name = _identity(supplier, parties)
        yield Row(
            "contract",
            (
                values.required(release.get("ocid"), "ocid", 120),
                values.text(award.get("id"), 140) or str(place),
                org_id or _plain(name) or f"supplier {number}",
                values.moment(release.get("date"), "date"),
                values.text(_dict(release.get("buyer")).get("name"), 300),
                values.text(tender.get("title") or award.get("title"), 500),
                " ".join(_codes(tender, award))[:400],
                "; ".join(_places(tender))[:400],
                values.text(" ".join(map(str, award.get("relatedLots") or [])), 400),
                name,
                org_id,
                len(suppliers),
                None if amount is None else str((amount / len(suppliers)).quantize(_PENCE)),
                currency,
                values.day(award.get("date"), "award date"),
                values.day(period.get("startDate"), "start of the contract"),
                values.day(period.get("endDate"), "end of the contract"),
            ),
        )


_NOTHING: Item = {}


def _dict(value: Any) -> Item:
    return value if isinstance(value, dict) else _NOTHING


def _items(value: Any) -> list[Item]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _value(award: Item, contract: Item) -> tuple[Decimal | None, str]:
    """Give the award's own value, else its contract's; nothing is no value, and other money is not pounds."""
    for found in (_dict(award.get("value")), _dict(contract.get("value"))):
        amount = values.pounds(found.get("amount", found.get("amountGross")), "value")
        if amount is not None and Decimal(str(amount)) > 0:
            return Decimal(str(amount)), values.text(found.get("currency"), 3)
    return None, ""


def _identity(supplier: Item, parties: Mapping[str, Item]) -> tuple[str, str]:
    """Give a supplier's official number, companies before charities before others, and its name."""
    party = parties.get(str(supplier.get("id")), _NOTHING)
    given = [_dict(party.get("identifier")), *_items(party.get("additionalIdentifiers"))]
    written = [f"{each.get('scheme')}-{each.get('id')}" for each in given if each.get("scheme") and each.get("id")]
    found = [org_id for text in [*written, str(supplier.get("id") or "")] if (org_id := org_ids.read(text))]
    ranked = [org_id for scheme in _SCHEMES for org_id in found if org_id.startswith(f"{scheme}-")]
    name = values.text(supplier.get("name") or party.get("name"), 300)
    return (ranked[0] if ranked else ""), name


#: Identifiers that mean the same organisation everywhere; a portal's own running numbers do not.
_SCHEMES = (org_ids.COMPANIES, org_ids.CCEW, org_ids.OSCR, org_ids.CCNI, "GB-PPON", "GB-UKPRN", "GB-NHS", "GB-MPR")


def _plain(name: str) -> str:
    letters = re.sub(r"[^a-z0-9 ]", "", name.lower())
    return " ".join(letters.split())


def _codes(tender: Item, award: Item) -> list[str]:
    """Give the distinct CPV codes of the whole and of its items."""
    holders = [tender, *_items(tender.get("items")), *_items(award.get("items"))]
    classes = [_dict(each.get("classification")) for each in holders]
    classes += [extra for each in holders for extra in _items(each.get("additionalClassifications"))]
    found = [values.text(each.get("id"), 12) for each in classes if each.get("scheme") in ("CPV", None)]
    return list(dict.fromkeys(filter(None, found)))


def _places(tender: Item) -> list[str]:
    addresses = [place for item in _items(tender.get("items")) for place in _items(item.get("deliveryAddresses"))]
    found = [values.text(place.get("region"), 100) for place in addresses]
    return list(dict.fromkeys(filter(None, found)))

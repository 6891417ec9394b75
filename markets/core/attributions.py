"""Whose data it is, and under which licence it is shown: the words that each source asks for."""

OGL = "Open Government Licence v3.0"
OGL_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"

#: What a page that shows a source's data must say, by the source's short name.
STATEMENTS = {
    "ccew": f"Register of charities of the Charity Commission for England and Wales, © Crown copyright. {OGL}.",
    "oscr": (
        "Contains information from the Scottish Charity Register supplied by the Office of the Scottish Charity "
        f"Regulator and licensed under the {OGL}."
    ),
    "ccni": f"Register of the Charity Commission for Northern Ireland, © Crown copyright. {OGL}.",
    "companies": f"Contains Companies House data. {OGL}.",
    "contracts": f"Contracts Finder and Find a Tender, © Crown copyright. {OGL}.",
    "grants": "Grants published by funders in the 360Giving data standard, each under its funder's own licence.",
    "places": f"Names and codes of areas: Office for National Statistics. {OGL}.",
}

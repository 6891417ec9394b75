"""Filters that write figures: {% load figures %} then {{ price|pounds }}, {{ share|percent }}, {{ share|about }}.

Simulated values are commissioning.core.figures.Simulated and bring their range: {{ spend|simulated_pounds }}.
"""

from django import template

from commissioning.core import figures, london_times, typed_numbers

register = template.Library()

for name in (
    "pounds",
    "short_pounds",
    "percent",
    "about",
    "plain",
    "simulated_pounds",
    "simulated_percent",
    "simulated_number",
    "plain_date",
    "plain_time",
):
    register.filter(name, getattr(figures, name))


register.filter("figure", typed_numbers.write_with_separators)
register.filter("in_london", london_times.in_london)


@register.simple_tag
def pounds_range(low: figures.Number, high: figures.Number) -> str:
    """{% pounds_range low high %} writes £1.2m to £1.5m."""
    return figures.pounds_range(low, high)


@register.simple_tag
def percent_range(low: figures.Number, high: figures.Number) -> str:
    """{% percent_range low high %} writes 35% to 45%."""
    return figures.percent_range(low, high)

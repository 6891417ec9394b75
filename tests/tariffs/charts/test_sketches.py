"""Pictures drawn on the server from plotly's dictionaries: bands, lines, bars, and nothing else."""

from typing import Any

from tariffs.charts.sketches import sketch

BAND = {"type": "scatter", "x": [1, 2, 2, 1], "y": [3.0, 2.5, 1.5, 2.0], "fill": "toself", "fillcolor": "#ccc"}
LINE = {"type": "scatter", "x": [1, 2], "y": [2.5, 2.0], "name": "one lot", "line": {"color": "#1d70b8"}}
DOTS = {"type": "scatter", "x": [1, 2], "y": [2.8, None], "name": "ten lots", "line": {"dash": "dot"}}


def drawn(*traces: dict[str, object]):  # type: ignore[no-untyped-def]
    found = sketch("A title", {"data": list(traces)})
    assert found is not None
    return found


def test_bands_lie_under_lines_and_several_lines_are_named_in_their_colours() -> None:
    found = drawn(LINE, DOTS, BAND)

    band, line, dots, axis = found.paths
    assert (band.fill, line.stroke, dots.dashes, axis.stroke) == ("#ccc", "#1d70b8", "2 4", "#0b0c0c")
    assert {"■ one lot", "■ ten lots", "1", "2"} <= {label.text for label in found.labels}
    assert found.title == "A title"


def test_long_names_stand_one_to_a_line_above_the_picture() -> None:
    short, long = drawn(LINE, DOTS), drawn(LINE, {**DOTS, "name": "ten lots, a lighter test and a third as a fee"})

    def places(found: Any) -> list[tuple[float, float]]:
        return [(label.x, label.y) for label in found.labels if "■" in label.text]

    (first, second), (upper, lower) = places(short), places(long)
    assert (first[1], upper[0]) == (second[1], lower[0])
    assert upper[1] < lower[1]
    assert long.height - short.height == lower[1] - upper[1]


def test_a_line_that_breaks_off_ends_there() -> None:
    assert drawn(LINE, DOTS).paths[1].d.count("L") == 0


def test_one_line_needs_no_name_and_words_stand_along_the_axis_in_their_order() -> None:
    found = drawn({**LINE, "x": ["before", "after"]})

    assert [label.text for label in found.labels if label.anchor == "middle"] == ["before", "after"]
    assert not any("■" in label.text for label in found.labels)


def test_bars_lie_on_their_side_each_with_its_figure() -> None:
    lying = {"type": "bar", "orientation": "h", "y": ["large", "x" * 40], "x": [4, 2.5], "marker": {"color": "#0f7a52"}}
    found = drawn(lying)

    assert [bar.fill for bar in found.bars] == ["#0f7a52", "#0f7a52"]
    assert found.bars[0].width > found.bars[1].width
    assert {"large", "4", "2.50", "x" * 31 + "…"} <= {label.text for label in found.labels}


def test_upright_bars_are_laid_down_and_several_kinds_are_named() -> None:
    one = {"type": "bar", "x": ["2026", "2027"], "y": [10, 20], "name": "before"}
    other = {"type": "bar", "x": ["2026"], "y": [15], "name": "after", "marker": {"color": ["#fff"]}}

    found = drawn(one, other)

    assert len(found.bars) == 3
    assert {"■ before", "■ after", "2026", "2027"} <= {label.text for label in found.labels}


def test_what_is_hidden_or_of_another_kind_is_not_drawn() -> None:
    assert sketch("A title", {"data": [{"type": "pie"}, {**LINE, "visible": "legendonly"}]}) is None
    assert sketch("A title", {}) is None

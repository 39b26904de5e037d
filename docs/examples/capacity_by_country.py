"""Draw capacity by country and segment, operating and planned, from an exported DuckDB file.

    pip install "pressledger[export,plot]"
    extractor run press/ -o records.jsonl
    extractor export records.jsonl --to duckdb -o records.duckdb
    python docs/examples/capacity_by_country.py records.duckdb capacity.svg [unit]

`unit` is one of the view's, such as GWh; without one it is t. Start years are added up.
"""

import sys

import duckdb
import matplotlib as mpl

mpl.use("Agg")  # draws into a file, on machines without a screen too
from matplotlib import pyplot as plt

QUERY = """
    SELECT
        coalesce(country, '?') || ' · ' || coalesce(replace(segment, '_', ' '), '?') AS place,
        coalesce(sum(operating), 0) AS operating,
        coalesce(sum(planned), 0) AS planned,
        coalesce(sum(not_said), 0) AS not_said
    FROM capacity_by_country
    WHERE unit = ?
    GROUP BY place
    ORDER BY sum(amount)
"""
STAGES = {
    "operating": {"color": "#1b5e8c"},
    "planned": {"color": "#e08a1e", "hatch": "//"},
    "not said": {"color": "#9a9a9a", "hatch": ".."},
}


def draw(database: str, picture: str, unit: str = "t") -> None:
    """Draw a bar for each country and segment into a picture; its ending says which sort of picture."""
    with duckdb.connect(database, read_only=True) as connection:
        rows = connection.execute(QUERY, [unit]).fetchall()
    if not rows:
        sys.exit(f"{database} has no capacity in {unit}")
    places = [row[0] for row in rows]
    left = [0.0] * len(rows)
    figure, axes = plt.subplots(figsize=(8, 1.2 + 0.3 * len(rows)), layout="constrained")
    for column, (label, style) in enumerate(STAGES.items(), start=1):
        widths = [row[column] for row in rows]
        axes.barh(places, widths, left=left, label=label, edgecolor="white", **style)
        left = [start + width for start, width in zip(left, widths, strict=True)]
    axes.set_xlabel(unit)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower right", frameon=False)
    figure.savefig(picture)


if __name__ == "__main__":
    draw(*sys.argv[1:])

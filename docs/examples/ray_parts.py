"""Extract JSONL files to Parquet parts on a Ray cluster, then gather the results into one file.

    pip install "pressledger[ray]"
    python docs/examples/ray_parts.py press/ parts/ records.jsonl [ADDRESS]

The parts hold a row for each document, with `error` where it has no result. ADDRESS is "local" for this
machine alone, which it is by default, "auto" or ray://HOST:PORT; press/ and parts/ are then what all machines
of the cluster know by these names, such as s3://bucket/press. `extractor show`, `export` and `review` read
records.jsonl.
"""

import sys
from pathlib import Path

import ray

from extractor.scale import extract_dataset


def main(source: str, parts: str, records: str, address: str = "local") -> None:
    """Write the parts, then the results that they hold, and name the documents that failed."""
    ray.init(address)
    extract_dataset(ray.data.read_json(source)).write_parquet(parts)
    rows = ray.data.read_parquet(parts).select_columns(["doc_id", "result", "error"])
    with Path(records).open("w", encoding="utf-8") as lines:
        for row in rows.iter_rows():
            if row["error"]:
                print(f"failed: {row['doc_id']}: {row['error']}")
            else:
                lines.write(f"{row['result']}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

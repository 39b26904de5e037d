"""langextract as its documentation has it: a prompt, a good example, results saved as JSONL.

    plain_langextract.py IN.jsonl OUT.jsonl BASE_URL CONCURRENCY BATCH

It asks about BATCH documents, waits for all of them, and goes on with the next BATCH.
"""

import sys

import langextract as lx

from load.asking import Job

PROMPT = (
    "Extract records and facts from press text about batteries and energy storage, in the order of the text. "
    "A record is a facility, a deal or a forecast; a fact is a figure, a time or a party of a record. "
    "Use the exact words of the text for extractions."
)
EXAMPLE = lx.data.ExampleData(
    text=(
        "Nordlys Cells is building a cell plant in Aldhavn for 400 million euros. From 2026 it is to make "
        "8 GWh of cells a year. Ambolt Metal will supply it with 3,000 tons of copper foil. Analysts at "
        "Vind see Nordic cell demand at 20 GWh by 2030."
    ),
    extractions=[
        lx.data.Extraction(
            "record",
            "cell plant",
            attributes={
                "name": "cell plant", "operator": "Nordlys Cells", "place": "Aldhavn", "segment": "cell",
                "status": "under_construction", "investment": "400 million euros",
            },
        ),
        lx.data.Extraction(
            "fact", "400 million euros", attributes={"record": "cell plant", "slot": "investment"}
        ),
        lx.data.Extraction(
            "fact",
            "2026",
            attributes={"record": "cell plant", "slot": "milestones", "event": "production_start"},
        ),
        lx.data.Extraction(
            "fact",
            "8 GWh",
            attributes={
                "record": "cell plant", "slot": "capacities", "product": "cells", "stage": "planned"
            },
        ),
        lx.data.Extraction(
            "fact", "Ambolt Metal", attributes={"record": "copper foil", "slot": "parties", "role": "seller"}
        ),
        lx.data.Extraction("fact", "3,000 tons", attributes={"record": "copper foil", "slot": "volumes"}),
        lx.data.Extraction("record", "copper foil", attributes={"kind": "supply", "subject": "copper foil"}),
        lx.data.Extraction(
            "record",
            "cell demand",
            attributes={
                "metric": "demand", "subject": "cell demand", "region": "Nordic", "figure": "20 GWh",
                "when": "2030", "forecaster": "Vind", "basis": "projection",
            },
        ),
    ],
)  # fmt: skip
WHOLE = 10_000  # characters of a text that is asked about at once, so that each document is one call


def main(job: Job, batch: int) -> None:
    """Extract from every document."""
    results = lx.extract(
        (lx.data.Document(text=each["text"], document_id=each["id"]) for each in job.documents()),
        prompt_description=PROMPT,
        examples=[EXAMPLE],
        config=lx.factory.ModelConfig(
            model_id="m",
            provider="OpenAILanguageModel",
            provider_kwargs={
                "base_url": job.base_url, "api_key": "none", "temperature": 0.0,
                "max_workers": job.concurrency,
            },
        ),
        max_char_buffer=WHOLE,
        batch_length=batch,
        max_workers=job.concurrency,
        show_progress=False,
    )  # fmt: skip
    lx.io.save_annotated_documents(
        iter(results), output_dir=job.target.parent, output_name=job.target.name, show_progress=False
    )


main(Job.of_command_line(), int(sys.argv[5]))

"""Dataset: a Ray dataset of documents to a Ray dataset of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.batch.desk import Finished
from extractor.batch.keys import settings_key
from extractor.batch.tally import Failure
from extractor.errors import InputError, ModelSetupError
from extractor.input import parse_day
from extractor.input.records import KNOWN_KEYS
from extractor.input.rows import row_document
from extractor.pipeline import Extractor
from extractor.scale.library import cpus, ray
from extractor.scale.worker import Worker, share

if TYPE_CHECKING:
    from datetime import date

    import pyarrow as pa
    from ray.data import Dataset

    from extractor.batch.desk import Outcome
    from extractor.document import Document

COLUMNS = ("doc_id", "document", "settings", "result", "error")
"""What an output row has beside the columns that are carried through; all are strings."""


def extract_dataset(  # noqa: PLR0913  the settings of a run, all of them by name
    ds: Dataset,
    extractor: Extractor | None = None,
    *,
    actors: int | None = None,
    concurrency: int = 4,
    batch_size: int = 32,
    published: date | str | None = None,
    text: bool = True,
    num_cpus: float = 1,
) -> Dataset:
    """Extract from every row of a Ray dataset, on all machines of the cluster; lazy, as Ray's operations are.

    A row has `text`, `html` or `path`, and optionally `id`, `published`, `title` and `source`, as a line of
    JSONL input; other columns are carried through, into the result and as columns. An output row has these
    and `doc_id`, `document` and `settings` (keys of the document and of what made the result), `result` (the
    JSON of a schemas.Result, without its text where `text` is off) and `error`. Of the last two one is null:
    a document that fails is a row that says why. Ids are not compared over the dataset, and a row without
    one is called by a hash of what it holds.

    There are so many `actors`, by default one for each CPU but one, which is left to reading and writing;
    each takes `num_cpus`. `concurrency` documents, of all actors together, are at a language model at a time,
    and the actors share the drafter's `rpm` and `tpm`. Rows are worked on, and repeated where an actor is
    lost, `batch_size` at a time. `published` is the day of rows that tell none.

    Raises ExtractorError where ray is not installed. While the dataset is worked on, a ModelSetupError, which
    every row would meet, ends it, inside of Ray's own error.
    """
    extractor = extractor or Extractor()
    actors = actors or max(cpus() - 1, 1)
    day = parse_day(published, "published") if isinstance(published, str) else published
    each = share(concurrency, actors) if extractor.asks else 1
    # a batch ends with its slowest document; others fill the model's time meanwhile
    batches = 1 + -(-2 * each // batch_size) if extractor.asks else 1
    return ds.repartition(target_num_rows_per_block=batch_size).map_batches(
        Rows,
        fn_constructor_args=(extractor.shared_by(actors),),
        fn_constructor_kwargs={
            "published": day,
            "settings": settings_key({**extractor.settings, "published": str(day)}, text=text),
            "text": text,
            "concurrency": each,
        },
        batch_size=batch_size,
        batch_format="pyarrow",
        compute=ray().data.ActorPoolStrategy(
            size=actors, max_concurrent_calls_per_actor=batches, enable_true_multi_threading=True
        ),
        num_cpus=num_cpus,
    )


class Rows:
    """What an actor does with rows."""

    def __init__(
        self, extractor: Extractor, *, published: date | None, settings: str, text: bool, concurrency: int
    ) -> None:
        self._worker = Worker(extractor, settings=settings, text=text, concurrency=concurrency)
        self._published = published
        self._settings = settings

    def __call__(self, table: pa.Table) -> pa.Table:
        """Rows of documents to rows of results."""
        import pyarrow as pa  # noqa: PLC0415  comes with the extra

        for name in table.column_names:
            if name in COLUMNS:
                raise InputError(f'column "{name}"', "is one of the output; give it another name")
        documents = [row_document(row, published=self._published) for row in table.to_pylist()]
        rows = list(map(self._row, documents, self._worker.outcomes(documents)))
        for number, name in enumerate(COLUMNS):
            table = table.append_column(name, pa.array([row[number] for row in rows], pa.string()))
        return table.drop_columns([name for name in table.column_names if name in KNOWN_KEYS])

    def _row(self, document: Document | InputError, outcome: Outcome) -> tuple[str | None, ...]:
        """The cells of COLUMNS."""
        doc_id = document.where if isinstance(document, InputError) else document.doc_id
        match outcome:
            case Finished():
                return doc_id, outcome.key, self._settings, outcome.line, None
            case Failure():
                return doc_id, outcome.document, self._settings, None, outcome.error
            case ModelSetupError():  # without the errors behind it, which Ray would print, too
                raise ModelSetupError(str(outcome)) from None

"""A run on a Ray cluster, as a user types it, and what becomes of documents whose process is lost."""

import json
import os
import signal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.batch import run
from extractor.cli import app
from extractor.document import Document
from extractor.draft.rules import RulesDrafter
from extractor.pipeline import Extractor
from extractor.scale import Cluster

pytestmark = [
    pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost", "::1"]),
    pytest.mark.filterwarnings("default"),  # Ray's and its libraries' own
]

SENTENCE = "Lumora has started building a plant in Debrecen with an investment of {} million euros."


@pytest.fixture
def extractor_(ray, tmp_path, monkeypatch):  # noqa: ARG001  it is what the command line finds
    """The command line in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.fixture
def press(tmp_path):
    """Thirty documents."""
    lines = [json.dumps({"id": f"d{n}", "text": SENTENCE.format(n), "tag": n}) for n in range(100, 130)]
    (tmp_path / "press.jsonl").write_text("\n".join(lines))
    return "press.jsonl"


def deadly(victim, times, folder):
    """A drafter by rules that ends its process at the document `victim`, so many times."""

    class Deadly(
        RulesDrafter
    ):  # here, so that it goes to Ray as it is and not by a name that Ray would not know
        def draft(self, reading):
            deaths = len(list(folder.iterdir()))
            if reading.document.doc_id == victim and deaths < times:
                (folder / str(deaths)).touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return super().draft(reading)

    return Deadly()


def on_cluster(drafter):
    """What a run of ten documents writes, and what it reports as failed."""
    ids, failures = [], []
    desks = Cluster("local").desks(Extractor(drafter), actors=2, concurrency=2, settings="s", text=True)
    run(
        Extractor(drafter),
        (Document(SENTENCE, f"d{number}") for number in range(10)),
        lambda line, _key: ids.append(json.loads(line)["doc_id"]),
        fail=failures.append,
        settings="s",
        processes=2,
        at_work=desks,
    )
    return ids, failures


def test_a_run_on_ray_writes_what_it_writes_without(extractor_, press):
    ran = extractor_("run", press, "-o", "ray.jsonl", "--ray", "local")
    extractor_("run", press, "-o", "here.jsonl")

    assert ran.exit_code == 0
    assert Path("ray.jsonl").read_text() == Path("here.jsonl").read_text()


def test_a_run_without_ray_is_continued_on_it_and_what_failed_is_in_its_file(extractor_, press):
    extractor_("run", press, "-o", "out.jsonl")
    with Path(press).open("a") as lines:
        lines.write(f"\noops\n{json.dumps({'id': 'new', 'text': SENTENCE})}\n")

    ran = extractor_("run", press, "-o", "out.jsonl", "--ray", "local", "--json-summary")

    assert ran.exit_code == 1
    assert {"documents": 1, "failures": 1, "finished": 30}.items() <= json.loads(ran.stdout).items()
    assert len(Path("out.jsonl").read_text().splitlines()) == 31
    assert json.loads(Path("out.failures.jsonl").read_text())["where"] == "press.jsonl:31"


@pytest.mark.usefixtures("ray")
def test_a_document_whose_process_is_lost_is_done_by_another(tmp_path):
    ids, failures = on_cluster(deadly("d3", 1, tmp_path))

    assert ids == [f"d{number}" for number in range(10)]
    assert failures == []


@pytest.mark.usefixtures("ray")
def test_a_document_that_ends_every_process_fails_alone(tmp_path):
    ids, [failure] = on_cluster(deadly("d9", 100, tmp_path))

    assert ids == [f"d{number}" for number in range(9)]
    assert (failure.where, failure.doc_id) == ("d9", "d9")
    assert failure.error.startswith("its process on the Ray cluster was lost")

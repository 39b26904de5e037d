"""How fast the review page opens and answers: the fixtures' documents, repeated, in the system's Chromium.

    python benchmarks/review.py [DOCUMENTS] [--folder]

Prints the size of the page, the time to make it, the browser's own times until the page could be used, and
how long it takes to open another document, to search all texts and to filter.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from extractor import Extractor
from extractor.input import documents
from extractor.review import write_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Result

PRESS = Path(__file__).parents[1] / "fixtures" / "press"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--window-size=1440,900",
]
# one step of the page's own, with the time until the browser has painted it
TIMED = """
const [act, done] = [arguments[0], arguments[arguments.length - 1]];
const start = performance.now();
Promise.resolve(new Function(act)()).then(() =>
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
"""
STEPS = {
    "next document": "return queue.step(1)",
    "first search": "document.getElementById('words').value = 'lithium investment'; return queue.update()",
    "second search": "document.getElementById('words').value = 'gwh storage'; return queue.update()",
    "filter": "document.getElementById('words').value = '';"
    "document.getElementById('by-verdict').value = 'conflict'; return queue.update()",
    "accept": "desk.act('accept', cards.current() ?? (cards.step(1), cards.current()))",
}
REPEATED = {"next document": 20}


def repeated(number: int) -> Iterator[Result]:
    found = list(documents([str(PRESS / "development"), str(PRESS / "heldout")]))
    results = [Extractor().extract_document(document) for document in found]
    for index in range(number):
        result = results[index % len(results)]
        again = f"{index:05d}-{result.doc_id}"
        # a text of its own, so that nothing of one document is remembered for another
        yield result.model_copy(update={"doc_id": again, "text": f"{result.text}\n{again}"})


def browser(profile: Path) -> Chrome:
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    return Chrome(options=options, service=Service(shutil.which("chromedriver")))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("documents", type=int, nargs="?", default=500)
    parser.add_argument("--folder", action="store_true")
    wanted = parser.parse_args()
    results = list(repeated(wanted.documents))
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / ("review" if wanted.folder else "review.html")
        started = time.perf_counter()
        write_page(results, path, folder=wanted.folder)
        made = time.perf_counter() - started
        files = [each for each in path.rglob("*") if each.is_file()] if wanted.folder else [path]
        size = sum(each.stat().st_size for each in files)
        print(f"{wanted.documents} documents: {size / 1e6:.1f} MB, made in {made:.1f} s")
        with browser(Path(place) / "profile") as chrome:
            measure(chrome, (path / "index.html" if wanted.folder else path).as_uri())


def measure(chrome: Chrome, address: str) -> None:
    opened = []
    for _ in range(5):
        chrome.get("about:blank")
        chrome.get(address)
        while not chrome.execute_script("return performance.getEntriesByName('ready').length"):
            time.sleep(0.01)
        opened.append(chrome.execute_script("return performance.getEntriesByName('ready')[0].startTime"))
    print(f"{'ready to use':16}{statistics.median(opened):8.0f} ms, at most {max(opened):.0f} ms")
    for name, step in STEPS.items():
        times = [chrome.execute_async_script(TIMED, step) for _ in range(REPEATED.get(name, 1))]
        print(f"{name:16}{statistics.median(times):8.0f} ms, at most {max(times):.0f} ms")
    heap = chrome.execute_script("return performance.memory.usedJSHeapSize")
    print(f"{'memory':16}{heap / 1e6:8.0f} MB")


if __name__ == "__main__":
    main()

"""Data flows one way: what each part may import."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# each part, and what it must not import
FORBIDDEN = {
    "schemas": ("extractor",),
    "extractor/read": ("extractor.draft", "extractor.checks", "extractor.assemble", "extractor.pipeline"),
    "extractor/draft": ("extractor.checks", "extractor.assemble", "extractor.pipeline", "extractor.input"),
    "extractor/checks": ("extractor.draft", "extractor.assemble", "extractor.pipeline", "extractor.input"),
    "extractor/assemble.py": ("extractor.checks", "extractor.pipeline", "extractor.input"),
    "extractor/input": ("extractor.draft", "extractor.checks", "extractor.assemble", "extractor.pipeline"),
    "extractor/export": ("extractor.read", "extractor.draft", "extractor.checks", "extractor.pipeline"),
    "extractor/review": (
        "extractor.draft.llm",
        "extractor.draft.rules",
        "extractor.pipeline",
        "extractor.evaluate",
    ),
    "extractor/evaluate": ("extractor.draft", "extractor.checks", "extractor.pipeline"),
}
HEAVY = ("openai", "instructor", "trafilatura", "tenacity", "ray")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def modules(part: str) -> list[Path]:
    place = ROOT / part
    return [place] if place.suffix else sorted(place.rglob("*.py"))


@pytest.mark.parametrize("part", FORBIDDEN)
def test_a_part_imports_nothing_that_comes_after_it(part):
    reaching_back = {
        (path.name, name)
        for path in modules(part)
        for name in imports(path)
        if any(name == barred or name.startswith(f"{barred}.") for barred in FORBIDDEN[part])
    }

    assert reaching_back == set()


def test_only_the_model_drafter_knows_the_model_libraries():
    knowing = {
        path.relative_to(ROOT).parts[:3]
        for path in modules("extractor")
        for name in imports(path)
        if name.split(".")[0] in {"openai", "instructor", "tenacity"}
    }

    assert knowing == {("extractor", "draft", "llm")}


def test_only_the_part_for_clusters_knows_ray():
    knowing = {
        path.relative_to(ROOT).parts[:2]
        for path in modules("extractor")
        for name in imports(path)
        if name.split(".")[0] == "ray"
    }

    assert knowing == {("extractor", "scale")}


def test_nothing_heavy_is_imported_for_offline_use():
    code = "import sys, extractor.cli; from extractor import Extractor; Extractor().extract('5 MW')"
    told = subprocess.run(  # noqa: S603  our own interpreter and code
        [sys.executable, "-c", f"{code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )

    assert [name for name in HEAVY if name in told.stdout.split()] == []

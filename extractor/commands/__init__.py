"""Commands of the command line, one a module: each parses, calls the public API and prints."""

from extractor.commands.batch import batch
from extractor.commands.evaluate import evaluate
from extractor.commands.export import export
from extractor.commands.figures import figures
from extractor.commands.review import review
from extractor.commands.run import run
from extractor.commands.schema import schema
from extractor.commands.show import show

__all__ = ["batch", "evaluate", "export", "figures", "review", "run", "schema", "show"]

"""Commands: those of the command line that are long enough for a module of their own."""

from extractor.commands.batch import batch
from extractor.commands.evaluate import evaluate
from extractor.commands.export import export
from extractor.commands.review import review

__all__ = ["batch", "evaluate", "export", "review"]

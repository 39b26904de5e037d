"""Drafting by a language model, through any OpenAI-compatible endpoint."""

from extractor.draft.llm.drafter import LLMDrafter

__all__ = ["LLMDrafter"]

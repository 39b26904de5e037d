"""Drafting: saying what each figure of a reading is, by rules or by a language model."""

from extractor.draft.model import (
    CapacityDraft,
    DealDraft,
    Draft,
    Drafted,
    Drafter,
    FacilityDraft,
    ForecastDraft,
    LinesDraft,
    MetricDraft,
    MilestoneDraft,
    PartyDraft,
    VolumeDraft,
)

__all__ = [
    "CapacityDraft",
    "DealDraft",
    "Draft",
    "Drafted",
    "Drafter",
    "FacilityDraft",
    "ForecastDraft",
    "LinesDraft",
    "MetricDraft",
    "MilestoneDraft",
    "PartyDraft",
    "VolumeDraft",
]

"""Batch API: a model asked by files, at half the price and within a day, with the state of that on disk."""

from extractor.batch_api.job import BatchJob, begun_with
from extractor.batch_api.standing import BatchStanding, Standing

__all__ = ["BatchJob", "BatchStanding", "Standing", "begun_with"]

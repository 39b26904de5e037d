"""Scale: the same work on the machines of a Ray cluster, by the extra `ray`."""

from extractor.scale.cluster import Cluster
from extractor.scale.dataset import extract_dataset

__all__ = ["Cluster", "extract_dataset"]

"""A Ray of two CPUs on this machine; the tests that need it are skipped where it is not installed."""

import logging

import pytest


@pytest.fixture(scope="session")
def ray():
    library = pytest.importorskip("ray", reason="ray is not installed; make test-ray installs and runs it")
    data = pytest.importorskip("ray.data")
    library.init(
        "local", num_cpus=2, include_dashboard=False, logging_level=logging.ERROR, log_to_driver=False
    )
    data.DataContext.get_current().enable_progress_bars = False
    yield library
    library.shutdown()

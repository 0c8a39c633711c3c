"""How nbval tests the notebooks: `python -m pytest --nbval --nbval-current-env notebooks`."""

import pytest

from analysis.pipeline.nbval_kernel import CELL_TIMEOUT_S, offer_warm_kernels, use_for_nbval

NBVAL_DEFAULT_TIMEOUT_S = 2000
collect_ignore_glob = ["templates/*", "explore/*"]  # no studies, and nothing of theirs is on record


def pytest_configure(config: pytest.Config) -> None:
    use_for_nbval()
    config.add_cleanup(offer_warm_kernels())
    if config.option.nbval_cell_timeout == NBVAL_DEFAULT_TIMEOUT_S:
        config.option.nbval_cell_timeout = CELL_TIMEOUT_S


def pytest_collectstart(collector: pytest.Collector) -> None:
    # Standard error says where the outputs go, which differs between nbval and the runner.
    if collector.path.suffix == ".ipynb":
        collector.skip_compare += ("stderr",)

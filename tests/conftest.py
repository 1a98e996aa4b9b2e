"""What every test knows: whether the long way round was asked for."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer `--long`, which looks at everything where a sample is looked at otherwise."""
    parser.addoption("--long", action="store_true", help="look at everything, which takes minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked as long, unless it was asked for."""
    if config.getoption("--long"):
        return
    for item in items:
        if item.get_closest_marker("long"):
            item.add_marker(pytest.mark.skip(reason="takes minutes: run with --long"))


@pytest.fixture(scope="session")
def at_length(request: pytest.FixtureRequest) -> bool:
    """Whether `--long` was given."""
    return bool(request.config.getoption("--long"))

"""The fixture ``wechat``: a gateway for the session, as new for each test.

Override ``wechat_options`` in conftest.py to start it otherwise.
"""

import pytest

from . import start


@pytest.fixture(scope="session")
def wechat_options():
    """What ``wxkit.start`` is given: ``{"seed": 7, "faults": [...]}``."""
    return {}


@pytest.fixture(scope="session")
def wechat_gateway(wechat_options):
    """The gateway itself, with whatever the tests before have left in it."""
    with start(**wechat_options) as gateway:
        yield gateway


@pytest.fixture
def wechat(wechat_gateway):
    """A gateway in which nothing has happened yet."""
    wechat_gateway.reset()
    return wechat_gateway

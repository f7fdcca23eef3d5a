"""The duties of today are open, as in the tests of duties."""

from tests.features.duties.conftest import bound, freeze, opened  # noqa: F401

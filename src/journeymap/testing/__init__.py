"""For people who write plug-ins, and for our own tests: conformance kits, sample journeys and scenes, strategies.

`check_backend` and `check_renderer` raise AssertionError with what is wrong; call them from a test of yours.
`journeymap.testing.strategies` needs hypothesis (the extra ``testing``); the others need nothing more than journeymap itself.
"""

from journeymap.testing.backends import check_backend
from journeymap.testing.renderers import check_renderer

__all__ = ["check_backend", "check_renderer"]

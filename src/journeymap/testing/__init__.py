"""For people who write plug-ins, and for our own tests: conformance kits, sample journeys and scenes, strategies.

Each kit takes a plug-in, as itself or by name, and raises AssertionError with what is wrong; call it from a test of yours::

    def test_it_keeps_the_rules():
        check_renderer(my_renderer)

`journeymap.testing.strategies` needs hypothesis (the extra ``testing``); the others need nothing more than journeymap itself.
"""

from journeymap.testing.backends import check_backend
from journeymap.testing.formats import check_format
from journeymap.testing.journeys import sample_journeys
from journeymap.testing.lanes import check_lane
from journeymap.testing.renderers import check_renderer
from journeymap.testing.scenes import sample_scenes
from journeymap.testing.themes import check_theme

__all__ = ["check_backend", "check_format", "check_lane", "check_renderer", "check_theme", "sample_journeys", "sample_scenes"]

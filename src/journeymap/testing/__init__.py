"""For people who write plug-ins, and for our own tests: conformance kits, sample journeys and scenes, strategies.

`check_backend` and `check_renderer` raise AssertionError with what is wrong; call them from a test of yours. Import
from the modules, since `journeymap.testing.strategies` needs hypothesis (the extra ``testing``) and the others do not.
"""

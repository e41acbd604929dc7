"""For people who write plug-ins, and for our own tests: conformance kits, sample journeys and scenes, strategies.

`journeymap.testing.backends.check_backend` and `journeymap.testing.renderers.check_renderer` raise AssertionError with what
is wrong; call them from a test of yours. `journeymap.testing.strategies` needs hypothesis (the extra ``testing``); the
others need nothing more than journeymap itself.
"""

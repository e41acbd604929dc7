"""Scenes to bytes: svg, png, pdf, pptx.

A backend is a function that takes scenes, and options by keyword, and gives bytes. It draws what stands in the scene and
measures nothing. `checked` and `lettering` are for backends of your own too; `journeymap.testing.check_backend` tells
whether one keeps the rules.
"""

from journeymap.plugins import backends, callable_package

callable_package(__name__, backends)

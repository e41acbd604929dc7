"""Renderers: a journey in, a scene out. Each is a function; ``jm.renderers()`` lists them."""

from journeymap.plugins import callable_package, renderers

callable_package(__name__, renderers)

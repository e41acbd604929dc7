"""What users hold: a journey drawn, to be saved, shown in a notebook or turned into bytes."""

from journeymap.picture.picture import Picture
from journeymap.picture.rendering import render

__all__ = ["Picture", "render"]

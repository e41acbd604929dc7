"""Sticky notes on a wall, as another package would bring them: written from the documentation of journeymap alone."""

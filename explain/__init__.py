"""Attributions, contrasts and reason sentences of a recommendation."""

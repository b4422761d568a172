"""Outcome models, rankers, off-policy evaluation and the model registry."""

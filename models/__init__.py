"""Outcome models, rankers, off-policy evaluation and the model registry."""

import os

# LightGBM's threads wait at a barrier after each step. Waiting actively, as its OpenMP does where
# nothing is said, made training 15 times slower on two cores beside another process; asleep they
# cost nothing. Must be said before LightGBM is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

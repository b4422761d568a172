"""The invented nation: registers with a hidden truth, for demo, tests and measuring."""

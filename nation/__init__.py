"""The invented nation: registers with a hidden truth, for the demo, for tests and for measuring."""

from nation.invent import Nation, invent, write_nation

__all__ = ["Nation", "invent", "write_nation"]

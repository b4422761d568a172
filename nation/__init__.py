"""The invented nation: registers with a hidden truth, for the demo, for tests and for measuring."""

from nation.invent import Nation, invent, write_blocks, write_nation
from nation.settings import Request, Switches

__all__ = ["Nation", "Request", "Switches", "invent", "write_blocks", "write_nation"]

"""The conditions of promotion, each a check with a value, a bound, an interval and its power."""

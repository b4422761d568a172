"""One module per encoded measure: its conditions in the order in which they are asked."""

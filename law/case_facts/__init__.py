"""The facts of a case on a day, one family per module; `law.facts` puts them side by side."""

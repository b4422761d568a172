"""The handbook of the law for lawyers: its spec cases, their coverage, the pages of docs/law.

It only reads the law and changes no verdict; `law_version` does not depend on it.
"""

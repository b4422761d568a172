"""The five families of features, each a function of the known rows, and the audit facts."""

"""Adapters: public data sets as registers of the contract, as far as their columns reach."""

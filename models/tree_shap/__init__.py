"""Exact path-dependent TreeSHAP values by tables: what LightGBM's `pred_contrib` computes, faster.

kinds      which ensembles have parts at all (`errors` says why others have none)
columns    values as bins
leaves     what a row must meet to come to a leaf
grouping   which leaves share a table, and what a table holds
pieces     one tree cut into tables and single leaves
packing    pieces laid end to end
kernel     the loops over rows
tables     an ensemble ready to be asked
store      tables found again by the hash of the ensemble
"""

"""Pawnshop: the loan terms of a Mexican trial of 2012, a third and smaller legal order."""

"""Results on real randomised trials: one way through, each trial's particulars in its own file.

trial        what a trial has to say of itself
values       what a policy is worth where the draw is known
intervals    whether stated intervals hold what the draw shows
run          import, train and judge, over several divisions into folds
page, tables the page in Markdown: every figure computed, none typed
philadelphia letters to owners with tax debts
pawnshop     terms of pawnshop loans
"""

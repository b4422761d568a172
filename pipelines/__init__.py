"""The recipes: validate, profile, train, evaluate, promote, recommend."""

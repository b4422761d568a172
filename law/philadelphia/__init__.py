"""Philadelphia: the letters of the 2014 property-tax trial, a second and smaller legal order."""

"""`yiben preview`: translate on the page, in a browser, with the catalog as the only truth."""

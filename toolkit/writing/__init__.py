"""Write units and translations as a page's bytes, and keep the page sound."""

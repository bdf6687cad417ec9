"""The ways in which people and other programs use Yiben."""

"""Find which texts of two pages are translations of each other, and how surely.

pieces     a page -> its units and code blocks with what survives translation
evidence   two pieces -> how well they fit, by tables that were counted on real pages
lattice    the fits -> how likely each pair is among all alignments of the pages
search     the likeliest pairs, first in the order of the pages, then of what was moved
pairing    the likely pairs -> pairings with a calibrated certainty, and what is left over
cutting    a text that translates several -> a part for each of them
verdict    pairings -> what may be used of them, and as what
"""

from __future__ import annotations

from toolkit.aligning.pairing import Alignment, Knowledge, Pairing, align

__all__ = ["Alignment", "Knowledge", "Pairing", "align"]

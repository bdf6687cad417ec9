"""Figures that `python benchmarks/shifting.py --calibrate` has fitted."""

SHIFTS = {
    "length": 0.85,
    "content": 0.83,
    "size": 2.77,
    "end": 2.22,
    "names": 0.31,
    "runs": 6.47,
    ",": 0.89,
    ":": 1.64,
    "(": 1.54,
    "company": 1.03,
}
"""Logistic regression over what sources and translations have in common, swapped or not."""

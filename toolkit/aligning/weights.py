"""Figures that `python benchmarks/aligning.py --calibrate` has counted and fitted."""

KINDS = {
    "code": 0.9,
    "heading": 1.93,
    "same": 0.77,
    "cell": 1.59,
    "other heading": -0.44,
    "other depth": -2.41,
    "kindred": -2.35,
    "other column": -2.31,
    "other": -4.48,
}
"""The logarithm of how much likelier two kinds are in a pair than in two texts near each other."""

LENGTHS = (
    (1.14, 0.94, 0.69, 0.07, -1.82, -0.47, 0.0),
    (0.61, 0.63, 0.54, 0.16, -1.04, -2.95, -3.77),
    (1.47, 1.13, 1.07, 0.98, 0.66, -0.89, -3.74),
)
"""The same for lengths: by size, then by distance from what was to be expected."""

EVIDENCE = (
    (0.22, -2.96, -4.21, -5.93),
    (0.65, -1.75, -2.33, -2.82),
    (2.21, -0.85, -1.23, -4.51),
    (3.32, 0.18, 0.22, -1.9),
    (5.24, 1.64, 1.3, -0.21),
)
"""The same for what survives translation: by what is shared, then by what is lost."""

MODEL = (-0.078, 0.778, 0.098, -0.795, -0.527, -0.225, -0.507, -0.017, 0.175, 0.237, -0.917, 1.365)
"""Logistic regression over the features of a pairing, in their order."""

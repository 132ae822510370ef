"""Intervals, tests, shrinkage, mix adjustment and control charts: pure functions of arrays; scipy is imported late."""

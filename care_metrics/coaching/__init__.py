"""What helps to coach one agent: standing in pillars and skills, moments, emotional load, and what came of a plan.

Agents are looked at through what was written and what the centre recorded, never through an inferred mood of theirs.
"""

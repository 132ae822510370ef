"""The page *Coaching*: one agent at a time, for those who lead them and for themselves."""

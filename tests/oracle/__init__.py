"""An independent recount of every KPI in plain Python, from the input rows alone; it imports nothing of the package."""

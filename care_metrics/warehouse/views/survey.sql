-- grain: survey. facts_survey with its instant under the name every grain uses.
SELECT *, happened_at AS started_at FROM facts_survey

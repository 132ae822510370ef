-- grain: handled leg or survey. What response_coverage and response_end_to_end divide by each other.
SELECT
    client, interaction_id, NULL AS survey_id, started_local, day, agent_id, team, site, location, channel, direction, reason, task,
    language, handler, outcome, segment, country, preferred_channel, started_at,
    1 AS handled, 0 AS invited, 0 AS responded, 0 AS undated
FROM facts_leg
WHERE outcome = 'handled'
UNION ALL BY NAME
SELECT
    client, interaction_id, survey_id, started_local, day, agent_id, team, site, location, channel, direction, reason, task,
    language, handler, outcome, segment, country, preferred_channel, happened_at AS started_at,
    0 AS handled, (sent_at IS NOT NULL)::INTEGER AS invited, (responded_at IS NOT NULL)::INTEGER AS responded,
    (sent_at IS NULL)::INTEGER AS undated
FROM facts_survey

-- grain: agent and stretch of time.
SELECT
    t.client, t.agent_id, a.team, a.site, s.location,
    timezone(z.timezone, t.start_at) AS started_local,
    CAST(timezone(z.timezone, t.start_at) AS DATE) AS day,
    t.handle_s, t.available_s, t.break_s,
    list_has_any(t.invalid, ['handle_s', 'available_s']) AS time_invalid
FROM agent_time t
JOIN clients z ON z.client = t.client
LEFT JOIN agents a ON a.client = t.client AND a.agent_id = t.agent_id
LEFT JOIN sites s ON s.client = t.client AND s.site = a.site
ORDER BY day, t.agent_id

-- grain: leg. Every dimension of a leg, from the leg itself, else from the agents, sites, tasks and customers tables.
WITH membership AS (
    SELECT * FROM customers QUALIFY row_number() OVER (PARTITION BY client, customer_id ORDER BY start_at DESC) = 1
)
SELECT
    i.client, i.interaction_id,
    coalesce(i.contact_id, i.interaction_id) AS contact_key,
    i.case_id, i.customer_id, i.agent_id,
    coalesce(i.team, a.team) AS team,
    coalesce(i.site, a.site) AS site,
    s.location,
    i.channel,
    CASE WHEN list_contains(i.invalid, 'direction') THEN NULL ELSE coalesce(i.direction, 'inbound') END AS direction,
    i.reason,
    CASE WHEN list_contains(i.invalid, 'task') THEN NULL ELSE coalesce(i.task, k.task) END AS task,
    i.language,
    CASE WHEN list_contains(i.invalid, 'handler') THEN NULL ELSE coalesce(i.handler, 'human') END AS handler,
    i.outcome,
    m.segment, m.country, m.preferred_channel,
    i.started_at,
    timezone(z.timezone, i.started_at) AS started_local,
    CAST(timezone(z.timezone, i.started_at) AS DATE) AS day
FROM interactions i
JOIN clients z ON z.client = i.client
LEFT JOIN agents a ON a.client = i.client AND a.agent_id = i.agent_id
LEFT JOIN sites s ON s.client = i.client AND s.site = coalesce(i.site, a.site)
LEFT JOIN tasks k ON k.client = i.client AND k.reason = i.reason
LEFT JOIN membership m ON m.client = i.client AND m.customer_id = i.customer_id

-- grain: client. Where the client's data begins and ends; "now" for windows that must mature is its end.
WITH instants AS (
    SELECT client, min(started_at) AS first_at, greatest(max(started_at), max(ended_at)) AS last_at FROM interactions GROUP BY client
),
others AS (
    SELECT client, min(happened_at) AS first_at, max(happened_at) AS last_at FROM (
        SELECT client, responded_at AS happened_at FROM surveys
        UNION ALL SELECT client, sent_at FROM surveys
        UNION ALL SELECT client, start_at FROM customers
        UNION ALL SELECT client, end_at FROM customers
        UNION ALL SELECT client, start_at FROM agent_time
    ) GROUP BY client
)
SELECT
    z.client, z.timezone,
    coalesce(i.first_at, o.first_at) AS first_at,
    coalesce(i.last_at, o.last_at) AS data_end,
    (SELECT count(*) FROM interactions x WHERE x.client = z.client) AS n_interactions,
    (SELECT count(*) FROM turns x WHERE x.client = z.client AND x.speaker = 'customer') AS n_customer_turns,
    (SELECT count(*) FROM turn_valence x WHERE x.client = z.client AND x.model_valence IS NOT NULL) AS n_scored_turns
FROM clients z
LEFT JOIN instants i USING (client)
LEFT JOIN others o USING (client)

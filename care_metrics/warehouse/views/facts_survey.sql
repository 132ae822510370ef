-- grain: survey. It stands alone; where its leg is known it takes the leg's dimensions.
WITH membership AS (
    SELECT * FROM customers QUALIFY row_number() OVER (PARTITION BY client, customer_id ORDER BY start_at DESC) = 1
),
dated AS (
    SELECT s.*, coalesce(s.responded_at, s.sent_at) AS happened_at FROM surveys s
)
SELECT
    s.client, s.survey_id, s.interaction_id,
    coalesce(s.customer_id, d.customer_id) AS customer_id,
    d.contact_key, d.case_id, d.agent_id, d.team, d.site, d.location, d.channel, d.direction, d.reason, d.task, d.language,
    d.handler, d.outcome,
    m.segment, m.country, m.preferred_channel,
    s.happened_at,
    timezone(z.timezone, s.happened_at) AS started_local,
    CAST(timezone(z.timezone, s.happened_at) AS DATE) AS day,
    s.sent_at, s.responded_at,
    s.nps, list_contains(s.invalid, 'nps') AS nps_invalid,
    s.ces, list_contains(s.invalid, 'ces') AS ces_invalid,
    coalesce(s.ces_scale, 7) AS ces_scale, list_contains(s.invalid, 'ces_scale') AS ces_scale_invalid,
    s.csat, list_contains(s.invalid, 'csat') AS csat_invalid,
    s.comment
FROM dated s
JOIN clients z ON z.client = s.client
LEFT JOIN dimensions d ON d.client = s.client AND d.interaction_id = s.interaction_id
LEFT JOIN membership m ON m.client = s.client AND m.customer_id = coalesce(s.customer_id, d.customer_id)
ORDER BY day, s.survey_id

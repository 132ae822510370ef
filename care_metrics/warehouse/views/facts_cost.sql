-- grain: a day's share of a cost row, or a handled leg. A month's cost spread evenly over its days, beside the legs it pays for.
WITH every AS (
    SELECT
        client, site, handler, channel, cost, currency, month,
        strptime(month || '-01', '%Y-%m-%d')::DATE AS first_day,
        last_day(strptime(month || '-01', '%Y-%m-%d')::DATE) AS last_day
    FROM costs
),
-- A required cost that is null was invalid.
priced AS (FROM every WHERE cost IS NOT NULL),
daily AS (
    SELECT
        client, site, handler, channel, currency,
        unnest(generate_series(first_day, last_day, INTERVAL 1 DAY))::DATE AS day,
        cost / (date_diff('day', first_day, last_day) + 1) AS cost
    FROM priced
),
legs AS (
    SELECT
        l.client, l.interaction_id, l.site, l.handler, l.channel, l.day,
        EXISTS (
            FROM priced p
            WHERE p.client = l.client AND p.month = strftime(l.day, '%Y-%m')
                AND coalesce(p.site = l.site, p.site IS NULL)
                AND coalesce(p.handler = l.handler, p.handler IS NULL)
                AND coalesce(p.channel = l.channel, p.channel IS NULL)
        ) AS paid_for
    FROM facts_leg l
    WHERE l.outcome = 'handled'
)
SELECT client, NULL AS interaction_id, site, handler, channel, day, cost, currency, 0 AS handled, 0 AS unpaid, false AS cost_invalid FROM daily
UNION ALL
SELECT client, NULL, site, handler, channel, first_day, NULL, currency, 0, 0, true FROM every WHERE cost IS NULL
UNION ALL
SELECT client, interaction_id, site, handler, channel, day, NULL, NULL, paid_for::INTEGER, (NOT paid_for)::INTEGER, false FROM legs

-- grain: contact (contact_id, else the leg). Reason, channel and direction of the first leg, agent, team and site of the last.
WITH ordered AS (
    SELECT *, row_number() OVER (PARTITION BY client, contact_key ORDER BY started_at, interaction_id) AS leg_no
    FROM facts_leg
),
contact AS (
    SELECT
        client, contact_key,
        arg_min(interaction_id, leg_no) AS interaction_id,
        arg_max(interaction_id, leg_no) AS last_interaction_id,
        min(started_at) AS started_at,
        arg_min(started_local, leg_no) AS started_local,
        arg_min(day, leg_no) AS day,
        arg_min(customer_id, leg_no) FILTER (customer_id IS NOT NULL) AS customer_id,
        arg_min_null(channel, leg_no) AS channel,
        arg_min_null(direction, leg_no) AS direction,
        arg_min_null(reason, leg_no) AS reason,
        arg_min_null(task, leg_no) AS task,
        arg_min_null(language, leg_no) AS language,
        arg_min_null(handler, leg_no) AS handler,
        arg_min_null(segment, leg_no) AS segment,
        arg_min_null(country, leg_no) AS country,
        arg_min_null(preferred_channel, leg_no) AS preferred_channel,
        arg_min_null(case_id, leg_no) AS case_id,
        arg_max_null(agent_id, leg_no) AS agent_id,
        arg_max_null(team, leg_no) AS team,
        arg_max_null(site, leg_no) AS site,
        arg_max_null(location, leg_no) AS location,
        arg_max_null(source_url, leg_no) AS source_url,
        arg_max(outcome, leg_no) AS outcome,
        bool_or(outcome = 'handled') AS handled,
        bool_or(coalesce(handler, '') IN ('human', 'ai_then_human')) AS handed_over,
        count(*) FILTER (outcome = 'handled') AS n_handled,
        count(handle_s) FILTER (outcome = 'handled') AS n_complete,
        sum(handle_s) FILTER (outcome = 'handled') AS handle_s,
        bool_or(handle_invalid) FILTER (outcome = 'handled') AS handle_invalid
    FROM ordered
    GROUP BY client, contact_key
)
SELECT
    c.* REPLACE (CASE WHEN n_complete = n_handled THEN handle_s END AS handle_s),
    -- Strictly later starts only: two contacts of one instant do not repeat each other.
    min(CASE WHEN direction = 'inbound' THEN epoch_us(started_at) END) OVER (
        PARTITION BY client, customer_id, reason ORDER BY epoch_us(started_at)
        RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_same_reason_us,
    min(CASE WHEN direction = 'inbound' THEN epoch_us(started_at) END) OVER (
        PARTITION BY client, customer_id ORDER BY epoch_us(started_at)
        RANGE BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_us,
    epoch_us(started_at) AS started_us
FROM contact c
ORDER BY day, contact_key

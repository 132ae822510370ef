-- grain: leg. ended_at - started_at, else the latest end of a turn; instants, never wall clocks.
SELECT
    i.client, i.interaction_id,
    coalesce(date_diff('microsecond', i.started_at, i.ended_at) / 1e6, s.last_end_s) AS duration_s
FROM interactions i
LEFT JOIN leg_span s USING (client, interaction_id)

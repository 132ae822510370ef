-- grain: leg with turns. How long it lasted, and how much of that was silence (gaps over 5 s; kpis.md, silence).
WITH timed AS (
    SELECT
        client, interaction_id, turn_no, begin_s, end_s,
        max(end_s) OVER (
            PARTITION BY client, interaction_id ORDER BY begin_s, turn_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS latest_end
    FROM turns
    WHERE begin_s IS NOT NULL AND end_s IS NOT NULL
),
gaps AS (
    SELECT client, interaction_id, count(*) AS n_timed, coalesce(sum(begin_s - latest_end) FILTER (begin_s - latest_end > 5), 0) AS silence_s
    FROM timed
    GROUP BY ALL
)
SELECT
    t.client, t.interaction_id,
    count(*) AS n_turns,
    max(t.end_s) AS last_end_s,
    any_value(g.n_timed) IS NOT DISTINCT FROM count(*) AS fully_timed,
    any_value(g.silence_s) AS silence_s,
    coalesce(bool_or(list_has_any(t.invalid, ['begin_s', 'end_s'])), false) AS span_invalid
FROM turns t
LEFT JOIN gaps g USING (client, interaction_id)
GROUP BY t.client, t.interaction_id

-- grain: closed case. Its first closing leg, and whether another contact of the case began later.
WITH closing AS (
    SELECT * FROM facts_leg
    WHERE case_closed AND case_id IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY client, case_id ORDER BY started_at, interaction_id) = 1
),
arrival AS (
    -- A contact comes to a case with the first of its legs that names the case.
    SELECT client, case_id, contact_key, min(started_at) AS arrived_at
    FROM facts_leg
    WHERE case_id IS NOT NULL
    GROUP BY ALL
),
later AS (
    SELECT c.client, c.case_id, min(a.arrived_at) AS next_at
    FROM closing c
    JOIN arrival a
        ON a.client = c.client AND a.case_id = c.case_id AND a.arrived_at > c.started_at AND a.contact_key <> c.contact_key
    GROUP BY ALL
)
SELECT c.*, epoch_us(c.started_at) AS started_us, epoch_us(l.next_at) AS next_us
FROM closing c
LEFT JOIN later l USING (client, case_id)
ORDER BY c.day, c.case_id

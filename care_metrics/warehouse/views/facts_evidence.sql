-- grain: leg with evidence. Points earned and possible per pillar, also by source; which rows count says evidence_row.
WITH by_pillar AS (
    FROM (SELECT client, interaction_id, pillar, source, possible, earned, invalid FROM evidence_row)
    PIVOT (
        sum(possible) AS possible,
        sum(earned) AS earned,
        count(CASE WHEN invalid THEN 1 END) AS n_invalid,
        -- CASE, as PIVOT ignores the FILTER of an aggregate.
        sum(CASE WHEN source = 'text' THEN possible END) AS text_possible,
        sum(CASE WHEN source = 'text' THEN earned END) AS text_earned,
        sum(CASE WHEN source = 'operational' THEN possible END) AS operational_possible,
        sum(CASE WHEN source = 'operational' THEN earned END) AS operational_earned
        FOR pillar IN ('empathy', 'proactivity', 'personalization', 'ownership', 'quality')
        GROUP BY client, interaction_id
    )
)
SELECT
    d.*,
    p.* EXCLUDE (
        client, interaction_id,
        quality_text_possible, quality_text_earned, quality_operational_possible, quality_operational_earned
    )
FROM by_pillar p
JOIN dimensions d USING (client, interaction_id)
ORDER BY d.day, d.interaction_id

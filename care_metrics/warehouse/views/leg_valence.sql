-- grain: leg with customer turns. Valence by quarter of the leg, for our model and for the source's own scores.
WITH placed AS (
    SELECT
        v.*,
        CASE WHEN d.duration_s > 0 AND v.begin_s IS NOT NULL
            THEN least(3, floor(4 * v.begin_s / d.duration_s)) END AS quarter
    FROM turn_valence v
    LEFT JOIN leg_duration d USING (client, interaction_id)
)
SELECT
    client, interaction_id,
    count(model_valence) AS model_n,
    avg(model_valence) AS model_mean,
    avg(model_valence) FILTER (quarter = 0) AS model_first,
    avg(model_valence) FILTER (quarter = 3) AS model_last,
    min(model_valence) AS model_lowest,
    count(supplied_valence) AS supplied_n,
    avg(supplied_valence) AS supplied_mean,
    avg(supplied_valence) FILTER (quarter = 0) AS supplied_first,
    avg(supplied_valence) FILTER (quarter = 3) AS supplied_last,
    min(supplied_valence) AS supplied_lowest,
    count(*) FILTER (supplied_invalid) AS supplied_n_invalid
FROM placed
GROUP BY client, interaction_id

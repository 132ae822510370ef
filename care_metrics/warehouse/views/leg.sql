-- grain: leg. facts_leg with the valence that counts under the setting sentiment_source.
SELECT
    *,
    CASE WHEN setting_sentiment_source() = 'supplied' OR coalesce(model_n, 0) = 0 THEN 'supplied' ELSE 'model' END AS valence_source,
    CASE valence_source WHEN 'model' THEN model_mean ELSE supplied_mean END AS valence_mean,
    CASE valence_source WHEN 'model' THEN model_n ELSE supplied_n END AS valence_n,
    -- One scored turn tells no start and no end (kpis.md 1.2).
    CASE WHEN valence_n > 1 THEN CASE valence_source WHEN 'model' THEN model_first ELSE supplied_first END END AS valence_first,
    CASE WHEN valence_n > 1 THEN CASE valence_source WHEN 'model' THEN model_last ELSE supplied_last END END AS valence_last,
    CASE valence_source WHEN 'model' THEN model_lowest ELSE supplied_lowest END AS valence_lowest,
    valence_source = 'supplied' AND coalesce(supplied_n_invalid, 0) > 0 AS valence_invalid
FROM facts_leg

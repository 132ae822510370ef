-- grain: customer turn. The valence our current model gave it and the one its source supplied, apart.
SELECT
    t.client,
    t.interaction_id,
    t.turn_no,
    t.begin_s,
    s.valence AS model_valence,
    t.valence AS supplied_valence,
    list_contains(t.invalid, 'valence') AS supplied_invalid
FROM turns t
LEFT JOIN current_scores s
    ON s.client = t.client AND s.interaction_id = t.interaction_id AND s.turn_no = t.turn_no AND s.text_md5 = md5(t.text)
WHERE t.speaker = 'customer'

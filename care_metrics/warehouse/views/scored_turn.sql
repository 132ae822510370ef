-- grain: customer turn with a valence. The one that counts, our model's before its source's, and how many words the turn has.
SELECT
    t.client,
    t.interaction_id,
    t.turn_no,
    coalesce(s.valence, t.valence) AS valence,
    array_length(string_split_regex(trim(t.text), '\s+')) AS n_words
FROM turns t
LEFT JOIN current_scores s
    ON s.client = t.client AND s.interaction_id = t.interaction_id AND s.turn_no = t.turn_no AND s.text_md5 = md5(t.text)
WHERE t.speaker = 'customer' AND coalesce(s.valence, t.valence) IS NOT NULL

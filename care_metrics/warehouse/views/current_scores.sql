-- grain: scored turn. The scores of the model revisions that are current, one a set of languages; a later score of the same text replaces an earlier one.
SELECT client, interaction_id, turn_no, text_md5, valence, negative, neutral, positive
FROM scores
WHERE revision IN (SELECT revision FROM current_revision) AND valence IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY client, interaction_id, turn_no, text_md5 ORDER BY scored_at DESC) = 1

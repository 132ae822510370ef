-- grain: leg (one row of interactions). Measures are null where missing or invalid; *_invalid says which of the two.
SELECT
    d.*,
    i.ended_at, i.source_url, i.proactive, i.complaint,
    i.queue_s, list_contains(i.invalid, 'queue_s') AS queue_invalid,
    i.talk_s, list_contains(i.invalid, 'talk_s') AS talk_invalid,
    i.hold_s, list_contains(i.invalid, 'hold_s') AS hold_invalid,
    i.acw_s, list_contains(i.invalid, 'acw_s') AS acw_invalid,
    i.talk_s + i.hold_s + i.acw_s AS handle_s,
    list_has_any(i.invalid, ['talk_s', 'hold_s', 'acw_s']) AS handle_invalid,
    i.transfers, list_contains(i.invalid, 'transfers') AS transfers_invalid,
    i.escalated, list_contains(i.invalid, 'escalated') AS escalated_invalid,
    i.case_closed,
    i.follow_up_promised, i.follow_up_due_at, i.follow_up_kept,
    list_contains(i.invalid, 'follow_up_kept') AS follow_up_invalid,
    n.duration_s,
    p.n_turns, p.fully_timed, p.silence_s, coalesce(p.span_invalid, false) AS span_invalid,
    v.* EXCLUDE (client, interaction_id)
FROM dimensions d
JOIN interactions i USING (client, interaction_id)
LEFT JOIN leg_duration n USING (client, interaction_id)
LEFT JOIN leg_span p USING (client, interaction_id)
LEFT JOIN leg_valence v USING (client, interaction_id)
ORDER BY d.day, d.interaction_id

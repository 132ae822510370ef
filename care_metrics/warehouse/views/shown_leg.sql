-- grain: leg. The share of each pillar's text points that was earned in the leg and in all legs of its contact; null without an opportunity.
WITH by_leg AS (
    SELECT
        client, interaction_id,
        sum(empathy_text_earned) / nullif(sum(empathy_text_possible), 0) AS empathy,
        sum(proactivity_text_earned) / nullif(sum(proactivity_text_possible), 0) AS proactivity,
        sum(personalization_text_earned) / nullif(sum(personalization_text_possible), 0) AS personalization,
        sum(ownership_text_earned) / nullif(sum(ownership_text_possible), 0) AS ownership
    FROM facts_evidence
    GROUP BY client, interaction_id
),
by_contact AS (
    SELECT
        client, contact_key,
        sum(empathy_text_earned) / nullif(sum(empathy_text_possible), 0) AS empathy,
        sum(proactivity_text_earned) / nullif(sum(proactivity_text_possible), 0) AS proactivity,
        sum(personalization_text_earned) / nullif(sum(personalization_text_possible), 0) AS personalization,
        sum(ownership_text_earned) / nullif(sum(ownership_text_possible), 0) AS ownership
    FROM facts_evidence
    GROUP BY client, contact_key
)
SELECT
    l.client, l.interaction_id, l.reason, l.channel,
    coalesce(l.agent_id, l.interaction_id) AS agent,
    l.valence_lowest <= setting_low_sentiment() AS was_low,
    -- Without a word on whether the case was closed, later contacts decide whether it was left open.
    l.case_id IS NULL OR l.case_closed IS NOT NULL AS closing_known,
    coalesce(l.follow_up_promised, false) OR coalesce(l.escalated, false) OR coalesce(l.transfers > 0, false) AS left_open,
    a.empathy AS empathy_in_leg, a.proactivity AS proactivity_in_leg, a.personalization AS personalization_in_leg, a.ownership AS ownership_in_leg,
    b.empathy AS empathy_in_contact, b.proactivity AS proactivity_in_contact, b.personalization AS personalization_in_contact, b.ownership AS ownership_in_contact
FROM leg l
LEFT JOIN by_leg a USING (client, interaction_id)
LEFT JOIN by_contact b ON b.client = l.client AND b.contact_key = l.contact_key

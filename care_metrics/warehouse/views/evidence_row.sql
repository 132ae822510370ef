-- grain: row of evidence, ingested or derived. earned is what counts: text credit needs a cited turn that an agent spoke.
WITH every AS (
    SELECT
        client, interaction_id, pillar, behaviour, earned, possible, turn_no, event_id,
        CASE WHEN list_contains(invalid, 'source') THEN NULL ELSE coalesce(source, 'text') END AS source,
        list_contains(invalid, 'source') AS unknown_source, false AS withdrawn, false AS derived
    FROM evidence
    UNION ALL BY NAME
    SELECT
        client, interaction_id, pillar, behaviour, earned, possible, turn_no, event_id, source,
        false AS unknown_source, coalesce(withdrawn, false) AS withdrawn, true AS derived,
        reason, revision, confidence, gate_turn_no
    FROM derived_evidence
),
-- Only turns that something cites: of all turns of agents there are too many to hold.
agent_turn AS (
    SELECT DISTINCT t.client, t.interaction_id, t.turn_no
    FROM turns t
    SEMI JOIN every e ON e.client = t.client AND e.interaction_id = t.interaction_id AND e.turn_no = t.turn_no
    WHERE t.speaker = 'agent'
),
checked AS (
    SELECT
        e.*,
        e.earned IS NULL OR e.possible IS NULL OR e.unknown_source AS unreadable,
        CASE coalesce(e.source, 'text')
            WHEN 'text' THEN t.turn_no IS NOT NULL
            WHEN 'operational' THEN e.event_id IS NOT NULL
            ELSE true
        END AS supported,
        -- An accepted dispute about a row without credit: nothing was lost there, and nothing earned without a turn that shows it.
        e.withdrawn AND e.earned = 0 AS void
    FROM every e
    LEFT JOIN agent_turn t ON t.client = e.client AND t.interaction_id = e.interaction_id AND t.turn_no = e.turn_no
)
SELECT
    client, interaction_id, behaviour, source, turn_no, event_id, derived, withdrawn, supported,
    reason, revision, confidence, gate_turn_no,
    pillar AS about,
    -- A human scorecard item never enters a pillar.
    CASE WHEN source = 'human' THEN 'quality' ELSE pillar END AS pillar,
    CASE WHEN NOT unreadable AND NOT coalesce(void, false) THEN possible END AS possible,
    -- Credit that nothing supports, or that an accepted dispute withdrew, stays possible and is not earned.
    CASE WHEN NOT unreadable AND NOT coalesce(void, false) THEN
        CASE WHEN supported AND NOT withdrawn THEN earned ELSE 0 END
    END AS earned,
    unreadable OR (NOT supported AND earned > 0) AS invalid
FROM checked
-- A quality item that no human gave enters nothing.
WHERE pillar <> 'quality' OR source = 'human'

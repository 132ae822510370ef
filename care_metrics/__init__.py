"""care_metrics: the care a contact centre gives, with evidence, beside the efficiency-only metrics."""

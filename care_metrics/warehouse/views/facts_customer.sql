-- grain: membership. Who was a customer from when to when; customers without a contact stay in.
SELECT
    c.client, c.customer_id, c.start_at, c.end_at, list_contains(c.invalid, 'end_at') AS end_invalid,
    c.segment, c.country, c.language, c.preferred_channel, c.monthly_value, c.currency, c.opt_out,
    timezone(z.timezone, c.start_at) AS start_local,
    timezone(z.timezone, c.end_at) AS end_local
FROM customers c
JOIN clients z ON z.client = c.client
ORDER BY c.customer_id, c.start_at

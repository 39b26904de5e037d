-- Capacity by country, segment and start year: what operates, what is planned, and what is not said to be either.
--
-- Totals are left out, so nothing is counted twice within a document. A facility that two documents report is
-- counted twice: compare facilities with names in capacity_parts before adding up a large set.
CREATE VIEW capacity_by_country AS
SELECT
    country,
    segment,
    start_year,
    unit,
    per,
    sum(amount) AS amount,
    sum(amount) FILTER (stage = 'operating') AS operating,
    sum(amount) FILTER (stage = 'planned') AS planned,
    sum(amount) FILTER (stage IS NULL) AS not_said,
    count(DISTINCT (doc_id, facility_id)) AS facilities
FROM capacity_parts
WHERE NOT is_total
GROUP BY country, segment, start_year, unit, per
ORDER BY country, segment, start_year, unit, per;

-- Investment per unit of capacity, one row a facility and unit: "37 million USD per GWh a year".
--
-- The capacity is the facility's total where one is stated, else the sum of its capacities in that unit; their
-- number stands beside it, because a sum over phases may be more than the investment is for.
CREATE VIEW investment_per_capacity AS
WITH sizes AS (
    SELECT
        doc_id,
        facility_id,
        unit,
        per,
        coalesce(max(amount) FILTER (is_total), sum(amount)) AS capacity,
        count(*) FILTER (NOT is_total) AS capacities
    FROM capacity_parts
    GROUP BY doc_id, facility_id, unit, per
)
SELECT
    facilities.doc_id,
    facilities.facility_id,
    facilities.name,
    facilities.operator,
    facilities.country,
    facilities.segment,
    investment,
    investment_unit AS currency,
    capacity,
    unit,
    per,
    capacities,
    investment / nullif(capacity, 0) AS investment_per_unit,
    investment_usd / nullif(capacity, 0) AS usd_per_unit,
    investment_bound AS bound
FROM facilities
JOIN sizes USING (doc_id, facility_id)
WHERE investment IS NOT NULL
ORDER BY segment, unit, country, facilities.doc_id, facilities.facility_id;

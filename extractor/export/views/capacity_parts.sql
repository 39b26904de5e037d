-- Every capacity beside its facility, in units that are handy to read, and whether it is a total.
--
-- Of three capacities or more, one that is the sum of the others (60,000 t and 90,000 t beside 150,000 t) is a
-- total, and so is one that the check parts_make_total has compared as a total, even where its parts do not make
-- it: leave out the rows with is_total where amounts are added. A capacity without a period is taken as yearly, but for those of
-- storage projects: facilities of that segment, or with a power. The start is the first year of a milestone
-- production_start.
CREATE MACRO handy_unit(base_unit) AS
    CASE base_unit WHEN 'Wh' THEN 'GWh' WHEN 'W' THEN 'MW' WHEN 'kg' THEN 't' ELSE base_unit END;
CREATE MACRO handy_amount(base_value, base_unit) AS
    base_value / CASE base_unit WHEN 'Wh' THEN 1e9 WHEN 'W' THEN 1e6 WHEN 'kg' THEN 1e3 ELSE 1 END;

CREATE VIEW capacity_parts AS
WITH starts AS (
    SELECT doc_id, facility_id, min(year(when_start_date)) AS start_year
    FROM milestones
    WHERE event = 'production_start'
    GROUP BY doc_id, facility_id
),
storage AS (
    SELECT doc_id, facility_id, TRUE AS is_storage FROM facilities WHERE segment = 'energy_storage'
    UNION
    SELECT doc_id, facility_id, TRUE FROM capacities WHERE base_unit = 'W'
),
totals AS (
    SELECT DISTINCT doc_id, base_unit, max(base_value) AS base_value, TRUE AS is_compared
    FROM problems
    JOIN problem_figures USING (doc_id, problem_id)
    JOIN figures USING (doc_id, figure)
    WHERE rule = 'parts_make_total'
    GROUP BY doc_id, problem_id, base_unit
),
parts AS (
    SELECT
        capacities.* EXCLUDE (per),
        facilities.operator,
        facilities.country,
        facilities.segment,
        facilities.status,
        starts.start_year,
        coalesce(is_compared, FALSE) AS is_compared,
        CASE
            WHEN capacities.per IS NOT NULL THEN capacities.per
            WHEN is_storage IS NULL THEN 'year'
        END AS per
    FROM capacities
    JOIN facilities USING (doc_id, facility_id)
    LEFT JOIN starts USING (doc_id, facility_id)
    LEFT JOIN storage USING (doc_id, facility_id)
    LEFT JOIN totals USING (doc_id, base_unit, base_value)
)
SELECT
    doc_id,
    facility_id,
    facility_name,
    operator,
    country,
    segment,
    status,
    start_year,
    product,
    stage,
    handy_amount(base_value, base_unit) AS amount,
    handy_unit(base_unit) AS unit,
    per,
    bound,
    count(*) OVER alike > 2 AND (
        is_compared OR abs(sum(base_value) OVER alike - 2 * base_value) <= 0.01 * base_value
    ) AS is_total,
    text,
    figure
FROM parts
WINDOW alike AS (PARTITION BY doc_id, facility_id, base_unit, per);

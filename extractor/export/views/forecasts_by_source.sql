-- Forecasts by who says so: what is measured, for which year, and the words that it stands in.
--
-- The year is the last of the period; since_year is the first of a growth period. Where nobody is named, the
-- forecaster is null and the document's source is what there is.
CREATE VIEW forecasts_by_source AS
SELECT
    forecaster,
    coalesce(documents.title, documents.source) AS document,
    documents.published,
    metric,
    subject,
    region,
    year(when_end_date) AS year,
    year(since_start_date) AS since_year,
    handy_amount(base_value, base_unit) AS amount,
    handy_unit(base_unit) AS unit,
    value_usd AS usd,
    per,
    bound,
    change,
    basis,
    forecasts.text,
    doc_id,
    forecast_id
FROM forecasts
JOIN documents USING (doc_id)
ORDER BY forecaster NULLS LAST, metric, subject, year, doc_id, forecast_id;

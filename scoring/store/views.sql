-- The effective finding of each leaf: a person's decision stands as long as the machine still says what that person saw.
-- Built on the keys, so that a filter on period and unit reaches the tables below.
CREATE OR REPLACE VIEW latest_finding AS
SELECT * EXCLUDE (n) FROM (SELECT *, row_number() OVER (PARTITION BY period_id, unit_id, code ORDER BY seq DESC) AS n FROM finding) WHERE n = 1;

CREATE OR REPLACE VIEW latest_review AS
SELECT * EXCLUDE (n) FROM (SELECT *, row_number() OVER (PARTITION BY period_id, unit_id, code ORDER BY seq DESC) AS n FROM review) WHERE n = 1;

CREATE OR REPLACE VIEW effective_finding AS
SELECT
    k.period_id, k.unit_id, k.code,
    greatest(coalesce(f.seq, 0), coalesce(r.seq, 0)) AS seq,
    f.seq AS finding_seq, f.run_id, f.rule_version, f.outcome AS machine_outcome, f.ratio AS machine_ratio, f.reason_code, f.params, f.evidence, f.input_sha,
    r.seq AS review_seq, r.finding_seq AS review_of, r.outcome AS review_outcome, r.ratio AS review_ratio, r.level, r.points, r.why, r.by_name, r.at_utc AS review_at,
    r.seq IS NOT NULL AND (
        f.seq IS NULL OR (
            b.outcome IS NOT DISTINCT FROM f.outcome AND b.ratio IS NOT DISTINCT FROM f.ratio AND b.reason_code IS NOT DISTINCT FROM f.reason_code
        )
    ) AS reviewed
FROM (SELECT period_id, unit_id, code FROM finding UNION SELECT period_id, unit_id, code FROM review) k
LEFT JOIN latest_finding f ON f.period_id = k.period_id AND f.unit_id = k.unit_id AND f.code = k.code
LEFT JOIN latest_review r ON r.period_id = k.period_id AND r.unit_id = k.unit_id AND r.code = k.code
LEFT JOIN finding b ON b.period_id = r.period_id AND b.unit_id = r.unit_id AND b.code = r.code AND b.seq = r.finding_seq;

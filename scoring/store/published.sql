-- One published file: a period at one revision, complete in itself. Decimals are exact text, lists and maps JSON text.
CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE period_group (group_name VARCHAR PRIMARY KEY, position INTEGER NOT NULL, edition_id VARCHAR NOT NULL, edition_sha VARCHAR NOT NULL, yaml VARCHAR NOT NULL);
CREATE TABLE period_unit (
    unit_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, group_name VARCHAR NOT NULL, level VARCHAR NOT NULL, parent_id VARCHAR NOT NULL,
    position INTEGER NOT NULL, duties VARCHAR NOT NULL
);
CREATE TABLE effective_finding (
    period_id VARCHAR, unit_id VARCHAR, code VARCHAR, seq INTEGER, finding_seq INTEGER, run_id VARCHAR, rule_version VARCHAR, machine_outcome VARCHAR,
    machine_ratio VARCHAR, reason_code VARCHAR, params VARCHAR, evidence VARCHAR, input_sha VARCHAR, review_seq INTEGER, review_of INTEGER,
    review_outcome VARCHAR, review_ratio VARCHAR, level VARCHAR, points VARCHAR, why VARCHAR, by_name VARCHAR, review_at TIMESTAMP, reviewed BOOLEAN
);
CREATE TABLE total (
    unit_id VARCHAR PRIMARY KEY, total VARCHAR NOT NULL, lower VARCHAR NOT NULL, upper VARCHAR NOT NULL, coverage VARCHAR NOT NULL, grade VARCHAR,
    rank INTEGER, veto VARCHAR NOT NULL, veto_open VARCHAR NOT NULL, dimensions VARCHAR NOT NULL
);
CREATE TABLE node (
    unit_id VARCHAR, code VARCHAR, lower VARCHAR NOT NULL, upper VARCHAR NOT NULL, total VARCHAR NOT NULL, weight VARCHAR NOT NULL,
    observed VARCHAR NOT NULL, applicable VARCHAR NOT NULL, PRIMARY KEY (unit_id, code)
);
CREATE TABLE leaf_points (unit_id VARCHAR, code VARCHAR, points VARCHAR, "full" VARCHAR NOT NULL, PRIMARY KEY (unit_id, code));

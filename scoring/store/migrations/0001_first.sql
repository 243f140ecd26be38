-- The entities of DESIGN §7 used so far. Instants are UTC without zone, ratios and points exact decimals as text, lists and maps JSON text.
-- Tables marked + are append-only: rows are never updated or deleted; `seq` grows by one per (period, unit, code) over finding+ and review+ together.

CREATE TABLE unit (
    unit_id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, group_name VARCHAR NOT NULL, level VARCHAR NOT NULL, parent_id VARCHAR NOT NULL,
    position INTEGER NOT NULL, duties VARCHAR NOT NULL, valid_from DATE, valid_to DATE, predecessor VARCHAR
);
CREATE TABLE site (
    site_id VARCHAR PRIMARY KEY, home VARCHAR NOT NULL, id_code VARCHAR NOT NULL, simulated BOOLEAN NOT NULL,
    entry VARCHAR NOT NULL  -- the register's entry as JSON
);
CREATE TABLE scope (
    unit_id VARCHAR PRIMARY KEY, site_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, entry VARCHAR NOT NULL, value VARCHAR NOT NULL
);
CREATE TABLE run (
    run_id VARCHAR PRIMARY KEY, as_of DATE NOT NULL, started TIMESTAMP NOT NULL, finished TIMESTAMP NOT NULL, plan_sha VARCHAR NOT NULL,
    engine VARCHAR NOT NULL, origin VARCHAR NOT NULL, path VARCHAR NOT NULL, sha VARCHAR NOT NULL, ingested TIMESTAMP NOT NULL
);
CREATE TABLE observation (
    run_id VARCHAR NOT NULL, site_id VARCHAR NOT NULL, status VARCHAR NOT NULL, looked VARCHAR NOT NULL, pages INTEGER NOT NULL,
    failures INTEGER NOT NULL, sha VARCHAR NOT NULL, PRIMARY KEY (run_id, site_id)
);
CREATE TABLE snapshot (
    run_id VARCHAR NOT NULL, site_id VARCHAR NOT NULL, seq INTEGER NOT NULL, url VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL, status VARCHAR NOT NULL,
    http INTEGER, sha VARCHAR NOT NULL, "offset" BIGINT NOT NULL, "length" BIGINT NOT NULL
);
CREATE TABLE sighting (
    run_id VARCHAR NOT NULL, site_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, key VARCHAR NOT NULL, name VARCHAR NOT NULL, match VARCHAR,
    url VARCHAR NOT NULL, items INTEGER NOT NULL, newest DATE, confirmed BOOLEAN NOT NULL, page_state VARCHAR, snapshot_seq INTEGER
);
CREATE TABLE edition (edition_sha VARCHAR PRIMARY KEY, edition_id VARCHAR NOT NULL, title VARCHAR NOT NULL, yaml VARCHAR NOT NULL, parent_sha VARCHAR);
CREATE TABLE indicator (
    edition_sha VARCHAR NOT NULL, code VARCHAR NOT NULL, part VARCHAR NOT NULL,  -- part: index, veto, deduction, bonus
    parent VARCHAR NOT NULL, position INTEGER NOT NULL, title VARCHAR NOT NULL, weight VARCHAR NOT NULL, kind VARCHAR, rule VARCHAR NOT NULL,
    params VARCHAR NOT NULL, dimension VARCHAR, needs VARCHAR NOT NULL, basis VARCHAR NOT NULL, fix VARCHAR NOT NULL, responsible VARCHAR NOT NULL,
    PRIMARY KEY (edition_sha, code)
);
CREATE TABLE period (
    period_id VARCHAR PRIMARY KEY, title VARCHAR NOT NULL, start_date DATE NOT NULL, end_date DATE NOT NULL, cutoff DATE, state VARCHAR NOT NULL
);
CREATE TABLE period_group (period_id VARCHAR NOT NULL, group_name VARCHAR NOT NULL, position INTEGER NOT NULL, edition_sha VARCHAR NOT NULL, PRIMARY KEY (period_id, group_name));
CREATE TABLE period_unit (
    period_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, name VARCHAR NOT NULL, group_name VARCHAR NOT NULL, level VARCHAR NOT NULL,
    parent_id VARCHAR NOT NULL, position INTEGER NOT NULL, duties VARCHAR NOT NULL, site_id VARCHAR NOT NULL, PRIMARY KEY (period_id, unit_id)
);
CREATE TABLE finding (  -- +
    period_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL, seq INTEGER NOT NULL, run_id VARCHAR NOT NULL, rule VARCHAR NOT NULL,
    rule_version VARCHAR NOT NULL, outcome VARCHAR NOT NULL, ratio VARCHAR, reason_code VARCHAR NOT NULL, params VARCHAR NOT NULL,
    evidence VARCHAR NOT NULL, input_sha VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL
);
CREATE TABLE review (  -- +
    period_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL, seq INTEGER NOT NULL, finding_seq INTEGER NOT NULL,
    slot VARCHAR NOT NULL, outcome VARCHAR NOT NULL, ratio VARCHAR, level VARCHAR, points VARCHAR, why VARCHAR NOT NULL, by_name VARCHAR NOT NULL,
    at_utc TIMESTAMP NOT NULL
);
CREATE TABLE revision (
    period_id VARCHAR NOT NULL, n INTEGER NOT NULL, reason VARCHAR NOT NULL, digest VARCHAR NOT NULL, editions VARCHAR NOT NULL,
    engine VARCHAR NOT NULL, file VARCHAR, at_utc TIMESTAMP NOT NULL, PRIMARY KEY (period_id, n)
);
CREATE TABLE score (
    period_id VARCHAR NOT NULL, revision INTEGER NOT NULL, unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL,  -- code '' is the unit's total
    lower VARCHAR NOT NULL, upper VARCHAR NOT NULL, total VARCHAR NOT NULL, coverage VARCHAR
);
CREATE TABLE job (job_id VARCHAR PRIMARY KEY, kind VARCHAR NOT NULL, owner VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, title VARCHAR NOT NULL, started TIMESTAMP NOT NULL);
CREATE SEQUENCE audit_seq;
CREATE TABLE audit (  -- +
    seq BIGINT DEFAULT nextval('audit_seq'), at_utc TIMESTAMP NOT NULL, actor VARCHAR NOT NULL, role VARCHAR NOT NULL, action VARCHAR NOT NULL,
    object VARCHAR NOT NULL, before VARCHAR NOT NULL, after VARCHAR NOT NULL
);

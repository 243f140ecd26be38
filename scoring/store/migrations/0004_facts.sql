-- Facts that no single crawl gives (DESIGN §7): availability samples, the case log of mock applications, imported values; what a run says of the home page.
-- Tables marked + are append-only. Days are Asia/Shanghai, instants UTC without zone.

ALTER TABLE observation ADD COLUMN home_newest DATE;
ALTER TABLE observation ADD COLUMN home_snapshot INTEGER;

CREATE TABLE probe_file (name VARCHAR PRIMARY KEY, size BIGINT NOT NULL, damaged INTEGER NOT NULL, taken TIMESTAMP NOT NULL);
CREATE TABLE probe_round (  -- +  one round over all sites; `valid` false: the prober itself was at fault (无效), and `why`
    round_id VARCHAR PRIMARY KEY, day DATE NOT NULL, vantage VARCHAR NOT NULL, started TIMESTAMP NOT NULL, finished TIMESTAMP NOT NULL,
    valid BOOLEAN NOT NULL, why VARCHAR NOT NULL, controls VARCHAR NOT NULL
);
CREATE TABLE probe (  -- +  seconds: exact decimal text
    round_id VARCHAR NOT NULL, site_id VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL, status VARCHAR NOT NULL, http INTEGER, seconds VARCHAR NOT NULL
);
CREATE TABLE request_case (  -- +  依申请公开模拟测试台账: each row is the case as it stands from `seq` on; a correction is a further row with its reason
    case_id VARCHAR NOT NULL, seq INTEGER NOT NULL, unit_id VARCHAR NOT NULL, applied DATE NOT NULL, channel VARCHAR NOT NULL, what VARCHAR NOT NULL,
    registered DATE, supplement DATE, supplemented DATE, extended DATE, consult_from DATE, consult_to DATE, answered DATE, served DATE, served_right BOOLEAN,
    regular VARCHAR, notes VARCHAR NOT NULL, attachments VARCHAR NOT NULL, withdrawn BOOLEAN NOT NULL, why VARCHAR NOT NULL, by_name VARCHAR NOT NULL,
    at_utc TIMESTAMP NOT NULL, PRIMARY KEY (case_id, seq)
);
CREATE TABLE import_value (  -- +  the newest seq of (period, unit, source, code) is in force
    period_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, source VARCHAR NOT NULL, code VARCHAR NOT NULL, seq INTEGER NOT NULL, value VARCHAR, level VARCHAR NOT NULL,
    weight VARCHAR NOT NULL, file VARCHAR NOT NULL, file_sha VARCHAR NOT NULL, row INTEGER NOT NULL, by_name VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL,
    PRIMARY KEY (period_id, unit_id, source, code, seq)
);

-- What an index is composed of beyond its tree, and units that were merged, split or are 暂不纳入.
ALTER TABLE unit ADD COLUMN predecessors VARCHAR DEFAULT '[]';
ALTER TABLE period_unit ADD COLUMN predecessors VARCHAR DEFAULT '[]';
ALTER TABLE period_unit ADD COLUMN excluded VARCHAR DEFAULT '';  -- the reason; empty: assessed
CREATE TABLE part_score (  -- +  imported scores of parts; the newest seq of (period, unit, code) is in force; value NULL: 不涉及
    period_id VARCHAR NOT NULL, unit_id VARCHAR NOT NULL, code VARCHAR NOT NULL, seq INTEGER NOT NULL, value VARCHAR, file VARCHAR NOT NULL, file_sha VARCHAR NOT NULL,
    row INTEGER NOT NULL, by_name VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL, PRIMARY KEY (period_id, unit_id, code, seq)
);

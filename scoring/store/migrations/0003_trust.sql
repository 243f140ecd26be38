-- What makes a result trustworthy: who closed a revision, how much of it was published, why it was opened again, who read a 送审稿, and the year's stages.
ALTER TABLE revision ADD COLUMN by_name VARCHAR DEFAULT '';
ALTER TABLE revision ADD COLUMN disclosure VARCHAR;
CREATE TABLE reopening (  -- +
    period_id VARCHAR NOT NULL, n INTEGER NOT NULL, reason VARCHAR NOT NULL, by_name VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL  -- n: the revision set aside
);
CREATE TABLE submission (  -- +
    period_id VARCHAR NOT NULL, n INTEGER NOT NULL, approvers VARCHAR NOT NULL, note VARCHAR NOT NULL, digest VARCHAR NOT NULL, file VARCHAR NOT NULL,
    by_name VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL, PRIMARY KEY (period_id, n)
);
CREATE TABLE submission_reading (  -- +
    period_id VARCHAR NOT NULL, n INTEGER NOT NULL, reader VARCHAR NOT NULL, what VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL
);
CREATE TABLE stage (  -- +
    period_id VARCHAR NOT NULL, seq INTEGER NOT NULL, stage VARCHAR NOT NULL, note VARCHAR NOT NULL, by_name VARCHAR NOT NULL, at_utc TIMESTAMP NOT NULL,
    PRIMARY KEY (period_id, seq)
);

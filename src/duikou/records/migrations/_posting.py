"""The posting table by hand: Django has no composite foreign keys, and these two carry the promise."""

DDL = """
DROP TABLE records_posting;
CREATE TABLE records_posting (
    number bigint NOT NULL PRIMARY KEY,
    entry_id bigint NOT NULL,
    position_id bigint NOT NULL REFERENCES records_position (number) DEFERRABLE INITIALLY DEFERRED,
    sequence integer NOT NULL CONSTRAINT posting_from_one CHECK (sequence >= 1),
    sign smallint NOT NULL CONSTRAINT posting_sign CHECK (sign IN (-1, 1)),
    amount bigint NOT NULL CONSTRAINT posting_amount_positive CHECK (amount > 0),
    balance bigint NOT NULL CONSTRAINT posting_not_overdrawn CHECK (balance >= 0),
    before_sequence integer NULL,
    before_balance bigint NULL,
    CONSTRAINT posting_once UNIQUE (position_id, sequence),
    CONSTRAINT posting_side_once UNIQUE (entry_id, sign),
    CONSTRAINT posting_balance_once UNIQUE (position_id, sequence, balance),
    CONSTRAINT posting_follows CHECK (
        (sequence = 1 AND before_sequence IS NULL AND before_balance IS NULL AND balance = sign * amount)
        OR (sequence > 1 AND before_sequence IS NOT NULL AND before_balance IS NOT NULL
            AND before_sequence = sequence - 1 AND balance = before_balance + sign * amount)),
    CONSTRAINT posting_of_entry FOREIGN KEY (entry_id, amount)
        REFERENCES records_entry (record_id, amount) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT posting_after FOREIGN KEY (position_id, before_sequence, before_balance)
        REFERENCES records_posting (position_id, sequence, balance) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX posting_of_entry_index ON records_posting (entry_id);
"""

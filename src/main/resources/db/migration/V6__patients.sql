-- Who a surviving patient is, as the message of its merge says; sealed under the subject's key. Queries answer with it.
CREATE TABLE patient_demographics (
  subject VARCHAR(32) NOT NULL PRIMARY KEY REFERENCES subject (id),
  details BYTEA NOT NULL
);

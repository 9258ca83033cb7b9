-- What joins reports to the films of their orders, and what completion knows of senders and orders.

-- Order numbers of reports, keyed HMACs as everywhere; films have theirs in dicom_object.
CREATE TABLE report_number (
  number VARCHAR(32) NOT NULL,
  instance VARCHAR(32) NOT NULL REFERENCES instance (id),
  subject VARCHAR(32) NOT NULL REFERENCES subject (id),
  PRIMARY KEY (instance, number)
);
CREATE INDEX report_number_subject ON report_number (subject);

-- Business identifiers of what is no DICOM object, keyed HMACs: of FHIR reports, and names of studies.
CREATE TABLE instance_identifier (
  identifier VARCHAR(32) NOT NULL,
  instance VARCHAR(32) NOT NULL REFERENCES instance (id),
  subject VARCHAR(32) NOT NULL REFERENCES subject (id),
  PRIMARY KEY (instance, identifier)
);
CREATE INDEX instance_identifier_identifier ON instance_identifier (identifier);
CREATE INDEX instance_identifier_subject ON instance_identifier (subject);

-- Keyed HMAC of the AE title that sent the study's last object.
ALTER TABLE study_completion ADD COLUMN ae VARCHAR(32);
-- How many of the arrivals are reports: announced numbers do not count them.
ALTER TABLE study_completion ADD COLUMN reports INTEGER DEFAULT 0 NOT NULL;
-- How many instances the study's order says.
ALTER TABLE study_completion ADD COLUMN ordered INTEGER;

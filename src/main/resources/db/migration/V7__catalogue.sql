-- What the catalogue's queries need to touch few rows: the objects of a patient in order, and every object with a
-- Patient ID whatever its issuer (keyed HMAC; empty if it has none, null until an older version's row was looked at).

ALTER TABLE dicom_object ADD COLUMN patient_id VARCHAR(32);
CREATE INDEX dicom_object_patient_id ON dicom_object (patient_id);
CREATE INDEX dicom_object_subject_seq ON dicom_object (subject, seq);

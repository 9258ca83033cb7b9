package io.precordia.workspace.exports;

import io.precordia.dicom.deid.ObjectIdentifiers;
import io.precordia.ingest.Part;
import io.precordia.report.Deidentifier;
import io.precordia.report.Hl7Identifiers;
import io.precordia.report.KnownIdentifiers;
import io.precordia.store.InstanceRecord;
import io.precordia.workspace.Records;

/**
 * Words of reports as they may be shared: without what their own file says of the patient and the
 * people around, and without what looks like an identifier. Thread-safe.
 */
final class SharedTexts {
  private final Records records;
  private final Deidentifier patterns = new Deidentifier();

  SharedTexts(Records records) {
    this.records = records;
  }

  String of(InstanceRecord instance, String text) {
    String out = text;
    for (Part part : records.files(instance.id())) {
      KnownIdentifiers known =
          instance.format().equals("dicom")
              ? ObjectIdentifiers.of(part.bytes())
              : Hl7Identifiers.of(part.bytes());
      out = known.redact(out);
    }
    return patterns.redactStrictly(out);
  }
}

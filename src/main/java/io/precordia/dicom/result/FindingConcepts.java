package io.precordia.dicom.result;

import io.precordia.terminology.FindingCodes;

/** Findings as coded concepts of DICOM, by the table that all doors share. Immutable. */
final class FindingConcepts {
  private final FindingCodes codes = FindingCodes.load();

  Code of(String fact) {
    var code = codes.of(fact).preferred();
    return code.scheme().equals(Code.OWN_SCHEME)
        ? Code.own(code.value(), code.meaning())
        : new Code(code.value(), code.scheme(), code.meaning());
  }
}

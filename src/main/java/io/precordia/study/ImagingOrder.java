package io.precordia.study;

/**
 * What was ordered: context of a study before and after it comes. Patient data: it is never logged.
 * Absent values are empty.
 *
 * @param placer placer order number (ORC-2)
 * @param filler filler order number (ORC-3)
 * @param accession accession number (IPC-1, OBR-18)
 * @param studyUid Study Instance UID (IPC-3, ZDS-1)
 * @param requestedProcedure requested procedure id (IPC-2, OBR-19)
 * @param code code of the procedure (OBR-4.1)
 * @param meaning its meaning (OBR-4.2)
 * @param scheme its coding scheme (OBR-4.3)
 * @param modality modality (IPC-5) or section (OBR-24)
 * @param scheduled scheduled time as HL7 writes it
 * @param expected instances that it says, or its procedure is known to make; 0 if not known
 * @param steps scheduled procedure steps of the order, at least 1
 * @param cancelled whether the order was cancelled
 */
public record ImagingOrder(
    String placer,
    String filler,
    String accession,
    String studyUid,
    String requestedProcedure,
    String code,
    String meaning,
    String scheme,
    String modality,
    String scheduled,
    int expected,
    int steps,
    boolean cancelled) {}

package io.precordia.ingest;

/** Kinds of files, judged by content. */
public enum FileType {
  EMPTY("empty"),
  DICOM("dicom"),
  IMAGE("image"),
  ECG("ecg"),
  REPORT("report"),
  /** A container or compressed file: never unpacked, so that none can expand. */
  ARCHIVE("archive"),
  /** Something known that is not read here. */
  OTHER("other"),
  UNKNOWN("unknown");

  private final String id;

  FileType(String id) {
    this.id = id;
  }

  /** Name used as the format of an instance that no decoder took. */
  public String id() {
    return id;
  }
}

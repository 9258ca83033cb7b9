package io.precordia.ecg;

/**
 * One file of an upload.
 *
 * @param name file name as given; only its last path component counts
 */
public record NamedBytes(String name, byte[] bytes) {
  /** The last path component. */
  public String baseName() {
    int cut = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    return name.substring(cut + 1);
  }
}

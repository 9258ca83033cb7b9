package io.precordia.study;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one file turned out to be.
 *
 * @param format short stable name of the format read: dicom, png, jpeg, wfdb, aecg, csv, npy, text,
 *     hl7v2 ...
 * @param identity what the file says of itself
 * @param content what an encoder takes, or null if nothing here can be embedded
 * @param flags reasons; at least one if {@code content} is null
 * @param dicom identifiers and header of a DICOM object, else null
 * @param revision which version of a report it is, null if it has no versions
 * @param numbers of the order that a report answers
 * @param identifiers of a report itself, as {@code system|value}
 */
public record Decoded(
    String format,
    Identity identity,
    @Nullable Content content,
    List<Flag> flags,
    @Nullable ObjectHeader dicom,
    @Nullable Revision revision,
    OrderNumbers numbers,
    List<String> identifiers) {
  public Decoded {
    flags = List.copyOf(flags);
    identifiers = List.copyOf(identifiers);
    if (content == null && flags.isEmpty()) {
      throw new IllegalArgumentException("a file without content needs a reason");
    }
  }

  /** What is no DICOM object. */
  public Decoded(String format, Identity identity, @Nullable Content content, List<Flag> flags) {
    this(format, identity, content, flags, null, null);
  }

  /** What has no identifiers of its own. */
  public Decoded(
      String format,
      Identity identity,
      @Nullable Content content,
      List<Flag> flags,
      @Nullable ObjectHeader dicom,
      @Nullable Revision revision,
      OrderNumbers numbers) {
    this(format, identity, content, flags, dicom, revision, numbers, List.of());
  }

  /** What names no order. */
  public Decoded(
      String format,
      Identity identity,
      @Nullable Content content,
      List<Flag> flags,
      @Nullable ObjectHeader dicom,
      @Nullable Revision revision) {
    this(format, identity, content, flags, dicom, revision, OrderNumbers.NONE);
  }

  /** What has no versions. */
  public Decoded(
      String format,
      Identity identity,
      @Nullable Content content,
      List<Flag> flags,
      @Nullable ObjectHeader dicom) {
    this(format, identity, content, flags, dicom, null);
  }
}

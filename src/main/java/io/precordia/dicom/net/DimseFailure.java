package io.precordia.dicom.net;

import io.precordia.error.PrecordiaException;
import java.io.Serial;
import java.util.List;

/** A request that is answered with a status other than success (PS3.7 annex C). */
final class DimseFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;
  private static final int MAX_COMMENT = 64;
  private final int status;
  private final int[] offending;

  /**
   * @param comment Error Comment (0000,0902), at most 64 characters; never patient data
   * @param offending tags of Offending Element (0000,0901)
   */
  DimseFailure(int status, String comment, int... offending) {
    super(comment);
    this.status = status;
    this.offending = offending.clone();
  }

  /** The status of a storage request that the inside refused. */
  static DimseFailure of(PrecordiaException e) {
    return switch (e.code()) {
      case BUSY -> new DimseFailure(StatusCode.OUT_OF_RESOURCES, "too busy; send it again later");
      case STORAGE_FULL -> new DimseFailure(StatusCode.OUT_OF_RESOURCES, "the disk is nearly full");
      case TOO_LARGE ->
          new DimseFailure(StatusCode.OUT_OF_RESOURCES, "the object is larger than allowed here");
      case NOT_READY ->
          new DimseFailure(StatusCode.OUT_OF_RESOURCES, "not ready now; try it again later");
      default -> new DimseFailure(StatusCode.PROCESSING_FAILURE, e.code().id());
    };
  }

  int status() {
    return status;
  }

  List<Integer> offending() {
    return java.util.Arrays.stream(offending).boxed().toList();
  }

  String comment() {
    String text = String.valueOf(getMessage());
    return text.length() > MAX_COMMENT ? text.substring(0, MAX_COMMENT) : text;
  }
}

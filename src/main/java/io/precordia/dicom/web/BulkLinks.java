package io.precordia.dicom.web;

/** Where the bulk data of one object can be fetched. */
@FunctionalInterface
public interface BulkLinks {
  /**
   * Absolute URL of a value.
   *
   * @param path as in {@link io.precordia.dicom.BulkElement}
   */
  String url(String path);
}

package io.precordia.dicom.query;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.List;

/**
 * A question to the catalogue.
 *
 * @param fuzzy semantic matching of person names (PS3.4 C.2.2.2.1.1)
 * @param offset matches to leave out first
 * @param limit most matches to give, 1 to 5000
 */
public record DicomQuery(
    QueryLevel level, List<QueryKey> keys, boolean fuzzy, int offset, int limit) {
  public static final int MAX_LIMIT = 5000;

  public DicomQuery {
    keys = List.copyOf(keys);
    if (offset < 0 || limit < 1 || limit > MAX_LIMIT) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "offset must be 0 or more and limit 1 to " + MAX_LIMIT);
    }
  }
}

package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import org.jspecify.annotations.Nullable;

/**
 * How a client names a model: {@code ID} or {@code ID@ADAPTER}, where the adapter is a name or the
 * digest of a version. The part of the id before the first hyphen may be left out ({@code
 * more@site-a} for {@code precordia-more@site-a}).
 *
 * @param adapter null for the plain model
 */
record ModelAddress(String id, @Nullable String adapter) {
  /**
   * @param text null or blank for the service's own model
   * @param own id of the service's model
   * @throws PrecordiaException NOT_FOUND if it names another model, INVALID_ARGUMENT if it is
   *     malformed
   */
  static ModelAddress parse(@Nullable String text, String own) {
    if (text == null || text.isBlank()) {
      return new ModelAddress(own, null);
    }
    String[] parts = text.strip().split("@", -1);
    if (parts.length > 2 || (parts.length == 2 && parts[1].isEmpty())) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "model is written ID or ID@ADAPTER, for example more@site-a");
    }
    String id = parts[0];
    boolean named = id.equals(own) || id.equals(own.substring(own.indexOf('-') + 1));
    if (!named) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "this service has no such model; its own is " + own);
    }
    return new ModelAddress(own, parts.length == 2 ? parts[1] : null);
  }
}

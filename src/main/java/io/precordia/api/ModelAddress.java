package io.precordia.api;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.serve.adapters.AdapterMix;
import io.precordia.serve.adapters.AdapterName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a client names a model: {@code ID} or {@code ID@ADAPTER}, where the adapter is a name, the
 * digest of a version, a weighted sum ({@link AdapterMix}), or {@code none}. The part of the id
 * before the first hyphen may be left out ({@code more@site-a} for {@code precordia-more@site-a}).
 *
 * @param adapter null where none is named, so that a default may apply
 */
record ModelAddress(String id, @Nullable String adapter) {
  /**
   * @param text null or blank for the service's own model
   * @param own id of the service's model
   * @throws PrecordiaException NOT_FOUND if it names another model, INVALID_ARGUMENT if it is
   *     malformed
   */
  static ModelAddress parse(@Nullable String text, String own) {
    return parse(text, own, Set.of());
  }

  /**
   * {@link #parse(String, String)} where modalities have models of their own.
   *
   * @param branches ids of those models, any of which stands for the service's model as a whole
   */
  static ModelAddress parse(@Nullable String text, String own, Set<String> branches) {
    if (text == null || text.isBlank()) {
      return new ModelAddress(own, null);
    }
    ModelAddress address = of(text);
    if (!names(address.id(), own)
        && branches.stream().noneMatch(branch -> names(address.id(), branch))) {
      throw new PrecordiaException(
          ErrorCode.NOT_FOUND, "this service has no such model; its own is " + own);
    }
    return new ModelAddress(own, address.adapter());
  }

  /** Whether an id, whole or without its first part, names a model. */
  static boolean names(String id, String model) {
    return id.equals(model) || id.equals(model.substring(model.indexOf('-') + 1));
  }

  /**
   * The two parts, whichever model it is.
   *
   * @throws PrecordiaException INVALID_ARGUMENT if it is malformed
   */
  static ModelAddress of(String text) {
    String[] parts = text.strip().split("@", -1);
    if (parts.length > 2 || (parts.length == 2 && parts[1].isEmpty())) {
      throw new PrecordiaException(
          ErrorCode.INVALID_ARGUMENT, "model is written ID or ID@ADAPTER, for example more@site-a");
    }
    return new ModelAddress(parts[0], parts.length == 2 ? parts[1] : null);
  }

  /**
   * The adapters to use, null for the plain model.
   *
   * @param byDefault what a rule says where the address names none
   * @throws PrecordiaException INVALID_ARGUMENT if they are written wrongly
   */
  @Nullable AdapterMix mix(@Nullable String byDefault) {
    @Nullable String chosen = adapter == null ? byDefault : adapter;
    return chosen == null || chosen.equals(AdapterName.NONE) ? null : AdapterMix.parse(chosen);
  }
}

package io.precordia.fhir;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.UnsignedIntType;

/**
 * Refuses what would change the meaning of a resource and is not understood: modifier extensions
 * and implicit rules (FHIR R4 sections 2.5.0.3 and 2.27.1). Other extensions are kept unread.
 */
final class Understood {
  private Understood() {}

  /**
   * @throws PrecordiaException INVALID_REQUEST
   */
  static void check(Resource resource) {
    check(resource, true);
  }

  /** The same without the resources within it. */
  static void checkFrame(Resource bundle) {
    check(bundle, false);
  }

  private static void check(Resource resource, boolean within) {
    if (resource.hasImplicitRules()) {
      throw new PrecordiaException(
          ErrorCode.INVALID_REQUEST,
          "the resource has implicitRules, which are not known here; it is refused since they could change its meaning");
    }
    walk(
        resource,
        base -> within || base == resource || !(base instanceof Resource),
        base -> {
          if (base instanceof UnsignedIntType number
              && number.hasValue()
              && number.getValue() < 0) {
            throw new PrecordiaException(
                ErrorCode.INVALID_REQUEST, "a number that counts something is negative");
          }
          for (Property property : base.children()) {
            if (property.getName().equals("modifierExtension") && property.hasValues()) {
              throw new PrecordiaException(
                  ErrorCode.INVALID_REQUEST,
                  "the resource has a modifierExtension, which is not known here; it is refused since it could change its meaning");
            }
          }
        });
  }

  /** Every reference within the resource, also within what it contains. */
  static void references(Base resource, Consumer<Reference> action) {
    walk(
        resource,
        base -> true,
        base -> {
          if (base instanceof Reference reference) {
            action.accept(reference);
          }
        });
  }

  // The depth is bounded by BodyScan.
  private static void walk(Base base, Predicate<Base> enter, Consumer<Base> action) {
    if (!enter.test(base)) {
      return;
    }
    action.accept(base);
    for (Property property : base.children()) {
      for (Base child : property.getValues()) {
        if (child != null) {
          walk(child, enter, action);
        }
      }
    }
  }
}

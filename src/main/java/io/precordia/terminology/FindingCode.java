package io.precordia.terminology;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a finding is coded.
 *
 * @param fact the finding's id in calibrations, also the value of its local code
 * @param display its words in English
 * @param standard the concept of SNOMED CT that means the same, or null if there is none
 */
public record FindingCode(String fact, String display, @Nullable Code standard) {
  /** The concept of this program; every finding has one. */
  public Code local() {
    return new Code(Code.LOCAL, fact, display);
  }

  /** The concept of a published terminology, if one means the same. */
  public Optional<Code> published() {
    return Optional.ofNullable(standard);
  }

  /** The published concept, else the local one: for places that take a single code. */
  public Code preferred() {
    return published().orElseGet(this::local);
  }
}

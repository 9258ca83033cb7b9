package io.precordia.api.results;

import io.precordia.dicom.result.Finding;
import io.precordia.study.ModelRef;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the model says of an instance, and what objects can be made of it. */
public record ResultsAnswer(
    List<Said> findings,
    @Schema(description = "Values that `kind` may have here") List<String> kinds,
    ModelRef model) {

  /** One calibrated finding. */
  public record Said(
      String finding,
      @Schema(description = "That it is present, 0 to 1") double probability,
      @Schema(enumeration = {"present", "absent", "undecided"}) String verdict) {
    static Said of(Finding finding) {
      return new Said(
          finding.fact(), finding.probability(), finding.verdict().name().toLowerCase(Locale.ROOT));
    }
  }
}

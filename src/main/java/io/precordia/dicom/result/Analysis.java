package io.precordia.dicom.result;

import io.precordia.study.ModelRef;
import java.time.Instant;
import java.util.List;

/**
 * What a model said of one image or ECG, ready to be written down. Equal analyses of equal sources
 * make equal objects, byte for byte.
 *
 * @param software version of this program
 * @param model which weights said it
 * @param made when it was said
 * @param findings in the order they are to be listed
 */
public record Analysis(String software, ModelRef model, Instant made, List<Finding> findings) {
  public Analysis {
    findings = List.copyOf(findings);
  }

  /** The first 12 digits of the weights' digest. */
  String digest() {
    return model.sha256().substring(0, Math.min(12, model.sha256().length()));
  }
}

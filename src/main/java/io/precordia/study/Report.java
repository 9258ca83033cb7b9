package io.precordia.study;

/**
 * A report's text.
 *
 * @param text the whole narrative, line breaks kept
 * @param findings the findings section, empty if none is marked
 * @param impression the impression section, empty if none is marked
 */
public record Report(String text, String findings, String impression) implements Content {
  @Override
  public Modality modality() {
    return Modality.REPORT;
  }
}

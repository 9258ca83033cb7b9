package io.precordia.train.sim.text;

import io.precordia.study.Report;
import io.precordia.train.text.Particulars;

/**
 * A simulated report by section; each says only what its modality shows.
 *
 * @param xrayFindings findings paragraph of the radiograph
 * @param xrayImpression impression of the radiograph
 * @param ecgFindings description of the ECG
 * @param ecgImpression impression of the ECG
 * @param xraySaid numbers that the findings paragraph of the radiograph states
 * @param ecgSaid numbers that the description of the ECG states
 */
public record ReportText(
    String xrayFindings,
    String xrayImpression,
    String ecgFindings,
    String ecgImpression,
    Particulars xraySaid,
    Particulars ecgSaid) {

  /** What the radiograph shows. */
  public String xray() {
    return xrayFindings + " " + xrayImpression;
  }

  /** What the ECG shows. */
  public String ecg() {
    return ecgFindings + " " + ecgImpression;
  }

  public String findings() {
    return "CHEST RADIOGRAPH: " + xrayFindings + "\nECG: " + ecgFindings;
  }

  public String impression() {
    return xrayImpression + "\n" + ecgImpression;
  }

  /** The whole report with its section headings. */
  public String whole() {
    return "FINDINGS:\n" + findings() + "\n\nIMPRESSION:\n" + impression() + "\n";
  }

  public Report report() {
    return new Report(whole(), findings(), impression());
  }
}

package io.precordia.dicom.result;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.aoju.bus.image.Tag;

/**
 * A measurement report of one chest radiograph: Comprehensive 3D SR (PS3.3 A.35.13) by TID 1500
 * with an image library (TID 1600, 1602), one measurement group for each finding (TID 1501) with
 * the algorithm (TID 4019), and the outline of the relevant area below a number (TID 300, 320).
 * Stateless and thread-safe.
 */
public final class ImageReportWriter {
  private static final Code CHEST = Code.sct("51185008", "Chest");

  /** The report. */
  public ResultObject write(ResultSource source, Analysis analysis) {
    ResultHeader header = new ResultHeader(source, analysis, ResultKind.SR, "");
    ReportFrame frame =
        new ReportFrame(
            header,
            "Precordia findings - NOT FOR CLINICAL USE",
            ReportFrame.MEASUREMENT_REPORT,
            // CID 100 has no code for a plain chest film; the image library says chest
            Code.sct("363679005", "Imaging procedure"));
    library(frame.root(), header);
    ContentItems measurements =
        frame.root().container(ReportFrame.CONTAINS, Code.dcm("126010", "Imaging Measurements"));
    // Outlines first: OHIF opens a report at its first measurement.
    analysis.findings().stream()
        .sorted(Comparator.comparing(f -> !(f.evidence() instanceof Evidence.Area)))
        .forEach(finding -> group(frame, measurements, finding));
    frame.qualitative(conclusion(analysis));
    return frame.finish(ResultKind.SR);
  }

  private static void library(ContentItems root, ResultHeader header) {
    ContentItems group =
        root.container(ReportFrame.CONTAINS, Code.dcm("111028", "Image Library"))
            .container(ReportFrame.CONTAINS, Code.dcm("126200", "Image Library Group"));
    ContentItems image = group.image(ReportFrame.CONTAINS, null, header.sourceReference());
    ResultSource source = header.source();
    String modality = source.text(Tag.Modality);
    image.code(
        "HAS ACQ CONTEXT",
        Code.dcm("121139", "Modality"),
        modality.equals("DX")
            ? Code.dcm("DX", "Digital Radiography")
            : modality.equals("CR")
                ? Code.dcm("CR", "Computed Radiography")
                : Code.dcm("RG", "Radiographic imaging"));
    image.code("HAS ACQ CONTEXT", Code.dcm("123014", "Target Region"), CHEST);
    Code pixels = new Code("{pixels}", "UCUM", "pixels");
    image.number("HAS ACQ CONTEXT", Code.dcm("110910", "Pixel Data Rows"), source.rows(), pixels);
    image.number(
        "HAS ACQ CONTEXT", Code.dcm("110911", "Pixel Data Columns"), source.columns(), pixels);
  }

  private static void group(ReportFrame frame, ContentItems measurements, Finding finding) {
    ContentItems group = frame.group(measurements, finding);
    group.code(ReportFrame.MOD, Code.sct("363698007", "Finding Site"), CHEST);
    frame.algorithm(group);
    if (finding.evidence() instanceof Evidence.Area area) {
      region(frame, FindingNumbers.share(group, area.share()), area.outline());
      FindingNumbers.into(group, finding);
    } else {
      // The whole film: OHIF cannot open a report with a group that has no region.
      ResultSource source = frame.header().source();
      float right = source.columns();
      float bottom = source.rows();
      region(
          frame,
          FindingNumbers.into(group, finding),
          new float[] {0, 0, right, 0, right, bottom, 0, bottom});
    }
    group.image(
        ReportFrame.CONTAINS, Code.sct("260753009", "Source"), frame.header().sourceReference());
    FindingNumbers.verdict(group, finding);
  }

  private static void region(ReportFrame frame, ContentItems number, float[] outline) {
    number
        .polyline("INFERRED FROM", Code.dcm("111030", "Image Region"), closed(outline))
        .image("SELECTED FROM", null, frame.header().sourceReference());
  }

  static float[] closed(float[] outline) {
    float[] out = Arrays.copyOf(outline, outline.length + 2);
    out[outline.length] = outline[0];
    out[outline.length + 1] = outline[1];
    return out;
  }

  static String conclusion(Analysis analysis) {
    String present =
        analysis.findings().stream()
            .filter(f -> f.verdict() == Finding.Verdict.PRESENT)
            .map(Finding::words)
            .collect(Collectors.joining(", "));
    return present.isEmpty()
        ? "The software decided for none of the listed findings."
        : "The software decided that these are present: " + present + ".";
  }
}

package io.precordia.api.results;

import io.precordia.dicom.result.EcgReportWriter;
import io.precordia.dicom.result.Evidence;
import io.precordia.dicom.result.Finding;
import io.precordia.dicom.result.HeatMap;
import io.precordia.dicom.result.HeatMapCaptureWriter;
import io.precordia.dicom.result.ImageReportWriter;
import io.precordia.dicom.result.OutlineStateWriter;
import io.precordia.dicom.result.RelevanceMapWriter;
import io.precordia.dicom.result.ResultKind;
import io.precordia.dicom.result.ResultObject;
import io.precordia.model.explain.XrayRelevance;
import io.precordia.study.Ecg;
import io.precordia.study.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes what was found as DICOM objects. Stateless and thread-safe. */
final class ResultMaker {
  private final ImageReportWriter imageReports = new ImageReportWriter();
  private final EcgReportWriter ecgReports = new EcgReportWriter();
  private final HeatMapCaptureWriter captures = new HeatMapCaptureWriter();
  private final RelevanceMapWriter maps = new RelevanceMapWriter();
  private final OutlineStateWriter outlines = new OutlineStateWriter();

  /**
   * The objects of the kinds that fit: reports for every analysis with findings, the others one for
   * each finding with evidence.
   */
  List<ResultObject> objects(AnalysedInstance analysed, Set<ResultKind> kinds) {
    List<ResultObject> out = new ArrayList<>();
    if (analysed.analysis().findings().isEmpty()) {
      return out; // weights without calibration: there is nothing to say
    }
    if (analysed.content() instanceof Ecg) {
      if (kinds.contains(ResultKind.ECG_SR)) {
        out.add(ecgReports.write(analysed.source(), analysed.analysis()));
      }
      return out;
    }
    if (kinds.contains(ResultKind.SR)) {
      out.add(imageReports.write(analysed.source(), analysed.analysis()));
    }
    int number = 0;
    for (Finding finding : analysed.analysis().findings()) {
      if (finding.evidence() instanceof Evidence.Area area
          && analysed.maps().get(finding.fact()) instanceof XrayRelevance map
          && analysed.content() instanceof Pixels film) {
        number++;
        if (kinds.contains(ResultKind.SC)) {
          out.add(
              captures.write(
                  analysed.source(),
                  analysed.analysis(),
                  finding,
                  number,
                  CapturePicture.of(film, map, finding)));
        }
        if (kinds.contains(ResultKind.PM)) {
          out.add(maps.write(analysed.source(), analysed.analysis(), finding, number, heat(map)));
        }
        if (kinds.contains(ResultKind.GSPS)) {
          out.add(outlines.write(analysed.source(), analysed.analysis(), finding, area, number));
        }
      }
    }
    return out;
  }

  private static HeatMap heat(XrayRelevance map) {
    float[] values = new float[map.rows() * map.columns()];
    for (int y = 0; y < map.rows(); y++) {
      System.arraycopy(map.cells()[y], 0, values, y * map.columns(), map.columns());
    }
    return new HeatMap(map.rows(), map.columns(), values);
  }
}

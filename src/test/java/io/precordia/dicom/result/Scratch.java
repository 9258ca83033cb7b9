package io.precordia.dicom.result;
import java.nio.file.*;
import java.util.*;
class Scratch {
  public static void main(String[] a) throws Exception {
    Path out = Files.createDirectories(Path.of(a[0]));
    Map<String, byte[]> all = new LinkedHashMap<>(ResultSources.simulated(Files.createTempDirectory("s")));
    all.putAll(ResultSources.real());
    for (var e : all.entrySet()) {
      Files.write(out.resolve(e.getKey() + ".src"), e.getValue());
      try {
      ResultSource s = ResultSource.read(e.getValue());
      if (s.rows() > 0) {
        Files.write(out.resolve(e.getKey() + ".sr.dcm"), new ImageReportWriter().write(s, ResultSources.analysis(
          ResultSources.area("pleural-effusion", 0.87, s.columns(), s.rows()), ResultSources.plain("pneumonia", 0.2, Finding.Verdict.ABSENT), ResultSources.plain("some-very-long-private-fact", 0.5, Finding.Verdict.UNDECIDED))).file());
        var an = ResultSources.analysis(ResultSources.area("pleural-effusion", 0.87, s.columns(), s.rows()));
        var f = an.findings().getFirst();
        byte[] rgb = new byte[3*20*30]; java.util.Arrays.fill(rgb, 300, 900, (byte) 200);
        Files.write(out.resolve(e.getKey() + ".sc.dcm"), new HeatMapCaptureWriter().write(s, an, f, 1, new RgbPicture(20,30,rgb)).file());
        Files.write(out.resolve(e.getKey() + ".pm.dcm"), new RelevanceMapWriter().write(s, an, f, 1, new HeatMap(4,5,new float[]{0,0,0,0,0,0,1,.5f,0,0,0,.25f,0,0,0,0,0,0,0,0})).file());
        Files.write(out.resolve(e.getKey() + ".gsps.dcm"), new OutlineStateWriter().write(s, an, f, (Evidence.Area) f.evidence(), 1).file());
      } else {
        Files.write(out.resolve(e.getKey() + ".ecg.dcm"), new EcgReportWriter().write(s, ResultSources.analysis(
          ResultSources.stretches("atrial-fibrillation", 0.87), ResultSources.plain("anterior-infarction", 0.2, Finding.Verdict.ABSENT))).file());
      }
      } catch (RuntimeException x) { System.out.println(e.getKey() + " " + x); }
    }
  }
}

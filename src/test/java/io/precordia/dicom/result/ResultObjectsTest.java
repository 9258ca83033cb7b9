package io.precordia.dicom.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.dicom.DicomDecoder;
import io.precordia.dicom.DicomHeader;
import io.precordia.dicom.PresentationState;
import io.precordia.dicom.StoredObject;
import io.precordia.error.ErrorCode;
import io.precordia.imaging.Picture;
import io.precordia.study.Decoded;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of result over several sources, judged by other people's programs. */
class ResultObjectsTest {
  /** Debian's, which has the Debian package of pydicom; another one may come first on the path. */
  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  @TempDir static Path folder;
  private static final Map<String, byte[]> SOURCES = new LinkedHashMap<>();
  private static final Map<Path, ResultObject> OBJECTS = new LinkedHashMap<>();

  @BeforeAll
  static void write() throws IOException {
    SOURCES.putAll(ResultSources.simulated(Files.createDirectory(folder.resolve("sim"))));
    SOURCES.putAll(ResultSources.real());
    for (Map.Entry<String, byte[]> source : SOURCES.entrySet()) {
      for (ResultObject object : results(source.getValue())) {
        Path file = folder.resolve(source.getKey() + "." + object.kind().id() + ".dcm");
        Files.write(file, object.file());
        OBJECTS.put(file, object);
      }
    }
  }

  private static List<ResultObject> results(byte[] file) {
    ResultSource source = ResultSource.read(file);
    if (source.rows() == 0) {
      Analysis ecg =
          ResultSources.analysis(
              ResultSources.stretches("atrial-fibrillation", 0.87),
              ResultSources.plain("anterior-infarction", 0.2, Finding.Verdict.ABSENT));
      return List.of(new EcgReportWriter().write(source, ecg));
    }
    Finding effusion =
        ResultSources.area("pleural-effusion", 0.87, source.columns(), source.rows());
    Analysis analysis =
        ResultSources.analysis(
            effusion,
            ResultSources.plain("pneumonia", 0.2, Finding.Verdict.ABSENT),
            ResultSources.plain("infiltration", 0.5, Finding.Verdict.UNDECIDED));
    byte[] rgb = new byte[3 * 40 * 30];
    java.util.Arrays.fill(rgb, 600, 1800, (byte) 200);
    float[] map = new float[20];
    map[7] = 1;
    map[8] = 0.5f;
    return List.of(
        new ImageReportWriter().write(source, analysis),
        new HeatMapCaptureWriter()
            .write(source, analysis, effusion, 1, new Picture(40, 30, 3, rgb)),
        new RelevanceMapWriter().write(source, analysis, effusion, 1, new HeatMap(4, 5, map)),
        new OutlineStateWriter()
            .write(source, analysis, effusion, (Evidence.Area) effusion.evidence(), 1));
  }

  @Test
  void dciodvfyFindsNoErrorInAnyKind() throws Exception {
    Set<ResultKind> kinds = new HashSet<>();
    for (Map.Entry<Path, ResultObject> object : OBJECTS.entrySet()) {
      assertEquals(
          List.of(),
          DicomPeers.dciodvfy(object.getKey()),
          object.getKey().getFileName().toString());
      kinds.add(object.getValue().kind());
    }
    assertEquals(Set.of(ResultKind.values()), kinds);
  }

  @Test
  void dcmtkReadsThem() throws Exception {
    for (Map.Entry<Path, ResultObject> object : OBJECTS.entrySet()) {
      boolean report =
          object.getValue().kind() == ResultKind.SR
              || object.getValue().kind() == ResultKind.ECG_SR;
      String said = DicomPeers.run(report ? "dsrdump" : "dcmdump", object.getKey().toString());
      assertFalse(said.lines().anyMatch(l -> l.startsWith("E:")), said);
      if (report) {
        assertTrue(said.contains("Certainty of Finding"), said);
        assertTrue(said.contains("Not for clinical use"), said);
      }
    }
  }

  @Test
  void outlinesAreRenderedOverTheirSource() {
    int seen = 0;
    for (Map.Entry<Path, ResultObject> object : OBJECTS.entrySet()) {
      if (object.getValue().kind() == ResultKind.GSPS) {
        String name = object.getKey().getFileName().toString();
        byte[] source = SOURCES.get(name.substring(0, name.indexOf(".gsps")));
        PresentationState state = PresentationState.parse(object.getValue().file());
        assertEquals(DicomHeader.of(source).sopInstance(), state.image().orElseThrow());
        BufferedImage plain = StoredObject.parse(source).picture(1, null);
        BufferedImage shown = state.show(source, 1);
        int white = 0;
        int other = 0;
        for (int y = 0; y < plain.getHeight(); y++) {
          for (int x = 0; x < plain.getWidth(); x++) {
            int now = shown.getRaster().getSample(x, y, 0);
            if (now != plain.getRaster().getSample(x, y, 0)) {
              white += now == 255 ? 1 : 0;
              other += now == 255 ? 0 : 1;
            }
          }
        }
        assertTrue(white > plain.getWidth() / 4, name + ": " + white);
        assertEquals(0, other, name);
        seen++;
      }
    }
    assertTrue(seen > 0);
  }

  @Test
  void gdcmReadsThem() throws Exception {
    Set<ResultKind> kinds = EnumSet.noneOf(ResultKind.class);
    for (Map.Entry<Path, ResultObject> object : OBJECTS.entrySet()) {
      String file = object.getKey().toString();
      ResultKind kind = object.getValue().kind();
      if (!kinds.add(kind)) {
        continue;
      }
      String dump = DicomPeers.succeed("gdcmdump", file);
      assertTrue(dump.contains(object.getValue().sopInstance()), dump);
      assertTrue(dump.contains("(0018,a001)"), file); // Contributing Equipment Sequence
      if (kind == ResultKind.SC) {
        String info = DicomPeers.succeed("gdcminfo", file);
        assertTrue(info.contains("Dimensions: (40,30,1)"), info);
        assertTrue(info.contains("PhotometricInterpretation: RGB"), info);
        Path copy = folder.resolve("gdcm-copy.dcm");
        DicomPeers.succeed("gdcmconv", "--jpegls", file, copy.toString());
        assertTrue(
            DicomPeers.succeed("gdcminfo", copy.toString()).contains("1.2.840.10008.1.2.4.80"));
      } else {
        // its classes end before Comprehensive 3D SR and Parametric Map: read and written anew
        DicomPeers.succeed("gdcmconv", file, folder.resolve("gdcm-copy.dcm").toString());
      }
    }
    assertEquals(EnumSet.allOf(ResultKind.class), kinds);
  }

  @Test
  void pixelMedFindsNoErrorInReports() throws Exception {
    Set<ResultKind> kinds = EnumSet.noneOf(ResultKind.class);
    List<Path> reports = new ArrayList<>();
    for (Map.Entry<Path, ResultObject> object : OBJECTS.entrySet()) {
      ResultKind kind = object.getValue().kind();
      // the validator takes seconds a file: in the default build the first of each kind
      if ((kind == ResultKind.SR || kind == ResultKind.ECG_SR) && kinds.add(kind)) {
        reports.add(object.getKey());
      }
    }
    assertEquals(Set.of(ResultKind.SR, ResultKind.ECG_SR), kinds);
    // the judge must be awake: a report whose context is related wrongly
    reports.add(folder.resolve("sim").resolve("report-sr.dcm")); // what the simulator writes
    Path wrong = folder.resolve("wrong.dcm");
    String text = Files.readString(reports.getFirst(), StandardCharsets.ISO_8859_1);
    Files.writeString(
        wrong, text.replace("HAS OBS CONTEXT", "HAS PROPERTIES "), StandardCharsets.ISO_8859_1);
    reports.add(wrong);
    Map<Path, List<String>> said = DicomPeers.srValidator(reports);
    assertNotEquals(List.of(), said.remove(wrong));
    said.forEach((file, errors) -> assertEquals(List.of(), errors, file.toString()));
  }

  @Test
  void pydicomReadsPixelsAndPatient() throws Exception {
    Path script = folder.resolve("read.py");
    Files.writeString(
        script,
        """
        import sys, pydicom
        for f in sys.argv[1:]:
            src, out = f.split('|')
            s, d = pydicom.dcmread(src, force=True), pydicom.dcmread(out)
            for k in ('PatientName', 'PatientID', 'StudyInstanceUID'):
                assert str(s.get(k, '')) == str(d.get(k, '')), (k, out)
            assert s.SeriesInstanceUID != d.SeriesInstanceUID and s.SOPInstanceUID != d.SOPInstanceUID
            if 'PixelData' in d:
                assert d.pixel_array.shape == (30, 40, 3) and d.pixel_array.max() == 200
            if 'FloatPixelData' in d:
                import struct
                v = struct.unpack('<20f', d.FloatPixelData)
                assert v[7] == 1.0 and v[8] == 0.5 and v[0] == 0.0, v
        print('read', len(sys.argv) - 1)
        """);
    List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
    for (String name : SOURCES.keySet()) {
      Path source = folder.resolve(name + ".source");
      Files.write(source, SOURCES.get(name));
      OBJECTS.keySet().stream()
          .filter(f -> f.getFileName().toString().startsWith(name + "."))
          .forEach(f -> command.add(source + "|" + f));
    }
    String said = DicomPeers.run(command.toArray(String[]::new));
    Assumptions.assumeFalse(said.contains("No module named"), "pydicom is not installed; skipped");
    assertEquals("read " + OBJECTS.size(), said.strip());
  }

  @Test
  void theSameAnalysisMakesTheSameBytesAndNoTwoObjectsShareAUid() {
    Set<String> uids = new HashSet<>();
    for (ResultObject object : OBJECTS.values()) {
      assertTrue(uids.add(object.sopInstance()));
    }
    byte[] source = SOURCES.get("xray-0");
    List<ResultObject> first = results(source);
    List<ResultObject> second = results(source);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i).file(), second.get(i).file());
    }
    Analysis newer =
        new Analysis(
            "0.10", ResultSources.analysis().model(), ResultSources.analysis().made(), List.of());
    assertNotEquals(
        new ImageReportWriter()
            .write(ResultSource.read(source), ResultSources.analysis())
            .sopInstance(),
        new ImageReportWriter().write(ResultSource.read(source), newer).sopInstance());
  }

  @Test
  void whatComesBackIsKnownAsOurs() {
    for (ResultObject object : OBJECTS.values()) {
      Decoded decoded = DicomDecoder.decode(object.file());
      assertEquals(null, decoded.content());
      assertEquals(ErrorCode.OWN_RESULT, decoded.flags().getFirst().code());
    }
    assertNotEquals(null, DicomDecoder.decode(SOURCES.get("xray-0")).content());
  }

  @Test
  void damagedPatientValuesAreNotRepeated() throws Exception {
    byte[] source = SOURCES.get("xray-0").clone();
    String text = new String(source, StandardCharsets.ISO_8859_1);
    int birth = text.indexOf("19930617");
    Assumptions.assumeTrue(birth > 0, "the simulated patient changed");
    System.arraycopy("1993XX17".getBytes(StandardCharsets.US_ASCII), 0, source, birth, 8);
    Path file = folder.resolve("damaged.dcm");
    Files.write(
        file,
        new ImageReportWriter().write(ResultSource.read(source), ResultSources.analysis()).file());
    assertEquals(List.of(), DicomPeers.dciodvfy(file));
  }
}

package io.precordia.train.sim.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.Finding;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportWriterTest {
  private static final Measurements M = new Measurements(72, 160, 90, 390, 410, 40);
  private static final Pattern NEGATIVE =
      Pattern.compile("\\b(no|not|normal|clear|unremarkable)\\b");
  private static final Map<Finding, Pattern> WORDS = new EnumMap<>(Finding.class);

  static {
    word(
        Finding.CARDIOMEGALY,
        "cardiomegaly|heart is enlarged|enlarged cardiac|silhouette is enlarged|increased heart size");
    word(Finding.PLEURAL_EFFUSION, "(?<!pericardial )effusion");
    word(Finding.MASS, "mass");
    word(Finding.ATELECTASIS, "atelectasis");
    word(Finding.EMPHYSEMA, "emphysema");
    word(Finding.FIBROSIS, "fibrosis");
    word(Finding.PERICARDIAL_EFFUSION, "pericardial effusion");
    word(Finding.HIATAL_HERNIA, "hiatal hernia");
    word(Finding.PULMONARY_ARTERY_ENLARGEMENT, "enlarged (central )?pulmonary arteries");
    word(Finding.NASOGASTRIC_TUBE, "nasogastric");
    word(Finding.STERNOTOMY_WIRES, "sternotomy wires");
    word(Finding.CONSOLIDATION, "consolidation|airspace opacity|pneumonia");
    word(Finding.PNEUMOTHORAX, "pneumothorax");
    word(Finding.PULMONARY_OEDEMA, "oedema|edema");
    word(Finding.NODULE, "nodule");
    word(Finding.CENTRAL_LINE, "central line|central venous");
    word(Finding.PACEMAKER, "pacemaker");
    word(Finding.ENDOTRACHEAL_TUBE, "endotracheal");
    word(Finding.ATRIAL_FIBRILLATION, "atrial fibrillation|vorhofflimmern");
    word(Finding.SINUS_BRADYCARDIA, "sinus bradycardia|bradyka");
    word(Finding.SINUS_TACHYCARDIA, "sinus tachycardia|tachyka");
    word(Finding.LEFT_BUNDLE_BRANCH_BLOCK, "left bundle branch block|lbbb|linksschenkelblock");
    word(
        Finding.RIGHT_BUNDLE_BRANCH_BLOCK,
        "(?<!incomplete )(right bundle branch block|rbbb)|(?<!inkompletter )rechtsschenkelblock");
    word(
        Finding.LEFT_VENTRICULAR_HYPERTROPHY,
        "left ventricular hypertrophy|lvh|linkshypertrophie|linksherzhypertrophie");
    word(
        Finding.ST_ELEVATION,
        "(?<!diffuse )(?<!widespread )(?<!diffuse concave )st elevation|st-hebung");
    word(Finding.FIRST_DEGREE_AV_BLOCK, "first.degree a|1st degree a|av-block (1|i)\\b");
    word(
        Finding.VENTRICULAR_PREMATURE_BEATS,
        "\\bventricular premature|premature ventricular|\\bventricular extrasystole|pvc|\\bventrikuläre extra");
    word(
        Finding.ATRIAL_PREMATURE_BEATS,
        "atrial premature|premature atrial|supraventricular extra|pacs|supraventrikuläre extra|vorhofextra");
    word(Finding.ATRIAL_FLUTTER, "atrial flutter|vorhofflattern");
    word(
        Finding.HIGHER_DEGREE_AV_BLOCK,
        "second-degree av|third-degree av|complete av|complete heart block|2:1 av|av-block (2|3|iii)\\b");
    word(Finding.PACED_RHYTHM, "paced|pacing|schrittmacher");
    word(Finding.FASCICULAR_BLOCK, "fascicular|hemiblock|lafb|faszikel");
    word(Finding.PRE_EXCITATION, "wolff|wpw|pre-excitation");
    word(
        Finding.RIGHT_VENTRICULAR_HYPERTROPHY,
        "right ventricular hypertrophy|rvh|rechtshypertrophie|rechtsherzhypertrophie");
    word(Finding.RIGHT_AXIS_DEVIATION, "right axis|\\brad\\b|rechtstyp");
    word(
        Finding.OLD_INFARCTION,
        "q waves|(old|possible) (anterior|inferior|lateral) (my|inf)|(alter|zustand nach) (vor|hin|sei)");
    word(Finding.ISCHAEMIA, "ischaem|ischem|ischämie");
    word(Finding.PERICARDITIS, "pericarditis|perikarditis");
    word(Finding.HYPERKALAEMIA, "hyperkal");
    word(Finding.LONG_QT, "prolonged qt|long qt|qt interval is prolonged|qt-zeit");
    word(Finding.LOW_VOLTAGE, "low qrs voltage|low voltage|niederspannung");
  }

  private final ChestStateSampler sampler = new ChestStateSampler();
  private final ReportWriter writer = new ReportWriter();

  private static void word(Finding finding, String pattern) {
    WORDS.put(finding, Pattern.compile(pattern));
  }

  @Test
  void eachSectionNamesExactlyItsFindings() {
    for (int i = 0; i < 3000; i++) {
      ChestState s = sampler.sample(41, i);
      ReportText t = writer.write(s, M);
      assertEquals(s.findings(Modality.XRAY), named(t.xrayFindings()), t.xrayFindings());
      assertEquals(s.findings(Modality.XRAY), named(t.xrayImpression()), t.xrayImpression());
      assertEquals(s.findings(Modality.ECG), named(t.ecgFindings()), t.ecgFindings());
      assertEquals(s.findings(Modality.ECG), named(t.ecgImpression()), t.ecgImpression());
      assertEquals(s.findings(), named(t.whole()), t.whole());
    }
  }

  @Test
  void nothingPresentIsDenied() {
    for (int i = 0; i < 3000; i++) {
      ChestState s = sampler.sample(42, i);
      for (String sentence : sentences(writer.write(s, M).whole())) {
        if (Pattern.compile("\\b(no|not)\\b").matcher(sentence).find()) {
          for (Finding f : s.findings()) {
            assertFalse(WORDS.get(f).matcher(sentence).find(), f.id() + " denied: " + sentence);
          }
        }
      }
    }
  }

  /** Findings named by sentences without a negation. */
  private static Set<Finding> named(String text) {
    EnumSet<Finding> out = EnumSet.noneOf(Finding.class);
    for (String sentence : sentences(text)) {
      // "Normal sinus rhythm" is the one positive phrase with such a word.
      String plain =
          sentence.replaceAll("normal sinus rh?ythm", "sinus rhythm").replace("normal qrs", "qrs");
      if (!NEGATIVE.matcher(plain).find()) {
        WORDS.forEach(
            (finding, pattern) -> {
              if (pattern.matcher(plain).find()) {
                out.add(finding);
              }
            });
      }
    }
    return out;
  }

  private static String[] sentences(String text) {
    return text.toLowerCase(Locale.ROOT).split("\\.(?=\\s|$)|\\n");
  }

  @Test
  void wordingVaries() {
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      texts.add(writer.write(sampler.sample(43, i), M).whole());
    }
    assertTrue(texts.size() > 300, texts.size() + " different reports of 400");
  }
}

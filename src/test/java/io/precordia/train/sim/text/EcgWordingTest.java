package io.precordia.train.sim.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.train.sim.ecg.EcgRecording.Measurements;
import io.precordia.train.sim.ecg.EcgSimulator;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.EcgState.AxisClass;
import io.precordia.train.text.Measure;
import io.precordia.train.text.Particulars;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The ECG paragraph claims what it says, and says what holds. */
class EcgWordingTest {
  private static final Map<Measure, Pattern> STATED = new EnumMap<>(Measure.class);

  static {
    STATED.put(
        Measure.VENTRICULAR_RATE,
        Pattern.compile("(?:rate|hr|frequenz) (\\d+)|\\b(\\d+)(?:/min| bpm| beats)"));
    STATED.put(Measure.PR_INTERVAL, Pattern.compile("(?:pr|pq|pr intervall?) (\\d+)"));
    STATED.put(Measure.QRS_DURATION, Pattern.compile("qrs (?:duration |duraton )?(\\d+)"));
    STATED.put(
        Measure.QTC_INTERVAL, Pattern.compile("(?:qtc|corrected qt|qt/qtc \\d+/)\\s?(\\d+)(?!/)"));
    STATED.put(Measure.QRS_AXIS, Pattern.compile("axis (-?\\d+)"));
  }

  private final ChestStateSampler sampler = new ChestStateSampler();
  private final EcgSimulator simulator = new EcgSimulator();
  private final ReportWriter writer = new ReportWriter();

  @Test
  void everyNumberStatedIsClaimedAndNoOther() {
    for (int i = 0; i < 1500; i++) {
      ChestState s = sampler.sample(61, i);
      ReportText text = writer.write(s, simulator.record(s).measurements());
      String low = text.ecgFindings().toLowerCase(Locale.ROOT);
      for (Measure m : STATED.keySet()) {
        double claimed = text.ecgSaid().get(m);
        if (Double.isNaN(claimed)) {
          assertFalse(STATED.get(m).matcher(low).find(), m + " unclaimed: " + low);
        } else {
          assertTrue(values(m, low).contains(claimed), m + " " + claimed + ": " + low);
        }
      }
    }
  }

  private static List<Double> values(Measure m, String text) {
    List<Double> out = new ArrayList<>();
    Matcher matcher = STATED.get(m).matcher(text);
    while (matcher.find()) {
      String first = matcher.group(1);
      out.add(Double.valueOf(first == null ? matcher.group(2) : first));
    }
    return out;
  }

  @Test
  void claimsAgreeWithTheMeasurements() {
    for (int i = 0; i < 600; i++) {
      ChestState s = sampler.sample(62, i);
      Measurements m = simulator.record(s).measurements();
      Particulars said = writer.write(s, m).ecgSaid();
      near(m.ventricularRateBpm(), said.get(Measure.VENTRICULAR_RATE));
      near(m.prMs(), said.get(Measure.PR_INTERVAL));
      near(m.qrsMs(), said.get(Measure.QRS_DURATION));
      near(m.qtcMs(), said.get(Measure.QTC_INTERVAL));
      near(m.axisDegrees(), said.get(Measure.QRS_AXIS));
      if (s.ecg().technical().armReversal()) {
        assertTrue(Double.isNaN(said.get(Measure.QRS_AXIS)));
      }
    }
  }

  private static void near(double measured, double said) {
    if (!Double.isNaN(said)) {
      assertEquals(measured, said, 0.5);
    }
  }

  @Test
  void paragraphsAreShortAndThreeQuartersGiveNumbers() {
    int measured = 0;
    int german = 0;
    int words = 0;
    int many = 2000;
    for (int i = 0; i < many; i++) {
      ChestState s = sampler.sample(63, i);
      ReportText text = writer.write(s, simulator.record(s).measurements());
      int n = EcgWording.words(text.ecgFindings());
      assertTrue(n <= EcgWording.MOST_WORDS, n + " words: " + text.ecgFindings());
      words += n;
      measured += text.ecgSaid().equals(Particulars.NONE) ? 0 : 1;
      german +=
          Pattern.compile(
                      "sinusr|sinusb|sinust|vorhof|rhythmus|ekg|av-block|schrittmacher|kard(er|ie)")
                  .matcher(text.ecg().toLowerCase(Locale.ROOT))
                  .find()
              ? 1
              : 0;
    }
    assertEquals(0.78, measured / (double) many, 0.05);
    assertEquals(0.12, german / (double) many, 0.04);
    assertTrue(words / many < 32, words / many + " words on average");
  }

  @Test
  void axisWordsHold() {
    for (int i = 0; i < 2000; i++) {
      ChestState s = sampler.sample(64, i);
      String low =
          writer.write(s, simulator.record(s).measurements()).ecg().toLowerCase(Locale.ROOT);
      AxisClass c = s.ecg().axisClass();
      if (Pattern.compile("left axis deviation|deviated to the left|überdrehter linkstyp")
          .matcher(low)
          .find()) {
        assertEquals(AxisClass.LEFT, c, low);
      }
      if (Pattern.compile("right axis deviation|rechtstyp").matcher(low).find()) {
        assertEquals(AxisClass.RIGHT, c, low);
      }
      if (Pattern.compile("normal (qrs )?axis|axis is normal|lagetyp normal").matcher(low).find()) {
        assertEquals(AxisClass.NORMAL, c, low);
      }
    }
  }
}

package io.precordia.train.sim.xray;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.study.Modality;
import io.precordia.train.sim.state.ChestState;
import io.precordia.train.sim.state.ChestStateSampler;
import io.precordia.train.sim.state.Finding;
import io.precordia.train.sim.state.Side;
import io.precordia.train.sim.state.Technique;
import io.precordia.train.sim.state.XrayFinding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XraySimulatorTest {
  private static final int SIZE = 224;
  private final ChestStateSampler sampler = new ChestStateSampler();
  private final XraySimulator simulator = new XraySimulator();

  @ParameterizedTest
  @EnumSource(
      names = {
        "CARDIOMEGALY",
        "PLEURAL_EFFUSION",
        "CONSOLIDATION",
        "PNEUMOTHORAX",
        "PULMONARY_OEDEMA",
        "NODULE",
        "CENTRAL_LINE",
        "PACEMAKER",
        "ENDOTRACHEAL_TUBE",
        "MASS",
        "ATELECTASIS",
        "FIBROSIS",
        "PERICARDIAL_EFFUSION",
        "HIATAL_HERNIA",
        "PULMONARY_ARTERY_ENLARGEMENT",
        "NASOGASTRIC_TUBE",
        "STERNOTOMY_WIRES"
      })
  void theMaskLiesWhereTheFindingChangesThePicture(Finding finding) {
    double inside = 0;
    double outside = 0;
    for (ChestState s : with(finding, 6)) {
      XrayImage seen = simulator.render(s, SIZE);
      XrayImage without = simulator.render(s.without(finding), SIZE);
      boolean[] mask = seen.masks().get(finding);
      assertTrue(!without.masks().containsKey(finding));
      double in = 0;
      double out = 0;
      int n = 0;
      for (int p = 0; p < mask.length; p++) {
        double d = Math.abs(seen.display()[p] - without.display()[p]);
        in += mask[p] ? d : 0;
        out += mask[p] ? 0 : d;
        n += mask[p] ? 1 : 0;
      }
      assertTrue(n >= 8, finding.id() + " mask of " + n + " pixels, study " + s.index());
      assertTrue(
          in / n > 0.01, finding.id() + " changes its mask by " + in / n + ", study " + s.index());
      inside += in / n;
      outside += out / (mask.length - n);
    }
    assertTrue(inside > 4 * outside, finding.id() + " inside " + inside + " outside " + outside);
  }

  @Test
  void emphysemaMakesTheLungsLongerAndDarker() {
    double change = 0;
    for (ChestState s : with(Finding.EMPHYSEMA, 12)) {
      XrayImage seen = simulator.render(s, SIZE);
      XrayImage without = simulator.render(s.without(Finding.EMPHYSEMA), SIZE);
      boolean[] both = seen.lungs().clone();
      for (int p = 0; p < both.length; p++) {
        both[p] &= without.lungs()[p];
      }
      change += (mean(seen, both) - mean(without, both)) / 12;
      assertTrue(
          new Thorax(s).domeRightY - new Thorax(s).apexY > 6 * new Thorax(s).ribSpacing,
          "study " + s.index());
    }
    assertTrue(change < -0.01, "mean change of grey " + change);
  }

  @Test
  void aRotatedPatientsHeartMovesToTheSideThatTheReportNames() {
    ChestState s = sampler.sample(8, 3);
    double left = centre(simulator.render(rotated(s, 6), SIZE).heart());
    double right = centre(simulator.render(rotated(s, -6), SIZE).heart());
    assertTrue(left > right + 3, left + " against " + right);
  }

  private static ChestState rotated(ChestState s, double degrees) {
    Technique t = s.technique();
    return new ChestState(
        s.seed(),
        s.index(),
        s.condition(),
        s.sex(),
        s.ageYears(),
        s.habitus(),
        new Technique(t.projection(), t.supine(), t.posteriorRibs(), degrees),
        s.build(),
        s.xray(),
        s.ecg());
  }

  private static double centre(boolean[] mask) {
    double sum = 0;
    int n = 0;
    for (int p = 0; p < mask.length; p++) {
      sum += mask[p] ? p % SIZE : 0;
      n += mask[p] ? 1 : 0;
    }
    return sum / n;
  }

  @Test
  void moreRibsAreCountedOnADeeperBreath() {
    ChestState s = sampler.sample(9, 4);
    Technique t = s.technique();
    for (double ribs : new double[] {7.5, 8.5, 9.5, 10.5}) {
      ChestState deep =
          new ChestState(
              s.seed(),
              s.index(),
              s.condition(),
              s.sex(),
              s.ageYears(),
              0,
              new Technique(t.projection(), t.supine(), ribs, 0),
              s.build(),
              List.of(),
              s.ecg());
      Thorax thorax = new Thorax(deep);
      // The highest rib starts 0.9 cm above the apex; each further one a rib space lower.
      double counted = 1 + (thorax.domeRightY - thorax.apexY + 0.9) / thorax.ribSpacing;
      assertEquals(ribs, counted, 0.01);
    }
  }

  @Test
  void masksAreThoseOfTheState() {
    for (int i = 0; i < 60; i++) {
      ChestState s = sampler.sample(3, i);
      assertEquals(s.findings(Modality.XRAY), simulator.render(s, 64).masks().keySet());
    }
  }

  @Test
  void theHeartIsAsWideAsItsRatioSays() {
    for (int i = 0; i < 40; i++) {
      ChestState s = sampler.sample(4, i);
      XrayImage image = simulator.render(s, SIZE);
      double ratio = width(image.heart()) / cavityWidth(s, image);
      assertEquals(s.cardiothoracicRatio(), ratio, 0.035, "study " + i);
      if (s.findings().contains(Finding.CARDIOMEGALY)) {
        assertTrue(ratio > 0.5);
      }
    }
  }

  /** Columns from the first to the last that hold the mask. */
  private static double width(boolean[] mask) {
    int left = SIZE;
    int right = -1;
    for (int p = 0; p < mask.length; p++) {
      if (mask[p]) {
        left = Math.min(left, p % SIZE);
        right = Math.max(right, p % SIZE);
      }
    }
    return right - left + 1;
  }

  /**
   * Inner thoracic width as a reader measures it: from the outermost lung edges, which lie where
   * the cavity thins to nothing.
   */
  private static double cavityWidth(ChestState s, XrayImage image) {
    return 2 * new Thorax(s).halfWidth * 10 / image.pixelSpacingMm();
  }

  @Test
  void lungsLieAtBothSidesAndAreDarkerThanTheHeart() {
    for (int i = 0; i < 200; i++) {
      ChestState s = sampler.sample(5, i);
      if (!s.findings(Modality.XRAY).isEmpty() || Math.abs(s.technique().rotation()) > 2) {
        continue;
      }
      XrayImage image = simulator.render(s, SIZE);
      assertTrue(mean(image, image.lungs()) + 0.1 < mean(image, image.heart()), "study " + i);
      int left = 0;
      int right = 0;
      for (int p = 0; p < image.lungs().length; p++) {
        if (image.lungs()[p]) {
          left += p % SIZE > SIZE / 2 ? 1 : 0;
          right += p % SIZE < SIZE / 2 ? 1 : 0;
        }
      }
      assertTrue(
          left > 2500 && right > 2500 && right > left,
          "the right lung is the larger and on the image's left");
    }
  }

  private static double mean(XrayImage image, boolean[] mask) {
    double sum = 0;
    int n = 0;
    for (int p = 0; p < mask.length; p++) {
      if (mask[p]) {
        sum += image.display()[p];
        n++;
      }
    }
    return sum / n;
  }

  @Test
  void anEffusionBluntsTheAngleOnItsSideOnly() {
    for (ChestState s : with(Finding.PLEURAL_EFFUSION, 20)) {
      // A flat or raised dome has its angle elsewhere.
      if (s.findings().contains(Finding.EMPHYSEMA) || s.findings().contains(Finding.ATELECTASIS)) {
        continue;
      }
      List<Side> sides =
          s.xray().stream()
              .filter(f -> f instanceof XrayFinding.Effusion)
              .map(f -> ((XrayFinding.Effusion) f).side())
              .toList();
      XrayImage seen = simulator.render(s, SIZE);
      XrayImage without = simulator.render(s.without(Finding.PLEURAL_EFFUSION), SIZE);
      for (Side side : Side.values()) {
        float change = whitening(s, side, seen, without);
        if (Float.isNaN(change)) {
          continue;
        }
        if (sides.contains(side)) {
          assertTrue(
              change > (s.technique().supine() ? 0.008 : 0.015),
              "angle whitens by " + change + ", study " + s.index());
        } else {
          assertEquals(0, change, 0.01, "study " + s.index());
        }
      }
    }
  }

  /** Largest change near the costophrenic angle; NaN where all of it is off the film. */
  private static float whitening(ChestState s, Side side, XrayImage seen, XrayImage without) {
    Thorax t = new Thorax(s);
    Film film = new Film(s, SIZE);
    float largest = Float.NaN;
    for (double inwards = 1.2; inwards < 3; inwards += 0.4) {
      double x = side.sign() * (t.halfWidth - inwards);
      double y = t.angleY(side) - inwards;
      long row = Math.round(film.row(x, y));
      long column = Math.round(film.column(x, y));
      // Outside the film, or below a collimated border.
      if (row < 0 || row >= SIZE || column < 0 || column >= SIZE) {
        continue;
      }
      int p = (int) (row * SIZE + column);
      if (seen.display()[p] < 0) {
        continue;
      }
      float change = seen.display()[p] - without.display()[p];
      if (Float.isNaN(largest) || Math.abs(change) > Math.abs(largest)) {
        largest = change;
      }
    }
    return largest;
  }

  @Test
  void noVesselIsSeenBeyondThePleuralLine() {
    for (ChestState s : with(Finding.PNEUMOTHORAX, 6)) {
      XrayFinding.Pneumothorax found =
          s.xray().stream()
              .filter(f -> f instanceof XrayFinding.Pneumothorax)
              .map(f -> (XrayFinding.Pneumothorax) f)
              .findFirst()
              .orElseThrow();
      XrayImage seen = simulator.render(s, SIZE);
      XrayImage without = simulator.render(s.without(Finding.PNEUMOTHORAX), SIZE);
      boolean[] mask = seen.masks().get(Finding.PNEUMOTHORAX);
      int darker = 0;
      int n = 0;
      for (int p = 0; p < mask.length; p++) {
        if (mask[p]) {
          n++;
          darker += seen.display()[p] < without.display()[p] ? 1 : 0;
        }
      }
      assertTrue(
          darker > 0.6 * n,
          "free air is darker than lung: " + darker + " of " + n + " with gap " + found.gap());
    }
  }

  @Test
  void sizesScaleTheSamePicture() {
    ChestState s = sampler.sample(6, 1);
    float[] small = simulator.render(s, 64).pixels().values();
    float[] large = simulator.render(s, 256).pixels().values();
    double error = 0;
    for (int r = 0; r < 64; r++) {
      for (int c = 0; c < 64; c++) {
        float sum = 0;
        for (int k = 0; k < 16; k++) {
          sum += large[(4 * r + k / 4) * 256 + 4 * c + k % 4];
        }
        error += Math.abs(sum / 16 - small[r * 64 + c]);
      }
    }
    assertTrue(error / 4096 < 0.06, "mean difference " + error / 4096);
  }

  private List<ChestState> with(Finding finding, int count) {
    List<ChestState> out = new ArrayList<>();
    for (long i = 0; out.size() < count; i++) {
      ChestState s = sampler.sample(21, i);
      if (s.findings().contains(finding)) {
        out.add(s);
      }
    }
    return out;
  }
}

package io.precordia.train.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.study.Modality;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetrievalFigureTest {
  private static final float[][] AXES = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  private static final float[][] SWAPPED = {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}};

  @Test
  void eachSettingIsScoredByItsOwnVectors() {
    PairVectors base = new PairVectors(AXES, SWAPPED, new long[] {0, 1, 2});
    PairVectors adapted = new PairVectors(AXES, AXES, new long[] {0, 1, 2});
    List<RetrievalFigure> figures = RetrievalFigure.of(Modality.XRAY, base, adapted);
    assertEquals(2, figures.size(), "only k below the size of the gallery");
    RetrievalFigure byReport = figures.getFirst();
    assertEquals("report-to-image", byReport.direction());
    assertEquals(1.0 / 3, byReport.base().precision(), 1e-12);
    assertEquals(1, byReport.adapted().precision(), 1e-12);
    assertEquals(1, byReport.served().recall(), 1e-12, "adapted report against plain images");
    assertEquals(
        1.0 / 3, figures.get(1).served().recall(), 1e-12, "plain reports stay as they were");
  }

  @Test
  void equalReportsAreRelevantToEachOther() {
    PairVectors same = new PairVectors(AXES, SWAPPED, new long[] {0, 0, 1});
    RetrievalFigure figure = RetrievalFigure.of(Modality.ECG, same, same).getFirst();
    assertEquals(1, figure.base().precision(), 1e-12);
    assertEquals((0.5 + 0.5 + 1) / 3, figure.base().recall(), 1e-12);
    // With equal texts left out only one negative is there for the first two.
    double loss = new PairVectors(AXES, AXES, new long[] {0, 0, 1}).loss(1);
    double first = Math.log(1 + Math.exp(-1));
    double third = Math.log(1 + 2 * Math.exp(-1));
    assertEquals((2 * first + third) / 3, loss, 1e-9);
  }
}

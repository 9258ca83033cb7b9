package io.precordia.dicom.result;

import io.precordia.study.Lead;
import java.util.List;

/** Where the model looked for a finding. It shows what moved the score, not where disease is. */
public sealed interface Evidence {
  /**
   * The most relevant area of an image.
   *
   * @param outline corners of a closed polygon as x, y pairs in pixels from the image's upper left
   *     corner; the first is not repeated
   * @param share of all relevance that lies inside, 0 to 1
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
  record Area(float[] outline, double share) implements Evidence {
    public Area {
      if (outline.length < 6 || outline.length % 2 != 0) {
        throw new IllegalArgumentException("an outline has at least three corners");
      }
    }
  }

  /** The most relevant stretches of an ECG, the lead with the largest share first. */
  record Stretches(List<Stretch> stretches) implements Evidence {
    public Stretches {
      stretches = List.copyOf(stretches);
    }
  }

  /**
   * One lead.
   *
   * @param from seconds from the start of the recording
   * @param to seconds, not before {@code from}
   * @param share of all relevance that this lead has, 0 to 1
   */
  record Stretch(Lead lead, double from, double to, double share) {}
}

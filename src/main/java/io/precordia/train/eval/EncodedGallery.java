package io.precordia.train.eval;

import io.precordia.study.Modality;
import io.precordia.train.data.StudySample;
import java.util.List;

/**
 * Studies with both kinds of frozen features.
 *
 * @param gallery in the shared space
 * @param features what the projection head got, [studies][width]
 */
public record EncodedGallery(Gallery gallery, float[][] features) {
  private static final int CHUNK = 64;

  /** One pass over studies without augmentation. */
  public static EncodedGallery of(
      Modality modality, List<StudySample> studies, WeightsEmbedder embedder) {
    float[][] vectors = new float[studies.size()][];
    float[][] features = new float[studies.size()][];
    for (int from = 0; from < studies.size(); from += CHUNK) {
      List<StudySample> chunk = studies.subList(from, Math.min(studies.size(), from + CHUNK));
      WeightsEmbedder.Encoded some =
          modality == Modality.XRAY
              ? embedder.encodeXrays(Gallery.xrays(chunk), chunk.size())
              : embedder.encodeEcgs(Gallery.ecgs(chunk), chunk.size());
      System.arraycopy(some.vectors(), 0, vectors, from, chunk.size());
      System.arraycopy(some.features(), 0, features, from, chunk.size());
    }
    return new EncodedGallery(new Gallery(modality, studies, vectors), features);
  }
}

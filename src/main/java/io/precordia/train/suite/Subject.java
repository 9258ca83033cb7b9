package io.precordia.train.suite;

import io.precordia.study.Modality;
import io.precordia.train.data.Corpora;
import io.precordia.train.data.KermanyCorpus;
import io.precordia.train.data.PtbXlCorpus;
import io.precordia.train.data.StudySample;
import io.precordia.train.eval.EncodedGallery;
import io.precordia.train.eval.Gallery;
import io.precordia.train.eval.WeightsEmbedder;
import io.precordia.train.metrics.ClusterBootstrap;
import io.precordia.train.text.FactVocabulary;
import java.util.List;

/**
 * What every part of an evaluation looks at: the studies of the evaluated split, each embedded
 * once. The simulated ones are present as radiographs and as ECGs, in the same order.
 */
record Subject(
    FactVocabulary facts,
    WeightsEmbedder embedder,
    double denialWeight,
    ClusterBootstrap bootstrap,
    EncodedGallery kermany,
    EncodedGallery nih,
    EncodedGallery ptbxl,
    EncodedGallery films,
    EncodedGallery ecgs) {
  static Subject of(
      FactVocabulary facts,
      Corpora data,
      WeightsEmbedder embedder,
      double denialWeight,
      ClusterBootstrap bootstrap) {
    return new Subject(
        facts,
        embedder,
        denialWeight,
        bootstrap,
        EncodedGallery.of(Modality.XRAY, data.kermany(), embedder),
        EncodedGallery.of(Modality.XRAY, data.nih(), embedder),
        EncodedGallery.of(Modality.ECG, data.ptbxl(), embedder),
        EncodedGallery.of(Modality.XRAY, data.simulated(), embedder),
        EncodedGallery.of(Modality.ECG, data.simulated(), embedder));
  }

  /** The real data set of a name. */
  EncodedGallery of(String source) {
    return switch (source) {
      case KermanyCorpus.NAME -> kermany;
      case PtbXlCorpus.NAME -> ptbxl;
      default -> nih;
    };
  }

  List<StudySample> simulated() {
    return films.gallery().studies();
  }

  Gallery realFilms() {
    return kermany.gallery().and(nih.gallery());
  }
}

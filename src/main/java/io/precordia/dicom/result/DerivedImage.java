package io.precordia.dicom.result;

import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;

/** What a derived image says of where it comes from (PS3.3 C.7.6.1, C.12.4). */
final class DerivedImage {
  private static final Code DERIVATION = Code.dcm("113085", "Spatial resampling");
  private static final Code PURPOSE =
      Code.dcm("121322", "Source image for image processing operation");

  private DerivedImage() {}

  /** Words for people: what was computed, of which finding, by which model. */
  static String description(Analysis analysis, Finding finding) {
    return String.format(
        Locale.ROOT,
        "Where the model looked for %s (probability %.2f); model %s %s. Not for clinical use.",
        finding.words(),
        finding.probability(),
        analysis.model().id(),
        analysis.digest());
  }

  /** The source image with the purpose that it served. */
  static Attributes source(ResultHeader header) {
    Attributes source = header.sourceReference();
    PURPOSE.into(source, Tag.PurposeOfReferenceCodeSequence);
    return source;
  }

  /** The Derivation Image macro (PS3.3 C.7.6.16.2.6). */
  static void macro(Attributes functionalGroup, ResultHeader header, Finding finding) {
    Attributes derivation = new Attributes();
    derivation.setString(Tag.DerivationDescription, VR.ST, description(header.analysis(), finding));
    DERIVATION.into(derivation, Tag.DerivationCodeSequence);
    derivation.newSequence(Tag.SourceImageSequence, 1).add(source(header));
    functionalGroup.newSequence(Tag.DerivationImageSequence, 1).add(derivation);
  }

  /** Series of the source for those objects that list it (PS3.3 C.12.2). */
  static void referencedSeries(Attributes d, ResultHeader header, int referencedTag) {
    Attributes series = new Attributes();
    series.newSequence(referencedTag, 1).add(header.sourceReference());
    series.setString(Tag.SeriesInstanceUID, VR.UI, header.source().seriesUid());
    d.newSequence(Tag.ReferencedSeriesSequence, 1).add(series);
  }
}

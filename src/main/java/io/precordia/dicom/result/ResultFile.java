package io.precordia.dicom.result;

import io.precordia.dicom.write.DerivedUid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/** The Part 10 file around a finished data set. */
final class ResultFile {
  private static final String EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

  private ResultFile() {}

  static ResultObject of(ResultKind kind, Attributes dataset) {
    Attributes meta = dataset.createFileMetaInformation(EXPLICIT_LITTLE_ENDIAN);
    meta.setString(Tag.ImplementationClassUID, VR.UI, DerivedUid.of("precordia-dicom-writer"));
    meta.setString(Tag.ImplementationVersionName, VR.SH, "PRECORDIA");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream file = new ImageOutputStream(out, EXPLICIT_LITTLE_ENDIAN)) {
      file.writeDataset(meta, dataset);
      file.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ResultObject(
        kind,
        dataset.getString(Tag.SOPClassUID),
        dataset.getString(Tag.SOPInstanceUID),
        EXPLICIT_LITTLE_ENDIAN,
        out.toByteArray());
  }
}

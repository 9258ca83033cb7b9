package io.precordia.dicom.deid;

import static io.precordia.dicom.deid.PhiBuilder.path;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.VR;
import org.aoju.bus.image.galaxy.io.ImageOutputStream;

/** A seeded set of objects with planted identifiers of every kind and what must become of each. */
final class SyntheticPhi {
  static final DeidentificationProfile BASIC =
      DeidentificationProfile.of(ProfileOption.CLEAN_PIXEL_DATA);
  static final DeidentificationProfile RETAIN =
      DeidentificationProfile.of(
          ProfileOption.RETAIN_FULL_DATES,
          ProfileOption.RETAIN_UIDS,
          ProfileOption.RETAIN_DEVICE_IDENTITY,
          ProfileOption.RETAIN_INSTITUTION_IDENTITY,
          ProfileOption.RETAIN_PATIENT_CHARACTERISTICS,
          ProfileOption.RETAIN_SAFE_PRIVATE,
          ProfileOption.CLEAN_DESCRIPTORS,
          ProfileOption.CLEAN_STRUCTURED_CONTENT,
          ProfileOption.CLEAN_GRAPHICS,
          ProfileOption.CLEAN_PIXEL_DATA);
  private static final DeidentificationProfile[] PROFILES = {
    BASIC, DeidentificationProfile.research(), RETAIN
  };
  private static final String[] KINDS = {
    "CR", "DX", "CR", "ECG", "SR", "DX", "SC", "PS", "CR", "OV", "MF", "DX", "SR", "ECG", "CR",
    "PDF"
  };

  private final long seed;
  private final List<PhiFilm> films;
  private final PhiLettering lettering = new PhiLettering();

  SyntheticPhi(long seed, int films) {
    this.seed = seed;
    this.films = PhiFilm.bases(seed, films);
  }

  PhiCase make(int index) {
    Random r = new Random(seed * 1_000_003 + index * 7919L);
    String kind = KINDS[index % KINDS.length];
    PhiCase c = new PhiCase(index, kind, PROFILES[r.nextInt(PROFILES.length)], PhiPerson.of(r));
    PhiBuilder b = new PhiBuilder(c, r);
    switch (kind) {
      case "CR" -> film(b, "1.2.840.10008.5.1.4.1.1.1", "CR");
      case "DX" -> {
        film(b, "1.2.840.10008.5.1.4.1.1.1.1", "DX");
        Attributes context = b.item(b.root, Tag.AcquisitionContextSequence);
        context.setString(Tag.ValueType, VR.CS, "TEXT");
        b.set(context, Tag.TextValue, VR.UT, "held by " + c.person.inText());
      }
      case "SC" -> screen(b);
      case "ECG" -> ecg(b);
      case "SR" -> report(b);
      case "PS" -> presentation(b);
      case "OV" -> overlay(b);
      case "MF" -> frames(b);
      default -> {
        b.common("1.2.840.10008.5.1.4.1.1.104.1", "DOC", "Z");
        b.root.setBytes(
            Tag.EncapsulatedDocument, VR.OB, "%PDF-1.4 ".getBytes(StandardCharsets.US_ASCII));
        c.refused = true;
      }
    }
    c.file = write(b.root);
    return c;
  }

  private static byte[] write(Attributes d) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageOutputStream dicom = new ImageOutputStream(out, "1.2.840.10008.1.2.1");
      dicom.writeDataset(d.createFileMetaInformation("1.2.840.10008.1.2.1"), d);
      dicom.finish();
      dicom.flush();
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> burned(PhiCase c, Random r) {
    PhiPerson p = c.person;
    String name = PhiLettering.plain(p.name().split("=")[0].replace('^', ' ')).strip();
    if (name.replaceAll("[^A-Za-z]", "").length() < 4) {
      name = "DOE ROBERTA";
    }
    String dob = p.birth().toString();
    List<String> all =
        new ArrayList<>(
            List.of(
                name,
                name.toUpperCase(Locale.ROOT),
                "ID: " + p.id(),
                p.id(),
                "DOB " + dob,
                p.birth().getDayOfMonth()
                    + "."
                    + p.birth().getMonthValue()
                    + "."
                    + p.birth().getYear(),
                p.study() + " 14:03:22",
                p.institution(),
                p.accession() + " " + (r.nextBoolean() ? "F" : "M") + " " + p.age() + "Y"));
    java.util.Collections.shuffle(all, r);
    return all.subList(0, 1 + r.nextInt(4));
  }

  private void film(PhiBuilder b, String sopClass, String modality) {
    b.common(sopClass, modality, "Z");
    b.put(Tag.AcquisitionDate, VR.DA, "X date", b.of.person.studyDate());
    b.put(Tag.AcquisitionTime, VR.TM, "X date", "090102");
    b.put(Tag.AcquisitionDateTime, VR.DT, "X date", b.of.person.studyDate() + "090102.5+0100");
    PhiFilm film = films.get(b.r.nextInt(films.size())).copy();
    if (b.r.nextInt(3) > 0) {
      film.write(b.r, lettering, burned(b.of, b.r));
      if (b.r.nextInt(4) == 0) {
        film.write(b.r, lettering, burned(b.of, b.r));
      }
    }
    b.of.lungs = film.lungs;
    grey(b, film);
  }

  /** Stored values of 8, 12 or 16 bits, signed or not, in both polarities. */
  private static void grey(PhiBuilder b, PhiFilm film) {
    b.of.lines.addAll(film.lines);
    int choice = b.r.nextInt(4);
    int bits = choice == 0 ? 8 : choice == 1 ? 16 : 12;
    boolean inverse = b.r.nextInt(3) == 0;
    boolean signed = bits == 16 && b.r.nextBoolean();
    int max = (1 << bits) - 1;
    Attributes d = b.root;
    d.setInt(Tag.SamplesPerPixel, VR.US, 1);
    b.put(Tag.PhotometricInterpretation, VR.CS, "K", inverse ? "MONOCHROME1" : "MONOCHROME2");
    d.setInt(Tag.Rows, VR.US, film.rows);
    d.setInt(Tag.Columns, VR.US, film.columns);
    d.setInt(Tag.BitsAllocated, VR.US, bits == 8 ? 8 : 16);
    d.setInt(Tag.BitsStored, VR.US, bits);
    d.setInt(Tag.HighBit, VR.US, bits - 1);
    d.setInt(Tag.PixelRepresentation, VR.US, signed ? 1 : 0);
    int width = bits == 8 ? 1 : 2;
    byte[] bytes = new byte[film.display.length * width];
    for (int i = 0; i < film.display.length; i++) {
      double v = Math.clamp(0.08 + 0.8 * film.display[i], 0, 1);
      int stored = (int) Math.round(max * (inverse ? 1 - v : v)) - (signed ? 1 << 15 : 0);
      bytes[i * width] = (byte) stored;
      if (width == 2) {
        bytes[2 * i + 1] = (byte) (stored >> 8);
      }
    }
    d.setBytes(Tag.PixelData, width == 1 ? VR.OB : VR.OW, bytes);
  }

  /** A colour screen shot. */
  private void screen(PhiBuilder b) {
    b.common("1.2.840.10008.5.1.4.1.1.7", "OT", "Z");
    b.put(Tag.ConversionType, VR.CS, "K", "WSD");
    b.put(Tag.DateOfSecondaryCapture, VR.DA, "X date", b.of.person.studyDate());
    PhiFilm film = PhiFilm.flat(640, 480, b.r.nextBoolean() ? 0.05f : 0.9f);
    film.write(b.r, lettering, burned(b.of, b.r));
    film.write(b.r, lettering, burned(b.of, b.r));
    b.of.lines.addAll(film.lines);
    boolean planar = b.r.nextBoolean();
    float[] tint = {b.r.nextFloat(), 0.6f + 0.4f * b.r.nextFloat(), b.r.nextFloat()};
    Attributes d = b.root;
    d.setInt(Tag.SamplesPerPixel, VR.US, 3);
    d.setString(Tag.PhotometricInterpretation, VR.CS, "RGB");
    d.setInt(Tag.PlanarConfiguration, VR.US, planar ? 1 : 0);
    d.setInt(Tag.Rows, VR.US, film.rows);
    d.setInt(Tag.Columns, VR.US, film.columns);
    d.setInt(Tag.BitsAllocated, VR.US, 8);
    d.setInt(Tag.BitsStored, VR.US, 8);
    d.setInt(Tag.HighBit, VR.US, 7);
    d.setInt(Tag.PixelRepresentation, VR.US, 0);
    int n = film.display.length;
    byte[] bytes = new byte[3 * n];
    for (int s = 0; s < 3; s++) {
      for (int i = 0; i < n; i++) {
        bytes[planar ? s * n + i : 3 * i + s] =
            (byte) Math.round(255 * Math.clamp(film.display[i] * tint[s], 0, 1));
      }
    }
    d.setBytes(Tag.PixelData, VR.OB, bytes);
  }

  /** Several frames with the same text, as a fluoroscope or an ultrasound machine makes them. */
  private void frames(PhiBuilder b) {
    b.common("1.2.840.10008.5.1.4.1.1.12.1", "XA", "Z");
    PhiFilm film = films.get(b.r.nextInt(films.size())).copy();
    film.write(b.r, lettering, burned(b.of, b.r));
    b.of.lungs = film.lungs;
    grey(b, film);
    byte[] one = b.root.getSafeBytes(Tag.PixelData);
    byte[] three = new byte[3 * one.length];
    for (int f = 0; f < 3; f++) {
      System.arraycopy(one, 0, three, f * one.length, one.length);
    }
    b.put(Tag.NumberOfFrames, VR.IS, "K", "3");
    b.root.setBytes(Tag.PixelData, b.root.getInt(Tag.BitsAllocated, 8) == 8 ? VR.OB : VR.OW, three);
  }

  private static void ecg(PhiBuilder b) {
    PhiPerson p = b.of.person;
    b.common("1.2.840.10008.5.1.4.1.1.9.1.1", "ECG", "D");
    b.put(Tag.AcquisitionDateTime, VR.DT, "D date", p.studyDate() + "101112.25-0500");
    Attributes group = b.item(b.root, Tag.WaveformSequence);
    List<Integer> at = path(Tag.WaveformSequence, 0);
    b.put(group, at, Tag.WaveformOriginality, VR.CS, "K", "ORIGINAL");
    group.setInt(Tag.NumberOfWaveformChannels, VR.US, 1);
    group.setInt(Tag.NumberOfWaveformSamples, VR.UL, 100);
    b.put(group, at, Tag.SamplingFrequency, VR.DS, "K", "500");
    Attributes channel = b.item(group, Tag.ChannelDefinitionSequence);
    b.put(
        channel,
        path(at, Tag.ChannelDefinitionSequence, 0),
        Tag.ChannelSensitivity,
        VR.DS,
        "K",
        "1");
    group.setInt(Tag.WaveformBitsAllocated, VR.US, 16);
    group.setString(Tag.WaveformSampleInterpretation, VR.CS, "SS");
    byte[] samples = new byte[200];
    b.r.nextBytes(samples);
    group.setBytes(Tag.WaveformData, VR.OW, samples);
    String[] notes = {
      "Sinus rhythm. Confirmed by Dr. " + p.reader().split("\\^")[0],
      "Patient " + p.inText() + " " + p.id(),
      "QRS widened"
    };
    String[] words = {"Sinus", "Patient", "QRS"};
    for (int i = 0; i < notes.length; i++) {
      Attributes annotation = b.item(b.root, Tag.WaveformAnnotationSequence);
      b.text(
          annotation,
          path(Tag.WaveformAnnotationSequence, i),
          Tag.UnformattedTextValue,
          VR.ST,
          "D graph desc",
          notes[i],
          words[i]);
    }
    Attributes context = b.item(b.root, Tag.AcquisitionContextSequence);
    if (b.expected("X struct") == Expected.CLEANED) {
      context.setString(Tag.ValueType, VR.CS, "TEXT");
      b.text(
          context,
          path(Tag.AcquisitionContextSequence, 0),
          Tag.TextValue,
          VR.UT,
          "X struct",
          "supine, " + p.inText(),
          "supine");
    } else {
      b.set(context, Tag.TextValue, VR.UT, "supine, " + p.inText());
      b.note(
          List.of(),
          Tag.AcquisitionContextSequence,
          Expected.EMPTY,
          new String[] {"item"},
          List.of());
    }
  }

  private static void report(PhiBuilder b) {
    PhiPerson p = b.of.person;
    b.common("1.2.840.10008.5.1.4.1.1.88.22", "SR", "D");
    if (!b.of.profile.has(ProfileOption.CLEAN_STRUCTURED_CONTENT)) {
      b.of.refused = true;
    }
    b.put(Tag.ValueType, VR.CS, "K", "CONTAINER");
    b.put(Tag.CompletionFlag, VR.CS, "K", "COMPLETE");
    b.put(Tag.VerificationFlag, VR.CS, "K", "VERIFIED");
    Attributes observer = b.item(b.root, Tag.VerifyingObserverSequence);
    List<Integer> at = path(Tag.VerifyingObserverSequence, 0);
    b.put(observer, at, Tag.VerifyingObserverName, VR.PN, "D", p.reader());
    b.put(observer, at, Tag.VerifyingOrganization, VR.LO, "D", p.institution());
    b.put(observer, at, Tag.VerificationDateTime, VR.DT, "D date", p.studyDate() + "1200");
    int n = 0;
    Attributes finding = content(b, n, "TEXT", "121071", "Finding");
    b.text(
        finding,
        path(Tag.ContentSequence, n++),
        Tag.TextValue,
        VR.UT,
        "D struct",
        "The heart of "
            + p.inText()
            + " is enlarged. Compared with "
            + p.study().minusDays(400)
            + ". Discussed with Dr. "
            + p.physician().split("\\^")[0]
            + ", phone "
            + p.phone()
            + ".",
        "heart",
        "enlarged",
        "Compared");
    Attributes person = content(b, n, "PNAME", "121008", "Person Observer Name");
    b.put(person, path(Tag.ContentSequence, n++), Tag.PersonName, VR.PN, "D", p.reader());
    Attributes date = content(b, n, "DATE", "111526", "DateTime Started");
    b.put(date, path(Tag.ContentSequence, n++), Tag.Date, VR.DA, "D date", p.studyDate());
    Attributes time = content(b, n, "DATETIME", "111527", "DateTime Ended");
    b.put(
        time,
        path(Tag.ContentSequence, n++),
        Tag.DateTime,
        VR.DT,
        "D date",
        p.studyDate() + "111213.000+0100");
    Attributes ref = content(b, n, "UIDREF", "112040", "Tracking Unique Identifier");
    String uid = b.uid();
    b.put(ref, path(Tag.ContentSequence, n++), Tag.UID, VR.UI, "U", uid);
    b.of.identifiers.add(uid);
    Attributes num = content(b, n, "NUM", "122001", "Cardiothoracic ratio");
    Attributes value = b.item(num, Tag.MeasuredValueSequence);
    b.put(
        value,
        path(Tag.ContentSequence, n++, Tag.MeasuredValueSequence, 0),
        Tag.NumericValue,
        VR.DS,
        "K",
        "0.56");
    Attributes image = content(b, n, "IMAGE", "121112", "Source of Measurement");
    Attributes sop = b.item(image, Tag.ReferencedSOPSequence);
    b.put(
        sop,
        path(Tag.ContentSequence, n++, Tag.ReferencedSOPSequence, 0),
        Tag.ReferencedSOPInstanceUID,
        VR.UI,
        "U uid",
        b.uid());
    Attributes box = content(b, n, "CONTAINER", "121070", "Findings");
    Attributes inner = b.item(box, Tag.ContentSequence);
    inner.setString(Tag.ValueType, VR.CS, "TEXT");
    b.text(
        inner,
        path(Tag.ContentSequence, n++, Tag.ContentSequence, 0),
        Tag.TextValue,
        VR.UT,
        "D struct",
        "no effusion; " + p.parts().getFirst().toLowerCase(Locale.ROOT) + " " + p.id(),
        "no",
        "effusion");
    // What goes as a whole stands last, so that the numbers of the others stay.
    Attributes subject = content(b, n, "PNAME", "121029", "Subject Name");
    b.set(subject, Tag.PersonName, VR.PN, p.name());
    b.note(
        path(Tag.ContentSequence, n++),
        Tag.PersonName,
        Expected.ABSENT,
        new String[] {p.name()},
        List.of());
    Attributes id = content(b, n, "TEXT", "121030", "Subject ID");
    id.setString(Tag.TextValue, VR.UT, p.id());
    b.note(
        path(Tag.ContentSequence, n++),
        Tag.TextValue,
        Expected.ABSENT,
        new String[] {p.id()},
        List.of());
  }

  private static Attributes content(PhiBuilder b, int n, String type, String code, String meaning) {
    Attributes item = b.item(b.root, Tag.ContentSequence);
    item.setString(Tag.RelationshipType, VR.CS, "CONTAINS");
    item.setString(Tag.ValueType, VR.CS, type);
    Attributes name = b.item(item, Tag.ConceptNameCodeSequence);
    name.setString(Tag.CodeValue, VR.SH, code);
    name.setString(Tag.CodingSchemeDesignator, VR.SH, "DCM");
    name.setString(Tag.CodeMeaning, VR.LO, meaning);
    return item;
  }

  private static void presentation(PhiBuilder b) {
    PhiPerson p = b.of.person;
    b.common("1.2.840.10008.5.1.4.1.1.11.1", "PR", "Z");
    b.put(Tag.PresentationCreationDate, VR.DA, "D date", p.studyDate());
    b.put(Tag.PresentationCreationTime, VR.TM, "D date", "131415");
    b.put(Tag.ContentCreatorName, VR.PN, "Z", p.reader());
    Attributes annotation = b.item(b.root, Tag.GraphicAnnotationSequence);
    List<Integer> at = path(Tag.GraphicAnnotationSequence, 0);
    b.put(annotation, at, Tag.GraphicLayer, VR.CS, "K", "LAYER");
    Attributes text = b.item(annotation, Tag.TextObjectSequence);
    b.text(
        text,
        path(at, Tag.TextObjectSequence, 0),
        Tag.UnformattedTextValue,
        VR.ST,
        "D graph desc",
        "nodule? " + p.inText() + " " + p.id(),
        "nodule");
    Attributes series = b.item(b.root, Tag.ReferencedSeriesSequence);
    b.put(
        series,
        path(Tag.ReferencedSeriesSequence, 0),
        Tag.SeriesInstanceUID,
        VR.UI,
        "U uid",
        b.uid());
  }

  /** A film with an overlay plane of letters, with a label that names the patient. */
  private void overlay(PhiBuilder b) {
    film(b, "1.2.840.10008.5.1.4.1.1.1", "CR");
    boolean kept = b.of.profile.has(ProfileOption.CLEAN_GRAPHICS);
    int w = 512;
    int h = 128;
    PhiFilm plane = PhiFilm.flat(w, h, 0);
    plane.write(new Random(b.r.nextInt()), lettering, List.of(burned(b.of, b.r).getFirst()));
    byte[] bits = new byte[w * h / 8];
    for (int i = 0; i < w * h; i++) {
      if (plane.display[i] > 0.3) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    b.root.setInt(0x60000010, VR.US, h);
    b.root.setInt(0x60000011, VR.US, w);
    b.root.setString(0x60000040, VR.CS, "G");
    b.note(
        List.of(),
        0x60000040,
        kept ? Expected.SAME : Expected.ABSENT,
        new String[] {"G"},
        List.of());
    b.root.setInt(0x60000050, VR.SS, 1, 1);
    b.root.setInt(0x60000100, VR.US, 1);
    b.root.setInt(0x60000102, VR.US, 0);
    b.root.setBytes(0x60003000, VR.OW, bits);
    b.note(
        List.of(),
        0x60003000,
        kept ? Expected.DUMMY : Expected.ABSENT,
        new String[] {"bits"},
        List.of());
    b.text(
        b.root,
        List.of(),
        0x60004000,
        VR.LT,
        "X graph",
        "drawn for " + b.of.person.inText(),
        "drawn");
  }
}

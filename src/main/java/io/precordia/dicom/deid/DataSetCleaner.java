package io.precordia.dicom.deid;

import java.util.Arrays;
import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.Fragments;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * Builds the de-identified data set attribute by attribute, sequences gone through: nothing that is
 * not asked for gets into the result. All text is decoded by its own character set and written in
 * UTF-8. For one object; not thread-safe.
 */
final class DataSetCleaner {
  private static final int DEEPEST = 64;
  private static final String WELL_KNOWN = "1.2.840.10008.";
  private static final Set<String> PUBLIC_SCHEMES =
      Set.of(
          "DCM",
          "SCT",
          "SRT",
          "SNM3",
          "99SDM",
          "LN",
          "UCUM",
          "MDC",
          "RADLEX",
          "FMA",
          "UMLS",
          "NCIt",
          "ACR",
          "I10",
          "I10P",
          "I9",
          "I9C",
          "ISO3166_1",
          "RFC5646",
          "CDCREC",
          "SCPECG",
          "IBSI");

  private final ActionRules rules;
  private final SafePrivateAttributes safe;
  private final DeidentificationProfile profile;
  private final SubjectSecret secret;
  private final String pseudonym;
  private final DateShift shift;
  private final TextCleaner text;
  private final ContentItems contentItems;

  DataSetCleaner(
      ActionRules rules,
      SafePrivateAttributes safe,
      DeidentificationProfile profile,
      SubjectSecret secret,
      String subject,
      TextCleaner text) {
    this.rules = rules;
    this.safe = safe;
    this.profile = profile;
    this.secret = secret;
    this.pseudonym = secret.pseudonym(subject);
    this.shift = new DateShift(secret.shiftDays(subject));
    this.text = text;
    this.contentItems = new ContentItems(profile);
  }

  Attributes clean(Attributes in) {
    Attributes out = new Attributes();
    out.setString(Tag.SpecificCharacterSet, VR.CS, "ISO_IR 192");
    fill(in, out, 0);
    return out;
  }

  private void fill(Attributes in, Attributes out, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    boolean publicCode =
        PUBLIC_SCHEMES.contains(String.valueOf(in.getString(Tag.CodingSchemeDesignator)));
    for (int tag : in.tags()) {
      VR vr = in.getVR(tag);
      if (tag == Tag.SpecificCharacterSet || (tag & 0xffff) == 0) {
        continue;
      }
      if ((tag & 0x00010000) != 0) {
        privateAttribute(in, out, tag, vr);
        continue;
      }
      if (vr == VR.UN) {
        vr = ElementDictionary.vrOf(tag, null);
      }
      switch (rules.of(tag, vr)) {
        case REMOVE -> {}
        case EMPTY -> empty(out, tag, vr);
        case DUMMY -> dummy(in, out, tag, vr, depth);
        case KEEP -> keep(in, out, tag, vr, depth, publicCode);
        case CLEAN -> clean(in, out, tag, vr, depth);
        case REPLACE_UID -> replaceUids(in, out, tag, vr);
      }
    }
  }

  private void empty(Attributes out, int tag, VR vr) {
    if (tag == Tag.PatientID) {
      out.setString(tag, vr, pseudonym);
    } else if (tag == Tag.PatientName) {
      out.setString(tag, vr, pseudonym);
    } else if (vr == VR.SQ) {
      out.newSequence(tag, 0);
    } else {
      out.setNull(tag, vr);
    }
  }

  private void dummy(Attributes in, Attributes out, int tag, VR vr, int depth) {
    if (vr != VR.SQ) {
      DummyValues.set(out, tag, vr, in);
      return;
    }
    Attributes first = in.getNestedDataset(tag);
    if (tag == Tag.ContentSequence || first == null) {
      out.newSequence(tag, 0);
    } else if (tag == Tag.GraphicAnnotationSequence) {
      sequence(in, out, tag, depth);
      GraphicsCleaner.withoutGraphics(out.getSequence(tag));
    } else if (first.contains(Tag.CodeValue) || first.contains(Tag.CodeMeaning)) {
      out.newSequence(tag, 1).add(DummyValues.code());
    } else {
      sequence(in, out, tag, depth);
    }
  }

  private void keep(Attributes in, Attributes out, int tag, VR vr, int depth, boolean publicCode) {
    Object value = in.getValue(tag);
    if (vr == VR.SQ) {
      if (value instanceof Sequence || in.getNestedDataset(tag) != null) {
        sequence(in, out, tag, depth);
      }
      return;
    }
    if (value instanceof Sequence) {
      return; // a sequence in the place of a value: not what the dictionary says
    }
    if (value instanceof Fragments fragments) {
      fragments(fragments, out, tag, vr);
      return;
    }
    if (tag == Tag.PatientAge) {
      ages(in, out);
      return;
    }
    switch (vr) {
      case LO, LT, SH, ST, UC, UT, UR ->
          strings(in, out, tag, vr, s -> publicCode ? s : text.scrub(s, vr));
      case CS -> strings(in, out, tag, vr, s -> text.identifies(s) && s.length() > 3 ? "" : s);
      case PN, AE, UI, AS, DA, DT, TM -> strings(in, out, tag, vr, s -> s);
      case IS, DS -> numbers(in, out, tag, vr);
      case UN -> {}
      default -> {
        if (in.containsValue(tag)) {
          out.setValue(tag, vr, value);
        } else {
          out.setNull(tag, vr);
        }
      }
    }
  }

  /** The toolkit reads an empty offset table as a string, which it cannot write. */
  private static void fragments(Fragments in, Attributes out, int tag, VR vr) {
    Fragments copy = out.newFragments(tag, vr, in.size());
    for (Object fragment : in) {
      copy.add(fragment);
      if (!(fragment instanceof byte[])) {
        copy.set(copy.size() - 1, new byte[0]);
      }
    }
  }

  private void clean(Attributes in, Attributes out, int tag, VR vr, int depth) {
    switch (vr) {
      case SQ -> sequence(in, out, tag, depth);
      case DA -> strings(in, out, tag, vr, shift::date);
      case DT -> strings(in, out, tag, vr, shift::dateTime);
      case TM -> strings(in, out, tag, vr, s -> s);
      case LO, LT, SH, ST, UC, UT ->
          strings(in, out, tag, vr, s -> tag == Tag.TimezoneOffsetFromUTC ? s : text.clean(s, vr));
      default -> DummyValues.set(out, tag, vr, in);
    }
  }

  private void sequence(Attributes in, Attributes out, int tag, int depth) {
    Sequence items = in.getSequence(tag);
    Sequence cleaned = out.newSequence(tag, items == null ? 0 : items.size());
    if (items == null) {
      return;
    }
    for (Attributes item : items) {
      boolean content = tag == Tag.ContentSequence;
      if (content && contentItems.dropped(item)) {
        continue;
      }
      Attributes next = new Attributes();
      cleaned.add(next); // joined first: its text takes the character set of the root
      fill(item, next, depth + 1);
      if (content) {
        contentItems.cap(next);
      }
    }
  }

  private void replaceUids(Attributes in, Attributes out, int tag, VR vr) {
    if (vr != VR.UI) {
      DummyValues.set(out, tag, vr, in);
      return;
    }
    strings(in, out, tag, vr, s -> s.startsWith(WELL_KNOWN) ? s : secret.uid(s));
  }

  /** Ages above 89 years become 90 (45 CFR 164.514(b)(2)(i)(C)). */
  private static void ages(Attributes in, Attributes out) {
    strings(
        in,
        out,
        Tag.PatientAge,
        VR.AS,
        s -> s.matches("\\d{3}Y") && Integer.parseInt(s.substring(0, 3)) > 89 ? "090Y" : s);
  }

  private void privateAttribute(Attributes in, Attributes out, int tag, VR vr) {
    if (!profile.has(ProfileOption.RETAIN_SAFE_PRIVATE) || (tag & 0xff00) == 0) {
      return;
    }
    String creator = in.privateCreatorOf(tag);
    if (creator == null || !safe.contains(tag, creator, vr.name()) || !in.containsValue(tag)) {
      return;
    }
    int element = tag & 0xffff00ff;
    switch (vr) {
      case SH, LO, CS -> {
        String[] values = in.getStrings(creator, tag);
        if (values != null) {
          out.setString(
              creator,
              element,
              vr,
              Arrays.stream(values)
                  .map(s -> s == null ? "" : text.scrub(s, vr))
                  .toArray(String[]::new));
        }
      }
      case DS, IS -> out.setString(creator, element, vr, in.getStrings(creator, tag));
      case FL, FD, US, SS, UL, SL -> out.setValue(creator, element, vr, in.getValue(creator, tag));
      default -> {}
    }
  }

  /** Digits only: a number is no place for a name. */
  private static void numbers(Attributes in, Attributes out, int tag, VR vr) {
    strings(in, out, tag, vr, s -> s.matches("[-+0-9.eE ]{0,16}") ? s : "");
  }

  private interface Change {
    @Nullable String apply(String value);
  }

  private static void strings(Attributes in, Attributes out, int tag, VR vr, Change change) {
    String[] values = in.getValue(tag) instanceof Sequence ? null : in.getStrings(tag);
    if (values == null || values.length == 0) {
      out.setNull(tag, vr);
      return;
    }
    String[] changed = new String[values.length];
    boolean any = false;
    for (int i = 0; i < values.length; i++) {
      String value = values[i] == null || values[i].isEmpty() ? "" : change.apply(values[i]);
      changed[i] = value == null ? "" : value;
      any |= !changed[i].isEmpty();
    }
    if (any) {
      out.setString(tag, vr, changed);
    } else {
      out.setNull(tag, vr);
    }
  }
}

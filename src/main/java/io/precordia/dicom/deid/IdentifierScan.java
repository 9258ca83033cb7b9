package io.precordia.dicom.deid;

import io.precordia.report.KnownIdentifiers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * What an object itself says of who its patient is and who was around: person names in any
 * attribute (also private and nested ones), numbers, addresses, institutions, dates that will not
 * be kept.
 */
final class IdentifierScan {
  /** Identifying numbers, addresses and contacts, whatever the profile. */
  private static final Set<Integer> ALWAYS =
      Set.of(
          0x00100020,
          0x00101000,
          0x00080050,
          0x00200010,
          0x00380010,
          0x00380060,
          0x00402016,
          0x00402017,
          0x00401001,
          0x00400009,
          0x00400253,
          0x00101090,
          0x00101040,
          0x00102154,
          0x00102155,
          0x00101050,
          0x00080092,
          0x00080094,
          0x00401102,
          0x00401103,
          0x00401104,
          0x00102299,
          0x0040A353,
          0x0040A354,
          0x00402010,
          0x00402011,
          0x00100021,
          0x0040050A,
          0x00400512,
          0x00400551);

  private static final Set<Integer> INSTITUTION =
      Set.of(
          0x00080080,
          0x00080081,
          0x00081040,
          0x0040A027,
          0x00404036,
          0x00120030,
          0x00120031,
          0x00120060);
  private static final Set<Integer> DEVICE = Set.of(0x00181000, 0x00081010, 0x00181004, 0x0018700A);

  private static final Set<Integer> ALWAYS_DATES = Set.of(0x00100030);

  private final DeidentificationProfile profile;
  private final List<String> names = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  private IdentifierScan(DeidentificationProfile profile) {
    this.profile = profile;
  }

  static KnownIdentifiers of(Attributes data, DeidentificationProfile profile) {
    IdentifierScan scan = new IdentifierScan(profile);
    scan.walk(data);
    return KnownIdentifiers.of(scan.names, scan.others);
  }

  private void walk(Attributes data) {
    for (int tag : data.tags()) {
      VR vr = data.getVR(tag);
      if (vr == VR.SQ) {
        Sequence items = data.getSequence(tag);
        if (items != null) {
          items.forEach(this::walk);
        }
      } else if (vr == VR.PN) {
        names.addAll(values(data, tag));
      } else if (vr == VR.DA
          && (ALWAYS_DATES.contains(tag)
              || profile.dates() != DeidentificationProfile.Dates.KEEP)) {
        values(data, tag).forEach(this::date);
      } else if (ALWAYS.contains(tag)
          || INSTITUTION.contains(tag) && !profile.has(ProfileOption.RETAIN_INSTITUTION_IDENTITY)
          || DEVICE.contains(tag) && !profile.has(ProfileOption.RETAIN_DEVICE_IDENTITY)) {
        others.addAll(values(data, tag));
      }
    }
  }

  private static List<String> values(Attributes data, int tag) {
    String creator = (tag & 0x00010000) == 0 ? null : data.privateCreatorOf(tag);
    String[] values = creator == null ? data.getStrings(tag) : data.getStrings(creator, tag);
    return values == null
        ? List.of()
        : java.util.Arrays.stream(values).filter(v -> v != null && !v.isBlank()).toList();
  }

  private void date(String value) {
    if (value.matches("\\d{8}")) {
      String y = value.substring(0, 4);
      String m = value.substring(4, 6);
      String d = value.substring(6);
      for (String rendered :
          List.of(
              value,
              y + "-" + m + "-" + d,
              d + "." + m + "." + y,
              d + "/" + m + "/" + y,
              m + "/" + d + "/" + y,
              d + "-" + m + "-" + y,
              d + m + y,
              m + d + y)) {
        others.add(rendered);
      }
    }
  }
}

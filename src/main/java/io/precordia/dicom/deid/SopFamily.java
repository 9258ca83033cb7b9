package io.precordia.dicom.deid;

import java.util.Map;
import java.util.Set;

/**
 * Kinds of objects that differ in which attributes they require (PS3.3 Annex A), and so in how a
 * combination such as X/Z/D resolves (PS3.15 E.3.1): removed where optional, empty where type 2,
 * dummy where type 1.
 */
enum SopFamily {
  IMAGE,
  DIGITAL_RADIOGRAPH,
  ENHANCED_IMAGE,
  WAVEFORM,
  STRUCTURED_REPORT,
  STRUCTURED_REPORT_3D,
  PRESENTATION_STATE,
  RADIOTHERAPY;

  private static final Set<String> ENHANCED =
      Set.of(
          "2.1", "2.2", "4.1", "4.3", "4.4", "12.1.1", "12.2.1", "30", "66.4", "66.7", "77.1.6",
          "128.1", "130");
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  /** Attributes of type 1 (D) or type 2 (Z) by family, of those whose action is a combination. */
  private static final Map<SopFamily, Map<Integer, Action>> REQUIRED =
      Map.of(
          IMAGE,
          Map.of(),
          DIGITAL_RADIOGRAPH,
          Map.of(0x00400555, Action.EMPTY),
          ENHANCED_IMAGE,
          Map.of(
              0x00181000,
              Action.DUMMY,
              0x00080023,
              Action.DUMMY,
              0x00080033,
              Action.DUMMY,
              0x0008002A,
              Action.DUMMY,
              0x00400555,
              Action.EMPTY),
          WAVEFORM,
          Map.of(
              0x0008002A,
              Action.DUMMY,
              0x00080023,
              Action.DUMMY,
              0x00080033,
              Action.DUMMY,
              0x00400555,
              Action.EMPTY),
          STRUCTURED_REPORT,
          Map.of(0x00080023, Action.DUMMY, 0x00080033, Action.DUMMY, 0x00081111, Action.EMPTY),
          STRUCTURED_REPORT_3D,
          Map.of(
              0x00080023,
              Action.DUMMY,
              0x00080033,
              Action.DUMMY,
              0x00081111,
              Action.EMPTY,
              0x00181000,
              Action.DUMMY),
          PRESENTATION_STATE,
          Map.of(),
          RADIOTHERAPY,
          Map.of(0x300E0008, Action.EMPTY));

  static SopFamily of(String sopClass) {
    String kind = sopClass.startsWith(STORAGE) ? sopClass.substring(STORAGE.length()) : "";
    if (kind.startsWith("88.")) {
      return kind.equals("88.34") || kind.equals("88.35")
          ? STRUCTURED_REPORT_3D
          : STRUCTURED_REPORT;
    }
    if (kind.startsWith("9.")) {
      return WAVEFORM;
    }
    if (kind.startsWith("11.")) {
      return PRESENTATION_STATE;
    }
    if (kind.startsWith("481.")) {
      return RADIOTHERAPY;
    }
    if (kind.startsWith("1.1") || kind.startsWith("1.2") || kind.startsWith("1.3")) {
      return DIGITAL_RADIOGRAPH;
    }
    if (ENHANCED.contains(kind) || kind.startsWith("13.1.")) {
      return ENHANCED_IMAGE;
    }
    return IMAGE;
  }

  /** The action of a combination: the strongest that still leaves the object valid. */
  Action resolve(int tag, String combination) {
    if (combination.contains("U")) {
      return combination.length() == 1 ? Action.REPLACE_UID : Action.KEEP;
    }
    Action required = REQUIRED.getOrDefault(this, Map.of()).get(tag);
    if (required != null && combination.length() > 1) {
      return required == Action.EMPTY && !combination.contains("Z") ? Action.DUMMY : required;
    }
    return switch (combination.charAt(0)) {
      case 'X' -> Action.REMOVE;
      case 'Z' -> Action.EMPTY;
      case 'D' -> Action.DUMMY;
      default -> throw new IllegalStateException("no action " + combination);
    };
  }
}

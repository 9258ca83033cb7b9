package io.precordia.dicom.deid;

import java.util.Set;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.ElementDictionary;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * The action of an attribute under a profile: the table's, or where it has no line, a cautious one
 * by value representation. Options win over the Basic Profile, keeping over cleaning (PS3.15 E.3).
 */
final class ActionRules {
  /** UIDs that name vocabularies, not instances (PS3.3 8.8). */
  private static final Set<Integer> VOCABULARY_UIDS =
      Set.of(Tag.CodingSchemeUID, Tag.ContextUID, Tag.MappingResourceUID);

  private final AttributeTable table;
  private final DeidentificationProfile profile;
  private final SopFamily family;

  ActionRules(AttributeTable table, DeidentificationProfile profile, SopFamily family) {
    this.table = table;
    this.profile = profile;
    this.family = family;
  }

  /**
   * @param vr value representation that the object states
   */
  Action of(int tag, VR vr) {
    int group = tag >>> 16;
    boolean curve = group >>> 8 == 0x50; // retired; nothing here reads them
    if (group < 0x0008 || curve || tag == Tag.DataSetTrailingPadding) {
      return Action.REMOVE;
    }
    AttributeTable.Line line = table.of(tag);
    if (group >>> 8 == 0x60 && (group & 1) == 0) {
      return overlay(tag);
    }
    return line == null ? unlisted(tag, vr) : listed(tag, line);
  }

  private Action listed(int tag, AttributeTable.Line line) {
    Action best = null;
    for (ProfileOption option : profile.options()) {
      Action action = line.options().get(option);
      if (action == Action.KEEP || action == Action.REMOVE) {
        return action;
      }
      best = action == null ? best : action;
    }
    return best == null ? family.resolve(tag, line.basic()) : best;
  }

  /** Without its data an overlay plane is not valid, so the whole group goes. */
  private Action overlay(int tag) {
    if (!profile.has(ProfileOption.CLEAN_GRAPHICS)) {
      return Action.REMOVE;
    }
    return switch (tag & 0xffff) {
      case 0x4000, 0x0022, 0x1500 -> Action.CLEAN;
      default -> Action.KEEP;
    };
  }

  private Action unlisted(int tag, VR stated) {
    VR known = ElementDictionary.vrOf(tag, null);
    if (known == VR.UN) {
      return Action.REMOVE; // not in the data dictionary: nobody can tell what it is
    }
    return switch (stated == VR.UN ? known : stated) {
      case PN -> Action.EMPTY;
      case AE -> profile.has(ProfileOption.RETAIN_DEVICE_IDENTITY) ? Action.KEEP : Action.REMOVE;
      case DA, DT, TM ->
          switch (profile.dates()) {
            case KEEP -> Action.KEEP;
            case SHIFT -> Action.CLEAN;
            case REMOVE -> Action.DUMMY;
          };
      case UI ->
          VOCABULARY_UIDS.contains(tag) || profile.has(ProfileOption.RETAIN_UIDS)
              ? Action.KEEP
              : Action.REPLACE_UID;
      case UN -> Action.REMOVE;
      default -> Action.KEEP;
    };
  }
}

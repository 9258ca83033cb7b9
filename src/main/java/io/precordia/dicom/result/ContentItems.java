package io.precordia.dicom.result;

import java.util.Locale;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.aoju.bus.image.galaxy.data.VR;

/**
 * One node of an SR document's content tree and the items that can be put below it (PS3.3 C.17.3).
 */
final class ContentItems {
  private final Attributes node;

  ContentItems(Attributes node) {
    this.node = node;
  }

  ContentItems container(String relationship, Code name) {
    Attributes item = item(relationship, "CONTAINER", name);
    item.setString(Tag.ContinuityOfContent, VR.CS, "SEPARATE");
    return new ContentItems(item);
  }

  ContentItems code(String relationship, Code name, Code value) {
    Attributes item = item(relationship, "CODE", name);
    value.into(item, Tag.ConceptCodeSequence);
    return new ContentItems(item);
  }

  ContentItems text(String relationship, Code name, String value) {
    Attributes item = item(relationship, "TEXT", name);
    item.setString(Tag.TextValue, VR.UT, value);
    return new ContentItems(item);
  }

  ContentItems uid(String relationship, Code name, String value) {
    Attributes item = item(relationship, "UIDREF", name);
    item.setString(Tag.UID, VR.UI, value);
    return new ContentItems(item);
  }

  ContentItems number(String relationship, Code name, double value, Code unit) {
    Attributes item = item(relationship, "NUM", name);
    Attributes measured = new Attributes();
    measured.setString(Tag.NumericValue, VR.DS, String.format(Locale.ROOT, "%.6g", value));
    unit.into(measured, Tag.MeasurementUnitsCodeSequence);
    item.newSequence(Tag.MeasuredValueSequence, 1).add(measured);
    return new ContentItems(item);
  }

  /**
   * @param name null for a row without concept name
   */
  ContentItems image(
      String relationship, @org.jspecify.annotations.Nullable Code name, Attributes reference) {
    Attributes item = item(relationship, "IMAGE", name);
    item.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
    return new ContentItems(item);
  }

  /** Channels as pairs of multiplex group and channel, both from 1. */
  ContentItems waveform(
      String relationship,
      @org.jspecify.annotations.Nullable Code name,
      Attributes reference,
      int... channels) {
    Attributes item = item(relationship, "WAVEFORM", name);
    if (channels.length > 0) {
      reference.setInt(Tag.ReferencedWaveformChannels, VR.US, channels);
    }
    item.newSequence(Tag.ReferencedSOPSequence, 1).add(reference);
    return new ContentItems(item);
  }

  ContentItems polyline(String relationship, Code name, float... corners) {
    Attributes item = item(relationship, "SCOORD", name);
    item.setString(Tag.GraphicType, VR.CS, "POLYLINE");
    item.setFloat(Tag.GraphicData, VR.FL, corners);
    return new ContentItems(item);
  }

  /** A stretch of time, in seconds from the start. */
  ContentItems segment(String relationship, Code name, double from, double to) {
    Attributes item = item(relationship, "TCOORD", name);
    item.setString(Tag.TemporalRangeType, VR.CS, "SEGMENT");
    item.setString(Tag.ReferencedTimeOffsets, VR.DS, seconds(from), seconds(to));
    return new ContentItems(item);
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private Attributes item(
      String relationship, String type, @org.jspecify.annotations.Nullable Code name) {
    Attributes item = new Attributes();
    item.setString(Tag.RelationshipType, VR.CS, relationship);
    item.setString(Tag.ValueType, VR.CS, type);
    if (name != null) {
      name.into(item, Tag.ConceptNameCodeSequence);
    }
    Sequence content = node.getSequence(Tag.ContentSequence);
    if (content == null) {
      content = node.newSequence(Tag.ContentSequence, 4);
    }
    content.add(item);
    return item;
  }
}

package io.precordia.dicom.deid;

import io.precordia.imaging.text.TextBox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One synthetic object with its answer key. */
final class PhiCase {
  /**
   * An attribute that was planted.
   *
   * @param path sequence tag and item number by turns, then the tag
   * @param original its values
   * @param keep words that a cleaned text must still have
   */
  record Planted(int[] path, Expected expected, String[] original, List<String> keep) {}

  /**
   * A line of text in the pixels.
   *
   * @param box around its ink
   * @param ink indices of its pixels
   */
  record Line(TextBox box, int[] ink) {}

  final int index;
  final String kind;
  final DeidentificationProfile profile;
  final PhiPerson person;
  final List<Planted> key = new ArrayList<>();
  final List<String> identifiers = new ArrayList<>();
  final List<Line> lines = new ArrayList<>();
  boolean refused;
  boolean @Nullable [] lungs;
  byte[] file = new byte[0];

  PhiCase(int index, String kind, DeidentificationProfile profile, PhiPerson person) {
    this.index = index;
    this.kind = kind;
    this.profile = profile;
    this.person = person;
  }

  String subject() {
    return person.issuer() + "|" + person.id();
  }
}

package io.precordia.ecg;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.Map;

/**
 * A small single-stroke font for lead labels, paper speed and captions. Servers often have no fonts
 * installed, where Java's own text drawing fails; this also draws the same picture on every
 * machine.
 */
final class StrokeFont {
  /** Polylines as pairs of digits x (0-4) and y (0-8, upward, baseline 2). */
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('0', "123243473818070312"),
          Map.entry('1', "072822 1232"),
          Map.entry('2', "07183847460242"),
          Map.entry('3', "07183847463525 354443321203"),
          Map.entry('4', "32380444"),
          Map.entry('5', "480805354443321203"),
          Map.entry('6', "38180703123243443505"),
          Map.entry('7', "084812"),
          Map.entry('8', "153546473818070615 15040312324344 4435"),
          Map.entry('9', "45150607183847433212"),
          Map.entry('.', "2223"),
          Map.entry('/', "0248"),
          Map.entry('(', "38272332"),
          Map.entry(')', "18272312"),
          Map.entry('=', "0646 0444"),
          Map.entry('-', "0545"),
          Map.entry('I', "2822"),
          Map.entry('V', "082248"),
          Map.entry('R', "02083847463505 2542"),
          Map.entry('L', "080242"),
          Map.entry('F', "020848 0535"),
          Map.entry('S', "473818070615354443321203"),
          Map.entry('D', "02082847432202"),
          Map.entry('H', "0208 4842 0545"),
          Map.entry('a', "16364542 441403123243"),
          Map.entry('b', "0208 0516364543321203"),
          Map.entry('c', "4536160503123243"),
          Map.entry('f', "382722 1636"),
          Map.entry('g', "46413010 4536160503123243"),
          Map.entry('j', "262110 2728"),
          Map.entry('k', "0802 0446 1542"),
          Map.entry('q', "4640 4536160503123243"),
          Map.entry('w', "0612243246"),
          Map.entry('x', "0642 0246"),
          Map.entry('y', "0623 4610"),
          Map.entry(':', "2526 2223"),
          Map.entry('d', "4842 4536160503123243"),
          Map.entry('e', "04444536160503123243"),
          Map.entry('h', "0208 0516364542"),
          Map.entry('i', "2622 2728"),
          Map.entry('l', "2822"),
          Map.entry('m', "0206 05162522 25364542"),
          Map.entry('n', "0206 0516364542"),
          Map.entry('o', "163645433212030516"),
          Map.entry('p', "0006 0516364543321203"),
          Map.entry('r', "0206 042646"),
          Map.entry('s', "45361605143443321203"),
          Map.entry('t', "282332 1636"),
          Map.entry('u', "0603123243 4642"),
          Map.entry('v', "062246"),
          Map.entry('z', "06460242"));

  private StrokeFont() {}

  /**
   * Draws {@code text} with capitals {@code height} high and its baseline at (x, y); unknown
   * characters are spaces.
   */
  static void draw(Graphics2D g, String text, double x, double y, double height) {
    double unit = height / 6;
    Path2D path = new Path2D.Double();
    double left = x;
    for (char c : text.toCharArray()) {
      boolean narrow = "Iil.()".indexOf(c) >= 0;
      left -= narrow ? unit : 0;
      for (String line : GLYPHS.getOrDefault(c, "").split(" ")) {
        for (int i = 0; i + 1 < line.length(); i += 2) {
          double px = left + (line.charAt(i) - '0') * unit;
          double py = y - (line.charAt(i + 1) - '2') * unit;
          if (i == 0) {
            path.moveTo(px, py);
          } else {
            path.lineTo(px, py);
          }
        }
      }
      left += (narrow ? 5 : 6) * unit;
    }
    g.setStroke(
        new BasicStroke(
            (float) Math.max(1, height / 9), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }
}

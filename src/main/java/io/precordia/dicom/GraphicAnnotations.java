package io.precordia.dicom;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.aoju.bus.image.Tag;
import org.aoju.bus.image.galaxy.data.Attributes;
import org.aoju.bus.image.galaxy.data.Sequence;
import org.jspecify.annotations.Nullable;

/** Graphic objects of a presentation state in white (PS3.3 C.10.5.1.2). Stateless. */
final class GraphicAnnotations {
  private static final int MOST_POINTS = 100_000;

  private GraphicAnnotations() {}

  static void draw(BufferedImage picture, Attributes state, String image) {
    Sequence annotations = state.getSequence(Tag.GraphicAnnotationSequence);
    if (annotations == null) {
      return;
    }
    Graphics2D graphics = picture.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      for (Attributes annotation : annotations) {
        Sequence objects = annotation.getSequence(Tag.GraphicObjectSequence);
        if (objects != null && PresentationState.isFor(annotation, image)) {
          objects.forEach(object -> draw(graphics, picture, object));
        }
      }
    } finally {
      graphics.dispose();
    }
  }

  private static void draw(Graphics2D graphics, BufferedImage picture, Attributes object) {
    float[] data = object.getFloats(Tag.GraphicData);
    if (data == null || data.length < 2 || data.length % 2 != 0 || data.length > MOST_POINTS) {
      return;
    }
    boolean display = DicomObject.text(object, Tag.GraphicAnnotationUnits).equals("DISPLAY");
    Point2D[] points = new Point2D[data.length / 2];
    for (int i = 0; i < points.length; i++) {
      // 1\1 is the centre of the first pixel; shares of the displayed area begin at its corner
      points[i] =
          display
              ? new Point2D.Double(
                  data[2 * i] * picture.getWidth() - 0.5,
                  data[2 * i + 1] * picture.getHeight() - 0.5)
              : new Point2D.Double(data[2 * i] - 1.0, data[2 * i + 1] - 1.0);
    }
    Shape shape = shape(DicomObject.text(object, Tag.GraphicType), points);
    if (shape != null) {
      graphics.draw(shape);
      if (DicomObject.text(object, Tag.GraphicFilled).equals("Y")) {
        graphics.fill(shape);
      }
    }
  }

  private static @Nullable Shape shape(String type, Point2D[] p) {
    return switch (type) {
      case "POINT" -> new Rectangle2D.Double(p[0].getX(), p[0].getY(), 0, 0);
      case "POLYLINE", "INTERPOLATED" -> line(p);
      case "CIRCLE" -> p.length < 2 ? null : circle(p[0], p[0].distance(p[1]));
      case "ELLIPSE" -> p.length < 4 ? null : ellipse(p);
      default -> null;
    };
  }

  private static Shape line(Point2D[] p) {
    Path2D path = new Path2D.Double();
    path.moveTo(p[0].getX(), p[0].getY());
    for (int i = 1; i < p.length; i++) {
      path.lineTo(p[i].getX(), p[i].getY());
    }
    return path;
  }

  private static Shape circle(Point2D centre, double radius) {
    return new Ellipse2D.Double(
        centre.getX() - radius, centre.getY() - radius, 2 * radius, 2 * radius);
  }

  /** The ends of the major axis, then those of the minor one. */
  private static Shape ellipse(Point2D[] p) {
    double a = p[0].distance(p[1]) / 2;
    double b = p[2].distance(p[3]) / 2;
    double x = (p[0].getX() + p[1].getX()) / 2;
    double y = (p[0].getY() + p[1].getY()) / 2;
    AffineTransform turn =
        AffineTransform.getRotateInstance(
            Math.atan2(p[1].getY() - p[0].getY(), p[1].getX() - p[0].getX()), x, y);
    return turn.createTransformedShape(new Ellipse2D.Double(x - a, y - b, 2 * a, 2 * b));
  }
}

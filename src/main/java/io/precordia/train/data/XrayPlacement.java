package io.precordia.train.data;

/**
 * Which part of a film an augmented picture of the same size shows: a rotated rectangle.
 *
 * @param centreX of the rectangle, in pixels of the film
 * @param centreY of the rectangle, in pixels of the film
 * @param width of the rectangle, in pixels of the film
 * @param height of the rectangle, in pixels of the film
 * @param cos of the angle
 * @param sin of the angle
 */
public record XrayPlacement(
    double centreX, double centreY, double width, double height, double cos, double sin) {
  /** Column of the film that pixel (x, y) of the picture shows; may lie outside. */
  double sourceX(double x, double y, int side) {
    return centreX + across(x, side) * cos - down(y, side) * sin - 0.5;
  }

  /** Row of the film that pixel (x, y) of the picture shows; may lie outside. */
  double sourceY(double x, double y, int side) {
    return centreY + across(x, side) * sin + down(y, side) * cos - 0.5;
  }

  private double across(double x, int side) {
    return ((x + 0.5) / side - 0.5) * width;
  }

  private double down(double y, int side) {
    return ((y + 0.5) / side - 0.5) * height;
  }
}

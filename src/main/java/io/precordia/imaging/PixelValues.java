package io.precordia.imaging;

/** Input of an image encoder: {@code values} is [channels, height, width], row-major. */
public record PixelValues(int channels, int height, int width, float[] values) {}

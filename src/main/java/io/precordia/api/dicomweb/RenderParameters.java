package io.precordia.api.dicomweb;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.Voi;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a picture is asked for (PS3.18 8.3.5.1).
 *
 * @param window instead of the object's own, or null
 * @param width of the viewport, 0 for the image's own
 * @param height of the viewport, 0 for the image's own
 * @param region left, top, width, height of the part to show; null for all
 * @param quality of a JPEG, 1 to 100
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
record RenderParameters(
    Voi.@Nullable Window window, int width, int height, int @Nullable [] region, int quality) {
  static final int LARGEST = 4096;
  private static final int QUALITY = 90;

  /**
   * Reads the parameters of WADO-RS; annotations are not drawn (the parameter may be ignored).
   *
   * @throws PrecordiaException INVALID_ARGUMENT
   */
  static RenderParameters of(
      @Nullable String window, @Nullable String viewport, @Nullable String quality) {
    int width = 0;
    int height = 0;
    int[] region = null;
    if (viewport != null) {
      String[] parts = viewport.split(",", -1);
      if (parts.length != 2 && parts.length != 6) {
        throw bad("viewport is width,height or width,height,left,top,width,height");
      }
      width = pixels(parts[0]);
      height = pixels(parts[1]);
      if (parts.length == 6) {
        region = new int[] {whole(parts[2]), whole(parts[3]), pixels(parts[4]), pixels(parts[5])};
      }
    }
    return new RenderParameters(
        window == null ? null : window(window), width, height, region, quality(quality));
  }

  static int quality(@Nullable String quality) {
    int value = quality == null ? QUALITY : whole(quality);
    if (value < 1 || value > 100) {
      throw bad("quality is 1 to 100");
    }
    return value;
  }

  static int pixels(String text) {
    int value = whole(text);
    if (value < 1 || value > LARGEST) {
      throw bad("a viewport is 1 to " + LARGEST + " pixels wide and high");
    }
    return value;
  }

  private static int whole(String text) {
    if (!text.matches("[0-9]{1,7}")) {
      throw bad("viewport and quality are whole numbers");
    }
    return Integer.parseInt(text);
  }

  private static Voi.Window window(String text) {
    String[] parts = text.split(",", -1);
    if (parts.length != 2 && parts.length != 3) {
      throw bad("window is center,width,function");
    }
    Voi.Function function =
        switch (parts.length == 3 ? parts[2].toLowerCase(Locale.ROOT) : "linear") {
          case "linear" -> Voi.Function.LINEAR;
          case "linear-exact" -> Voi.Function.LINEAR_EXACT;
          case "sigmoid" -> Voi.Function.SIGMOID;
          default -> throw bad("the function of a window is linear, linear-exact or sigmoid");
        };
    return window(parts[0], parts[1], function);
  }

  static Voi.Window window(String center, String width, Voi.Function function) {
    try {
      double c = Double.parseDouble(center);
      double w = Double.parseDouble(width);
      if (Double.isFinite(c)
          && Double.isFinite(w)
          && (function == Voi.Function.LINEAR ? w >= 1 : w > 0)) {
        return new Voi.Window(c, w, function);
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw bad("a window has a finite center and a width of 1 or more");
  }

  private static PrecordiaException bad(String why) {
    return new PrecordiaException(ErrorCode.INVALID_ARGUMENT, why);
  }
}

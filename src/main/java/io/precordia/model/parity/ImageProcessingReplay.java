package io.precordia.model.parity;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.imaging.HubImageProcessor;
import io.precordia.imaging.Picture;
import io.precordia.imaging.PillowResize;
import io.precordia.imaging.PixelValues;
import io.precordia.imaging.Resample;
import io.precordia.model.hub.ImageProcessorFile;
import io.precordia.tensor.DifferentiableOps;
import io.precordia.weights.HostArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code image.png} resized ({@code filter_side}, octets exact) and through the image processors in
 * the folder's subfolders ({@code pixel_values_subfolder}), for which it is made RGB first.
 */
public final class ImageProcessingReplay implements Replay {
  private static final String IMAGE = "image.png";
  private static final String VALUES = "pixel_values_";
  private static final Pattern RESIZED =
      Pattern.compile("(nearest|lanczos|bilinear|bicubic|box|hamming)_(\\d{1,4})");

  @Override
  public boolean replays(Golden golden) {
    return golden.model().isEmpty() && Files.isRegularFile(golden.folder().resolve(IMAGE));
  }

  @Override
  public Map<String, Replayed> run(Golden golden, DifferentiableOps ops) {
    Picture picture = read(golden.folder().resolve(IMAGE));
    Map<String, Replayed> out = new HashMap<>();
    for (String name : golden.wanted()) {
      Matcher resized = RESIZED.matcher(name);
      if (resized.matches()) {
        Resample filter = Resample.valueOf(resized.group(1).toUpperCase(Locale.ROOT));
        int side = Integer.parseInt(resized.group(2));
        out.put(name, octets(PillowResize.resize(picture, side, side, filter)));
      } else if (name.startsWith(VALUES)) {
        Path processor = golden.folder().resolve(name.substring(VALUES.length()));
        PixelValues p =
            new HubImageProcessor(ImageProcessorFile.read(processor)).process(picture.toRgb());
        long[] shape = {1, p.channels(), p.height(), p.width()};
        out.put(name, Replayed.of(new HostArray(shape, p.values())));
      }
    }
    return out;
  }

  private static Picture read(Path file) {
    try {
      return Picture.read(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.NOT_FOUND, file + " cannot be read", e);
    }
  }

  private static Replayed octets(Picture p) {
    float[] values = new float[p.samples().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = p.samples()[i] & 0xFF;
    }
    long[] shape =
        p.channels() == 1
            ? new long[] {p.height(), p.width()}
            : new long[] {p.height(), p.width(), p.channels()};
    return Replayed.of(new HostArray(shape, values));
  }
}

package io.precordia.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Finds a pure-Java reader for an image. {@code ImageIO.read} is not used: the DICOM toolkit
 * registers readers that need a native library which is not shipped, and they would be asked first.
 */
public final class ImageReaders {
  /** Best first; providers of other packages are never asked. */
  private static final List<String> TRUSTED =
      List.of("com.twelvemonkeys.", "com.sun.imageio.", "com.github.jaiimageio.");

  private ImageReaders() {}

  /** A stream over bytes in memory. */
  public static ImageInputStream stream(byte[] bytes) {
    return new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes));
  }

  /** A reader whose provider recognises the bytes; the caller disposes of it. */
  public static Optional<ImageReader> of(byte[] bytes) throws IOException {
    for (String trusted : TRUSTED) {
      for (ImageReaderSpi provider : providers(trusted)) {
        try (ImageInputStream in = stream(bytes)) {
          if (provider.canDecodeInput(in)) {
            return Optional.of(provider.createReaderInstance());
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<ImageReaderSpi> providers(String trusted) {
    List<ImageReaderSpi> out = new ArrayList<>();
    Iterator<ImageReaderSpi> all =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (all.hasNext()) {
      ImageReaderSpi provider = all.next();
      if (provider.getClass().getName().startsWith(trusted)) {
        out.add(provider);
      }
    }
    return out;
  }
}

package io.precordia.serve.adapters;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What a client sends as an adapter: the two files of PEFT's layout, or one zip of their folder; or
 * a router with its weights, whose members may lie in folders beside it. Everything is read in
 * memory, so that no path of an archive ever reaches the disk; pickle files are refused by name.
 */
public final class AdapterArchive {
  /** PEFT's configuration. */
  public static final String CONFIG = "adapter_config.json";

  /** PEFT's weights. */
  public static final String WEIGHTS = "adapter_model.safetensors";

  private static final Set<String> PICKLES =
      Set.of(".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt");
  private static final Set<String> IGNORED =
      Set.of("readme.md", ".gitattributes", "training_args.json");
  private static final int MOST_ENTRIES = 100;

  private AdapterArchive() {}

  /**
   * Sorts what was sent.
   *
   * @param sent uploaded files by name
   * @param mostBytes largest sum of unpacked sizes
   * @throws PrecordiaException BAD_WEIGHTS if a file is missing, unknown, doubled or a pickle;
   *     TOO_LARGE; MALFORMED if the archive is damaged or climbs out of itself
   */
  public static AdapterUpload read(Map<String, byte[]> sent, long mostBytes) {
    Map<String, byte[]> found = new TreeMap<>();
    long left = mostBytes;
    for (Map.Entry<String, byte[]> file : sent.entrySet()) {
      left -= file.getValue().length;
      if (left < 0) {
        throw tooLarge(mostBytes);
      }
      if (isZip(file.getValue())) {
        left = unpack(file.getValue(), found, left, mostBytes);
      } else {
        accept(file.getKey(), file.getValue(), found);
      }
    }
    return new AdapterFolders(found).upload();
  }

  private static boolean isZip(byte[] bytes) {
    return bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
  }

  private static long unpack(
      byte[] archive, Map<String, byte[]> found, long budget, long mostBytes) {
    long left = budget;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      int entries = 0;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw new PrecordiaException(
              ErrorCode.TOO_LARGE, "the archive has more than " + MOST_ENTRIES + " entries");
        }
        String name = entry.getName();
        if (name.startsWith("/")
            || name.contains("\\")
            || name.contains(":")
            || Set.of(name.split("/")).contains("..")) {
          throw new PrecordiaException(
              ErrorCode.MALFORMED, "the archive has an entry that points outside of it");
        }
        if (entry.isDirectory()) {
          continue;
        }
        byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, left + 1));
        left -= content.length;
        if (left < 0) {
          throw tooLarge(mostBytes);
        }
        accept(name, content, found);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new PrecordiaException(
          ErrorCode.MALFORMED, "the archive is damaged or cut short; pack it again", e);
    }
    return left;
  }

  private static void accept(String path, byte[] content, Map<String, byte[]> found) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String lower = name.toLowerCase(Locale.ROOT);
    if (IGNORED.contains(lower)) {
      return;
    }
    if (PICKLES.stream().anyMatch(lower::endsWith)) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "pickle files can run code and are refused; save the adapter as safetensors");
    }
    if (!AdapterFolders.KNOWN.contains(name)) {
      throw new PrecordiaException(
          ErrorCode.BAD_WEIGHTS,
          "an adapter consists of " + CONFIG + " and " + WEIGHTS + "; leave other files out");
    }
    if (found.put(path, content) != null) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, name + " is there twice");
    }
  }

  private static PrecordiaException tooLarge(long mostBytes) {
    return new PrecordiaException(
        ErrorCode.TOO_LARGE, "the adapter unpacks to more than " + mostBytes + " bytes");
  }
}

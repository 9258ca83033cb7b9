package io.precordia.serve.adapters;

import io.precordia.adapter.router.RouterConfig;
import io.precordia.adapter.router.RouterConfigFile;
import io.precordia.adapter.router.RouterFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The folders of an upload: one of PEFT's, or a router's with those of its members.
 *
 * @param files content by path
 */
record AdapterFolders(Map<String, byte[]> files) {
  private static final String XLORA_CONFIG = "xlora_config.json";
  private static final String XLORA_WEIGHTS = "xlora_classifier.safetensors";

  /** Names that a file of an upload can have. */
  static final Set<String> KNOWN =
      Set.of(
          AdapterArchive.CONFIG,
          AdapterArchive.WEIGHTS,
          RouterConfigFile.NAME,
          RouterFolder.WEIGHTS,
          XLORA_CONFIG,
          XLORA_WEIGHTS);

  AdapterUpload upload() {
    List<String> routers = files.keySet().stream().filter(this::isRouter).toList();
    if (routers.size() > 1) {
      throw bad("it holds more than one router");
    }
    return routers.isEmpty() ? adapter() : router(routers.getFirst());
  }

  private boolean isRouter(String path) {
    return switch (name(path)) {
      case RouterConfigFile.NAME, XLORA_CONFIG -> true;
      case AdapterArchive.CONFIG -> RouterConfigFile.isXLora(content(path));
      default -> false;
    };
  }

  private AdapterUpload adapter() {
    Map<String, byte[]> found = new TreeMap<>();
    files.forEach(
        (path, content) -> {
          if (found.put(name(path), content) != null) {
            throw bad(name(path) + " is there twice");
          }
        });
    return new AdapterUpload.Peft(complete(found));
  }

  private static Map<String, byte[]> complete(Map<String, byte[]> found) {
    for (String name : new String[] {AdapterArchive.CONFIG, AdapterArchive.WEIGHTS}) {
      if (!found.containsKey(name)) {
        throw bad("it lacks " + name + "; send both files of the PEFT folder, or a zip of it");
      }
    }
    if (found.size() != 2) {
      throw bad("router weights are there without a router's configuration");
    }
    return found;
  }

  private AdapterUpload router(String path) {
    boolean own = name(path).equals(RouterConfigFile.NAME);
    byte[] content = content(path);
    RouterConfig config =
        own ? RouterConfigFile.read(content) : RouterConfigFile.readXLora(content);
    String weights =
        folder(path)
            + switch (name(path)) {
              case RouterConfigFile.NAME -> RouterFolder.WEIGHTS;
              case XLORA_CONFIG -> XLORA_WEIGHTS;
              default -> AdapterArchive.WEIGHTS;
            };
    byte @Nullable [] values = files.get(weights);
    if (values == null) {
      throw bad("the router lacks " + name(weights));
    }
    Map<String, Map<String, byte[]>> folders = new HashMap<>();
    files.forEach(
        (file, bytes) -> {
          if (!file.equals(path) && !file.equals(weights)) {
            String folder = name(folder(file).replaceAll("/$", ""));
            if (folders.computeIfAbsent(folder, k -> new TreeMap<>()).put(name(file), bytes)
                != null) {
              throw bad("two folders have the same name");
            }
          }
        });
    Map<String, String> places = own ? Map.of() : RouterConfigFile.places(content);
    Map<String, Map<String, byte[]>> members = new HashMap<>();
    for (RouterConfig.Member member : config.members()) {
      Map<String, byte[]> folder = folders.remove(member.name());
      if (folder == null) {
        folder = folders.remove(name(places.getOrDefault(member.name(), member.name())));
      }
      if (folder != null) {
        members.put(member.name(), complete(folder));
      }
    }
    if (!folders.isEmpty()) {
      throw bad("it holds a folder that the router does not name");
    }
    return new AdapterUpload.Router(config, values, members);
  }

  private byte[] content(String path) {
    byte[] content = files.get(path);
    return content == null ? new byte[0] : content;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static PrecordiaException bad(String what) {
    return new PrecordiaException(ErrorCode.BAD_WEIGHTS, "the adapter's upload: " + what);
  }
}

package io.precordia.serve.adapters;

import io.precordia.adapter.router.RouterConfig;
import java.util.Map;

/** What a client brings in under a name. */
public sealed interface AdapterUpload {
  /**
   * One adapter.
   *
   * @param files the two files of a PEFT folder
   */
  record Peft(Map<String, byte[]> files) implements AdapterUpload {
    public Peft {
      files = Map.copyOf(files);
    }
  }

  /**
   * A router.
   *
   * @param config members without digest are those of {@code members}, or adapters that are there
   *     already, by name or digest
   * @param weights gates or classifier
   * @param members PEFT files by name
   */
  record Router(RouterConfig config, byte[] weights, Map<String, Map<String, byte[]>> members)
      implements AdapterUpload {
    public Router {
      members = Map.copyOf(members);
    }
  }
}

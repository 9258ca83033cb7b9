package io.precordia.model.vision;

import io.precordia.model.hub.HubConfig;

/**
 * How an image becomes patches.
 *
 * @param side of the image in pixels; what is left behind the last whole patch is not seen
 */
record ImageGrid(int channels, int side, int patch) {
  static ImageGrid read(HubConfig config, int side, int patch) {
    ImageGrid grid =
        new ImageGrid(
            config.size("num_channels", 3),
            config.side("image_size", side),
            config.side("patch_size", patch));
    if (grid.side < grid.patch) {
      throw config.wrong("patch_size", "it must not exceed image_size, " + grid.side);
    }
    return grid;
  }

  int patches() {
    return (side / patch) * (side / patch);
  }
}

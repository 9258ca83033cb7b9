package io.precordia.model.more;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.nn.EncoderConfig;

/**
 * Ranges of a configuration that comes from a file, so that no size in it can overflow or exhaust
 * memory.
 */
final class MoreLimits {
  private MoreLimits() {}

  static void check(MoreConfig c) {
    encoder(c.xray().encoder());
    encoder(c.ecg().encoder());
    encoder(c.text().encoder());
    within("xray.channels", c.xray().channels(), 1, 16);
    within("xray.image", c.xray().image(), 1, 2048);
    within("xray.patch", c.xray().patch(), 1, c.xray().image());
    require(
        c.xray().image() % c.xray().patch() == 0, "xray.image must be a multiple of xray.patch");
    within("xray.stem", c.xray().stem(), 0, 1024);
    require(
        c.xray().stem() == 0 || (c.xray().stem() % 2 == 0 && c.xray().patch() % 4 == 0),
        "xray.stem must be even, and needs patches of a multiple of 4 pixels");
    require(
        Double.isFinite(c.xray().mean()) && c.xray().deviation() > 0 && c.xray().deviation() < 1e6,
        "xray.deviation");
    within("ecg.leads", c.ecg().leads(), 1, 64);
    within("ecg.samples", c.ecg().samples(), 30, 1_000_000);
    within("ecg.middle", c.ecg().middle(), 1, 8192);
    within("text.vocabulary", c.text().vocabulary(), 1, 1_000_000);
    within("text.position_offset", c.text().positionOffset(), 0, 16);
    within("text.positions", c.text().positions(), c.text().positionOffset() + 3, 100_000);
    within("text.token_types", c.text().tokenTypes(), 0, 16);
    within("projection", c.projection(), 1, 8192);
    require(c.temperature() > 0 && c.temperature() <= 100, "temperature must lie in (0, 100]");
  }

  private static void encoder(EncoderConfig e) {
    within("encoder.width", e.width(), 1, 8192);
    within("encoder.depth", e.depth(), 1, 256);
    within("encoder.heads", e.heads(), 1, 256);
    within("encoder.hidden", e.hidden(), 1, 65_536);
    require(e.eps() > 0 && e.eps() < 1, "encoder.eps must lie in (0, 1)");
  }

  private static void within(String key, long value, long low, long high) {
    require(value >= low && value <= high, key + " must lie between " + low + " and " + high);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new PrecordiaException(ErrorCode.BAD_WEIGHTS, "config.json: " + what);
    }
  }
}

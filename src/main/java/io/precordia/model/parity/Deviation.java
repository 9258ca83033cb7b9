package io.precordia.model.parity;

/**
 * How far one output is from the reference.
 *
 * @param error ‖out − ref‖/‖ref‖ (for exact outputs the share of elements that differ); infinite if
 *     the output is missing, misshapen or not finite
 * @param limit largest error that passes
 */
public record Deviation(String output, double error, double limit) {
  public boolean passed() {
    return error <= limit;
  }
}

package io.precordia.train.sim.state;

/**
 * How a radiograph was taken.
 *
 * @param projection frontal projection
 * @param supine lying; always with {@link Projection#AP}
 * @param posteriorRibs posterior ribs above the right dome at the height of inspiration, 7 to 11
 * @param rotation of the patient about the long axis in degrees, positive towards the left, within
 *     ±9
 */
public record Technique(
    Projection projection, boolean supine, double posteriorRibs, double rotation) {}

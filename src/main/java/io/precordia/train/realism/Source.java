package io.precordia.train.realism;

import io.precordia.train.data.StudySample;
import java.util.List;

/**
 * Studies of one origin with what the encoder makes of them.
 *
 * @param name as the tables call it
 * @param features [studies][width of the encoder], before the projection head
 */
record Source(String name, List<StudySample> studies, float[][] features) {}

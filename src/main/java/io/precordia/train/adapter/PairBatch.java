package io.precordia.train.adapter;

/**
 * One micro-batch on the host: row i of the radiographs belongs to text i, row i of the ECGs to
 * text {@code xrayGroups.length + i}.
 *
 * @param xrays octets [x·side·side]; empty if the vectors are there
 * @param ecgs z-scores [e·12·samples]; empty if the vectors are there
 * @param xrayVectors [x·projection] of a branch without adapted layers, else empty
 * @param ecgVectors [e·projection], the same for ECGs
 * @param texts token ids, [x + e]
 * @param xrayGroups [x]; rows with the same text have the same number, since such a text is no
 *     negative
 * @param ecgGroups [e], the same for ECGs
 */
record PairBatch(
    byte[] xrays,
    float[] ecgs,
    float[] xrayVectors,
    float[] ecgVectors,
    int[][] texts,
    long[] xrayGroups,
    long[] ecgGroups) {}

package io.precordia.train.loop;

/**
 * One micro-batch on the host: row i of the radiographs belongs to text i, row i of the ECGs to
 * text xrays + i; the sentences of region r are texts xrays + ecgs + 2r (asserts) and one further
 * (denies).
 *
 * @param xrays number of radiographs
 * @param ecgs number of ECGs
 * @param pairedRows the first rows of both kinds are the same simulated patients
 * @param xrayOctets [xrays·side·side]
 * @param ecgValues [ecgs·12·samples]
 * @param texts token ids, [xrays + ecgs + 2·regions]
 * @param xrayExcluded [xrays·xrays], 1 where text j is not known to be false of radiograph i
 * @param ecgExcluded [ecgs·ecgs], the same for ECGs
 * @param regions questions about places of the radiographs
 */
record TrainingBatch(
    int xrays,
    int ecgs,
    int pairedRows,
    byte[] xrayOctets,
    float[] ecgValues,
    int[][] texts,
    float[] xrayExcluded,
    float[] ecgExcluded,
    Regions regions) {}

package io.precordia.ecg;

import io.precordia.study.Identity;

/** What a reader found in a file: the signal as stated there, and whom it says it is about. */
public record Recording(RawEcg raw, Identity identity) {}

package io.precordia.index;

import io.precordia.study.Modality;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One vector with what it can be filtered by. Long ECGs have several windows under one instance.
 *
 * @param instance instance id
 * @param window 0-based window of the instance
 * @param vector unit L2 norm
 */
public record Entry(
    String instance,
    int window,
    Modality modality,
    String subject,
    String study,
    @Nullable LocalDate date,
    @Nullable String sex,
    @Nullable Integer ageYears,
    @Nullable String site,
    Set<String> tags,
    float[] vector) {}

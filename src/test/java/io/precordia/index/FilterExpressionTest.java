package io.precordia.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.study.Modality;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FilterExpressionTest {
  @Test
  void readsEveryKey() {
    Filter f =
        FilterExpression.parse(
            "modality:xray,ecg sex:f age>=60 age<=80 date>=2020-01-01 site:\"North, Wing\" tag:PA tag:CR subject:x");
    assertEquals(Set.of(Modality.XRAY, Modality.ECG), f.modalities());
    assertEquals(Set.of("F"), f.sexes());
    assertEquals(60, f.ageMin());
    assertEquals(80, f.ageMax());
    assertEquals(LocalDate.of(2020, 1, 1), f.from());
    assertEquals(Set.of("North, Wing"), f.sites());
    assertEquals(Set.of("PA", "CR"), f.tags());
    assertEquals(Set.of("x"), f.subjects());
  }

  @Test
  void blankIsNoRestriction() {
    assertEquals(Filter.NONE, FilterExpression.parse("  "));
    assertEquals(Filter.NONE, FilterExpression.parse(null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour:red",
        "age>=old",
        "age:1,2",
        "sex>=F",
        "date:2020-13-01",
        "modality:ct",
        "just words",
        "site:\"open",
        "tag:"
      })
  void saysWhatIsWrong(String expression) {
    var e = assertThrows(PrecordiaException.class, () -> FilterExpression.parse(expression));
    assertEquals(ErrorCode.INVALID_ARGUMENT, e.code());
  }
}

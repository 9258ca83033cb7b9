package io.precordia.train.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterRecipeTest {
  private static final Path SHIPPED = Path.of("recipes", "site-adapter.yaml");
  @TempDir Path dir;

  @Test
  void theShippedRecipeIsValidAndToldFromAModels() {
    assertTrue(AdapterRecipe.describes(SHIPPED));
    assertFalse(AdapterRecipe.describes(Path.of("recipes", "precordia-more.yaml")));
    assertEquals("site", AdapterRecipe.read(SHIPPED).register());
    assertEquals("report.", AdapterRecipe.read(SHIPPED).settings().within());
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    String good = Files.readString(SHIPPED);
    refused(good.replace("method: lora", "method: houlsby"), "method");
    refused(good.replace("rank: 8", "rank: 0"), "rank");
    refused(good.replace("dropout: 0.1", "dropout: 1"), "dropout");
    refused(good.replace("validation_share: 0.2", "validation_share: 0.9"), "validation_share");
    refused(good.replace("warmup: 20", "warmup: 200"), "warmup");
    refused(good.replace("batch: 16", "batch: 1"), "batch");
    refused(good.replace("base: ../models/precordia-more", "base: null"), "base");
    refused(good.replaceAll("targets: .*", "targets: []"), "targets");
    refused(good.replace("filter: null", ""), "filter");
    refused(good + "\nnickname: x\n", "nickname");
  }

  private void refused(String text, String named) throws IOException {
    Path file = Files.writeString(dir.resolve("r.yaml"), text);
    PrecordiaException e =
        assertThrows(PrecordiaException.class, () -> AdapterRecipe.read(file), named);
    assertEquals(ErrorCode.INVALID_CONFIGURATION, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
  }
}
